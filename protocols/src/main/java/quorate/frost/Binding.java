package quorate.frost;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.Encoding;
import quorate.algebra.Lagrange;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;

/**
 * The nonces of all signers bound to one message under one key (protocols.md 4.3 and 4.4): with them the one
 * equation that a share is made by and checked by.
 *
 * @param nonces D_i + rho_i*E_i and rho_i of every signer
 * @param nonce R, their sum
 * @param challenge c
 * @param negated whether the signature shows -R, because BIP-340 wants an even y
 */
record Binding(
        CommitmentList list,
        EffectiveKey key,
        SortedMap<Integer, Bound> nonces,
        Point nonce,
        Scalar challenge,
        boolean negated) {
    /** rho_i, and D_i + rho_i*E_i. */
    record Bound(Scalar factor, Point point) {}

    Binding {
        nonces = Collections.unmodifiableSortedMap(new TreeMap<>(nonces));
    }

    /**
     * Binds {@code list} to {@code message}.
     *
     * @throws Disagreement if the nonces add up to O; nobody can arrange that alone, so nobody is blamed
     */
    static Binding of(Suite suite, CommitmentList list, EffectiveKey key, byte[] message) throws Disagreement {
        // B-prefix = ser(pk') || H4(msg) || H5(encode(CL)); rho_i = H1(B-prefix || ser(i))
        var prefix = Encoding.concat(
                key.publicKey().encode(), suite.hashMessage(message), suite.hashCommitments(list.encode()));
        var nonces = new TreeMap<Integer, Bound>();
        list.commitments().forEach((i, points) -> {
            var identifier = list.group().scalar(i).encode();
            var factor = suite.bindingFactor(Encoding.concat(prefix, identifier));
            nonces.put(i, new Bound(factor, points.hiding().plus(points.binding().times(factor))));
        });
        // R = sum_i (D_i + rho_i*E_i)   (FAIL if O)
        var nonce = nonces.values().stream().map(Bound::point).reduce(list.group().identity(), Point::plus);
        if (nonce.isIdentity()) {
            throw new Disagreement(Check.FRO_3, FrostSigning.SHARES, "the nonces add up to the point at infinity");
        }
        boolean negated = suite == Suite.BIP340 && !nonce.hasEvenY();
        var challenge = suite.challenge(suite.shown(nonce), key.publicKey(), message);
        return new Binding(list, key, nonces, nonce, challenge, negated);
    }

    /** What party i's share is made by and checked by. */
    Part part(int i) {
        return new Part(bound(i), weight(i));
    }

    /** One party's equation: the Lagrange coefficient costs an inversion and is computed once. */
    final class Part {
        private final Bound bound;

        /** c*lag(P,i). */
        private final Scalar weight;

        private Part(Bound bound, Scalar weight) {
            this.bound = bound;
            this.weight = weight;
        }

        /** z_i = d_i + e_i*rho_i + lag(P,i)*x'_i*c, with the nonces negated where R is. */
        Scalar share(SecretScalar x, NoncePair.Claimed nonces, Secrets scope) {
            var nonce = nonces.hiding().plus(nonces.binding().times(bound.factor()));
            var weighted = key.share(x.in(scope)).times(weight);
            return weighted.plus(negated ? nonce.negate() : nonce).publish();
        }

        /** z_i*G == D_i + rho_i*E_i + c*lag(P,i)*X'_i, with the nonces negated where R is. */
        boolean isFulfilledBy(Scalar z, Point publicShare) {
            var point = negated ? bound.point().negate() : bound.point();
            var expected = point.plus(key.publicShare(publicShare).times(weight));
            return list.group().multiplyBase(z).equals(expected);
        }
    }

    Bound bound(int i) {
        var bound = nonces.get(i);
        if (bound == null) {
            throw new IllegalArgumentException("party " + i + " does not sign");
        }
        return bound;
    }

    /** c*lag(P,i). */
    private Scalar weight(int i) {
        return Lagrange.atZero(list.group(), list.signers(), i).times(challenge);
    }
}
