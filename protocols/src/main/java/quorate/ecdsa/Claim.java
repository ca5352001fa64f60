package quorate.ecdsa;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import quorate.algebra.Group;
import quorate.algebra.Point;
import quorate.vole.VoleReceiver;

/**
 * What a peer claims in round 2 about one item, with both sides of the equations that show whether it is true. The
 * equations are compared under the lock of the pair and not before.
 *
 * @param vole of the product of the peer's r_j and sk_j with this party's chi
 */
record Claim(Points points, VoleReceiver vole, BooleanSupplier aboutNonce, BooleanSupplier aboutKey) {
    /**
     * The points of one item of a message; none is O.
     *
     * @param nonce R_j
     * @param key pk_j
     * @param first Gu
     * @param second Gv
     */
    record Points(Point nonce, Point key, Point first, Point second) {
        static Optional<Points> of(Group group, Multiplications message, int k) {
            var nonce = message.nonce(group, k);
            var key = message.key(group, k);
            var first = message.first(group, k);
            var second = message.second(group, k);
            return nonce.isPresent() && key.isPresent() && first.isPresent() && second.isPresent()
                    ? Optional.of(new Points(nonce.get(), key.get(), first.get(), second.get()))
                    : Optional.empty();
        }
    }

    /** Computes both sides. */
    static Claim of(Points points, VoleReceiver vole) {
        var group = points.nonce().group();
        // chi*R_j == Gu + du*G and chi*pk_j == Gv + dv*G
        var nonceProduct = points.nonce().times(vole.beta());
        var nonceShares = points.first().plus(group.multiplyBase(vole.d0()));
        var keyProduct = points.key().times(vole.beta());
        var keyShares = points.second().plus(group.multiplyBase(vole.d1()));
        return new Claim(
                points,
                vole,
                () -> nonceProduct.equals(nonceShares),
                () -> keyProduct.equals(keyShares));
    }

    /** SIG-4. */
    boolean isTrueOfNonce() {
        return aboutNonce.getAsBoolean();
    }

    /** SIG-5. */
    boolean isTrueOfKey() {
        return aboutKey.getAsBoolean();
    }

    @Override
    public String toString() {
        return "Claim[redacted]";
    }
}
