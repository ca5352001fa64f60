package quorate.dealing.internal;

import java.util.ArrayList;
import java.util.List;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.HashCommitment;
import quorate.algebra.Point;
import quorate.algebra.Possession;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.Secrets;

/**
 * What one party contributes to a sharing: secret until round 2, and f for ever.
 *
 * @param commitment of f
 * @param chainCode cc_i of a new key, else empty
 */
public record Contribution(SecretPolynomial f, PublicPolynomial commitment, byte[] chainCode, byte[] blind) {
    static final String COMMITMENT = "dkg/com";

    /** com_i = Commit("dkg/com", ctx, i, ENC(ser(A_{i,0}), .., ser(A_{i,t}), cc_i)), and with it what round 1 says. */
    public Announcement announce(byte[] ctx, int me, byte[] nonce) {
        var points = commitment.coefficients().stream().map(Point::encode).toList();
        var com = HashCommitment.commit(COMMITMENT, ctx, me, committed(points, chainCode), blind);
        return new Announcement(ctx, nonce, com);
    }

    /** D1, A_{i,0..t}, cc_i, blind_i, PoK_i of a_{i,0} with ctx' = D1. */
    public Opening open(byte[] d1, int me, Draw draw, Secrets scope) {
        var proof = Possession.prove(d1, me, f.constant(), commitment.constant(), draw, scope);
        return new Opening(d1, commitment.encode(), chainCode, blind, proof.encode());
    }

    /** x of Commit. */
    static byte[] committed(List<byte[]> points, byte[] chainCode) {
        var parts = new ArrayList<>(points);
        if (chainCode.length > 0) {
            parts.add(chainCode);
        }
        return Encoding.enc(parts.toArray(byte[][]::new));
    }
}
