package quorate.repair;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.HashCommitment;
import quorate.algebra.Point;
import quorate.algebra.SecretScalar;
import quorate.key.KeyShare;

/**
 * What helper i contributes: addends of l_i·x_i, of which the images and the blind become public in round 2.
 *
 * @param addends delta_{i,j} by j in H
 * @param images Dl_{i,j} for j in H ascending
 */
record Contribution(SortedMap<Integer, SecretScalar> addends, List<Point> images, byte[] nonce, byte[] blind) {
    private static final String COMMITMENT = "repair/com";

    /** Draws after ctx and the helper set are known (protocols.md 0.6). */
    static Contribution of(Ceremony ceremony, KeyShare share, Draw source) {
        var draw = source.knowing(ceremony.ctx(), helperSet(ceremony));
        // l_i = lag(H, i, r)
        var weighted = share.secret().in(ceremony.secrets()).times(ceremony.weight(ceremony.me()));
        var addends = addends(ceremony, weighted, draw);
        return new Contribution(
                addends,
                // Dl_{i,j} = delta_{i,j}*G
                addends.values().stream().map(ceremony.group()::multiplyBase).toList(),
                draw.draw(Draw.For.REPAIR, Draw.name("nonce"), Announcement.NONCE_BYTES),
                draw.draw(Draw.For.REPAIR, Draw.name("blind"), HashCommitment.BLIND_BYTES));
    }

    /**
     * "choose delta_{i,j} <- Z_q^* for j in H \ {last}, last = the largest index in H, delta_{i,last} = l_i*x_i - sum others
     * (draw again if 0)".
     */
    private static SortedMap<Integer, SecretScalar> addends(Ceremony ceremony, SecretScalar weighted, Draw draw) {
        int last = ceremony.helpers().last();
        for (int attempt = 0; ; attempt++) {
            var addends = new TreeMap<Integer, SecretScalar>();
            var rest = weighted;
            for (int j : ceremony.helpers().headSet(last)) {
                var name = attempt == 0 ? Draw.name("delta", j) : Draw.name("delta", j, attempt);
                var addend = draw.nonZeroScalar(ceremony.group(), ceremony.secrets(), Draw.For.REPAIR, name);
                addends.put(j, addend);
                rest = rest.minus(addend);
            }
            if (!rest.isZero()) {
                addends.put(last, rest);
                return addends;
            }
        }
    }

    private static byte[] helperSet(Ceremony ceremony) {
        return Encoding.enc(ceremony.helpers().stream()
                .map(helper -> Encoding.i2osp(helper, 2))
                .toArray(byte[][]::new));
    }

    /** "send ctx, nonce_i <- 32B, com_i = Commit("repair/com", ctx, i, ENC({ser(Dl_{i,j})}_{j in H}))". */
    Announcement announce(Ceremony ceremony) {
        var com = HashCommitment.commit(
                COMMITMENT, ceremony.ctx(), ceremony.me(), Opening.committed(images), blind);
        return new Announcement(ceremony.ctx(), nonce, com);
    }

    /** Whether these points are what {@code helper} announced. */
    static boolean opens(Ceremony ceremony, int helper, Announcement announced, List<Point> points, byte[] blind) {
        return HashCommitment.opens(
                announced.commitment(), COMMITMENT, ceremony.ctx(), helper, Opening.committed(points), blind);
    }

    SecretScalar addend(int helper) {
        var addend = addends.get(helper);
        if (addend == null) {
            throw new IllegalArgumentException("party " + helper + " is no helper");
        }
        return addend;
    }
}
