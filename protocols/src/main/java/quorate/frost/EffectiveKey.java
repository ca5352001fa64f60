package quorate.frost;

import quorate.algebra.DecodingException;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.SecretScalar;

/**
 * The key that a request signs with (protocols.md 4.5). Derivation, the even y of BIP-340 and the Taproot tweak
 * of BIP-341 all map a secret x to ±x + offset; since the Lagrange coefficients of any quorum add up to 1, the
 * same map applied to every share gives shares of the effective key.
 *
 * @param publicKey pk'
 * @param negated whether the sign is -
 */
record EffectiveKey(Point publicKey, boolean negated, Scalar offset) {
    /**
     * The key of {@code request} under the public key {@code root}.
     *
     * @throws IllegalArgumentException if the tweaks lead to no key, or the suite has no Taproot
     */
    static EffectiveKey of(Suite suite, Point root, SigningRequest request) {
        if (request.taproot().tweaked() && suite != Suite.BIP340) {
            throw new IllegalArgumentException(suite + " keys have no Taproot output");
        }
        // P1 = pk + e*G (O => FAIL)
        var key = new EffectiveKey(root, false, root.group().scalar(0)).plus(request.tweak());
        if (suite != Suite.BIP340) {
            return key;
        }
        // g1 = +1 if y(P1) even else -1; Q = g1*P1 + tau*G; g2 = +1 if y(Q) even else -1
        var even = key.withEvenY();
        return request.taproot().tweaked() ? even.plus(even.taprootTweak(request.taproot())).withEvenY() : even;
    }

    /** x' of the share x. */
    SecretScalar share(SecretScalar x) {
        return (negated ? x.negate() : x).plus(offset);
    }

    /** X' of the public share X. */
    Point publicShare(Point x) {
        var share = negated ? x.negate() : x;
        return offset.isZero() ? share : share.plus(x.group().multiplyBase(offset));
    }

    private EffectiveKey plus(Scalar tweak) {
        if (tweak.isZero()) {
            return this;
        }
        var tweaked = publicKey.plus(publicKey.group().multiplyBase(tweak));
        if (tweaked.isIdentity()) {
            throw new IllegalArgumentException("the tweaked key is the point at infinity");
        }
        return new EffectiveKey(tweaked, negated, offset.plus(tweak));
    }

    private EffectiveKey withEvenY() {
        return publicKey.hasEvenY() ? this : new EffectiveKey(publicKey.negate(), !negated, offset.negate());
    }

    /** tau = int(SHA256(T||T||x(P1)||merkleRoot or empty)); tau >= q => FAIL. */
    private Scalar taprootTweak(Taproot taproot) {
        var tau = Tagged.hash("TapTweak", Suite.xOnly(publicKey.encode()), taproot.merkleRoot());
        try {
            return publicKey.group().decodeScalar(tau);
        } catch (DecodingException e) {
            throw new IllegalArgumentException("the Taproot tweak is not below the order of the group", e);
        }
    }
}
