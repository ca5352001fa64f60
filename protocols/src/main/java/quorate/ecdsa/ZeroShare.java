package quorate.ecdsa;

import java.util.Arrays;
import java.util.Collection;
import quorate.algebra.Group;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.pair.PairState;

/** zeta_i of protocols.md 1.3: shares of 0, from seeds that each two parties have in common. */
final class ZeroShare {
    private ZeroShare() {}

    /**
     * zeta_i = sum_{j in P, j != i} sgn(i,j) * H2S("zero/sample", zs_{ij}, D), sgn = -1 if i < j, +1 if i > j.
     *
     * @param digest D, fresh and known to all signers
     */
    static SecretScalar of(Group group, Collection<PairState> pairs, byte[] digest, Secrets scope) {
        var zeta = SecretScalar.of(scope, group.scalar(0));
        for (var pair : pairs) {
            var transcript = Transcript.of("zero/sample").add(pair.zeroSeed()).add(digest);
            var wide = transcript.expand(group.wideBytes());
            transcript.erase();
            var sample = group.reduceSecret(scope, wide);
            Arrays.fill(wide, (byte) 0);
            zeta = pair.me() < pair.peer() ? zeta.minus(sample) : zeta.plus(sample);
        }
        return zeta;
    }
}
