package quorate.ecdsa;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import quorate.algebra.Point;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.vole.VoleSender;

/**
 * Item k after round 2 was sent.
 *
 * @param d1 D1
 * @param key sk_i
 * @param keyPoint pk_i
 * @param shares by peer: (cu, cv)
 */
record Products(
        Item item, byte[] d1, SecretScalar key, Point keyPoint, SortedMap<Integer, VoleSender.Product> shares) {
    /** Takes the claims of all others in and computes the sums. */
    Sums sum(SortedMap<Integer, Claim> claims) {
        // R = sum_{k in P} R_k
        var nonces = new TreeMap<Integer, Point>();
        var keys = new TreeMap<Integer, Point>();
        nonces.put(item.batch().me(), item.point());
        keys.put(item.batch().me(), keyPoint);
        claims.forEach((j, claim) -> {
            nonces.put(j, claim.points().nonce());
            keys.put(j, claim.points().key());
        });
        var group = item.batch().group();
        return new Sums(
                this,
                claims,
                nonces,
                keys,
                nonces.values().stream().reduce(group.identity(), Point::plus),
                keys.values().stream().reduce(group.identity(), Point::plus));
    }

    /**
     * Item k after the messages of round 2.
     *
     * @param nonce R
     * @param publicKey sum_{k in P} pk_k
     */
    record Sums(
            Products products,
            SortedMap<Integer, Claim> claims,
            SortedMap<Integer, Point> nonces,
            SortedMap<Integer, Point> keys,
            Point nonce,
            Point publicKey) {
        /** SIG-6: R != O, x(R) mod q != 0, sum_{k in P} pk_k = pk. */
        boolean areSound(Point expectedKey) {
            return !nonce.isIdentity()
                    && !FinalStep.abscissa(nonce).isZero()
                    && publicKey.equals(expectedKey);
        }

        /** D3 = TH("dkls/d3", D1, ser(R), {ser(R_k)||ser(pk_k)}_{k in P}). */
        byte[] d3() {
            var transcript = Transcript.of("dkls/d3").add(products.d1()).add(nonce);
            nonces.forEach((j, point) -> transcript.add(point.encode(), keyOf(j).encode()));
            return transcript.hash();
        }

        private Point keyOf(int party) {
            var key = keys.get(party);
            if (key == null) {
                throw new IllegalArgumentException("party " + party + " has no key share");
            }
            return key;
        }

        /** psi_{i,j} = phi_i - chi_{i,j}. */
        SecretScalar psi(int peer) {
            var claim = claims.get(peer);
            if (claim == null) {
                throw new IllegalArgumentException("party " + peer + " is no peer");
            }
            return products.item().phi().minus(claim.vole().beta());
        }

        /**
         * Protocols.md 3.4, all D3 being equal.
         *
         * @param parts of all items of the batch, which share it, as they share the signers
         */
        PresignatureShare complete(
                byte[] d3,
                Iterable<SecretScalar> corrections,
                byte[] parts,
                SortedSet<Integer> signers,
                Secrets secrets) {
            var item = products.item();
            // Phi_i = phi_i + sum_{j != i} psi_{j,i}
            var sum = item.phi().in(secrets);
            for (var psi : corrections) {
                sum = sum.plus(psi);
            }
            // u_i = r_i*Phi_i + sum (cu + du); v_i = sk_i*Phi_i + sum (cv + dv)
            var u = item.r().times(sum);
            var v = products.key().times(sum);
            for (var product : products.shares().values()) {
                u = u.plus(product.c0());
                v = v.plus(product.c1());
            }
            for (var claim : claims.values()) {
                u = u.plus(claim.vole().d0());
                v = v.plus(claim.vole().d1());
            }
            var agreement = item.batch().agreement();
            var presignature = new Presignature(
                    Transcript.of("dkls/presig-id").add(d3).hash(),
                    agreement.keyId(),
                    agreement.shareId(),
                    parts,
                    signers,
                    nonce);
            return new PresignatureShare(presignature, item.phi(), u, v);
        }

        @Override
        public String toString() {
            return "Sums[redacted]";
        }
    }

    @Override
    public String toString() {
        return "Products[redacted]";
    }
}
