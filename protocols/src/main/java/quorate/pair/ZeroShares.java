package quorate.pair;

import java.util.Map;
import java.util.SortedSet;
import quorate.algebra.ConstantTime;
import quorate.algebra.Group;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;

/** Shares of zero on demand (protocols.md 1.3): made from the seeds of pairs, without a message. */
@ConstantTime
public final class ZeroShares {
    private ZeroShares() {}

    /**
     * zeta_i; those of all {@code parties} sum to 0.
     *
     * @param me i, one of the parties
     * @param parties P
     * @param states of this party with every other one of P, by peer
     * @param digest D: fresh, and known to all of P
     * @throws IllegalArgumentException if the state with a party is missing
     */
    public static SecretScalar of(
            int me,
            SortedSet<Integer> parties,
            Map<Integer, PairState> states,
            byte[] digest,
            Group group,
            Secrets scope) {
        // zeta_i = sum_{j in P, j != i} sgn(i,j) * H2S("zero/sample", zs_{ij}, D), sgn = -1 if i < j, +1 if i > j
        var zeta = SecretScalar.of(scope, group.scalar(0));
        for (int j : parties) {
            if (j != me) {
                var sample = sample(state(states, j), digest, group, scope);
                zeta = me < j ? zeta.minus(sample) : zeta.plus(sample);
            }
        }
        return zeta;
    }

    private static SecretScalar sample(PairState state, byte[] digest, Group group, Secrets scope) {
        var transcript = Transcript.of("zero/sample").add(state.zeroSeed()).add(digest);
        try {
            return group.reduceSecret(scope, scope.keep(transcript.expand(group.wideBytes())));
        } finally {
            transcript.erase();
        }
    }

    private static PairState state(Map<Integer, PairState> states, int peer) {
        var state = states.get(peer);
        if (state == null) {
            throw new IllegalArgumentException("no pair state with party " + peer);
        }
        return state;
    }
}
