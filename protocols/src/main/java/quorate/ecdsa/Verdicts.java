package quorate.ecdsa;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import quorate.pair.PairState;
import quorate.rounds.Check;
import quorate.rounds.Guard;
import quorate.rounds.Refused;

/**
 * Serial verdicts about the pairs of one key (protocols.md 3.6). A check that passes may tell the peer something about
 * long-term secrets; the leak stays small only if no verdict of the pair becomes visible after the first failure. So
 * there is one lock per pair, verdicts are passed under it, and what depends on them leaves under it.
 *
 * <p>Thread-safe. Locks are taken in ascending order of the peer, and never two at a time while a verdict is passed.
 */
public interface Verdicts {
    /**
     * Takes the lock of the pair, evaluates, and if a check failed bans the setup of the pair durably, before anything
     * else happens. A batch has one verdict: {@code evaluation} covers all its items alike.
     *
     * @param evaluation the check that failed, if one did: the work of the check itself, and nothing that is sent
     * @return what {@code evaluation} found
     * @throws Refused if the setup is banned: nothing was evaluated
     * @throws quorate.rounds.VerdictUnwritten if a ban of the pair, now or before, could not be written: nobody is told
     */
    Optional<Check> judge(PairState pair, Supplier<Optional<Check>> evaluation) throws Refused;

    /**
     * Under which messages leave that depend on verdicts about these pairs: takes their locks, reads their bans again.
     */
    Guard guard(Collection<PairState> pairs);
}
