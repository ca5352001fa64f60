package quorate.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Misbehaviour;
import quorate.rounds.Refused;

/** How a ceremony ended at every party: with a result, with a failure, or waiting in vain. */
public record Outcome<R>(SortedMap<Integer, R> results, SortedMap<Integer, CeremonyException> failures) {
    Outcome() {
        this(new TreeMap<>(), new TreeMap<>());
    }

    boolean ended(int party) {
        return results.containsKey(party) || failures.containsKey(party);
    }

    /** The result of {@code party}, which must have one. */
    public R of(int party) {
        assertThat(failures).isEmpty();
        assertThat(results).containsKey(party);
        return Objects.requireNonNull(results.get(party));
    }

    /** Party {@code judge} blames exactly {@code culprits}, for exactly this check. */
    public Outcome<R> blames(int judge, Check check, Integer... culprits) {
        assertThat(failures.get(judge)).isInstanceOfSatisfying(Misbehaviour.class, misbehaviour -> {
            assertThat(misbehaviour.check()).isEqualTo(check);
            assertThat(misbehaviour.culprits()).isEqualTo(Set.of(culprits));
        });
        return this;
    }

    /** Party {@code judge} ends without blame, because of exactly this check. */
    public Outcome<R> disagrees(int judge, Check check) {
        assertThat(failures.get(judge))
                .isInstanceOfSatisfying(
                        Disagreement.class,
                        disagreement -> assertThat(disagreement.check()).isEqualTo(check));
        return this;
    }

    /** As {@link #disagrees}, because what was broadcast in round {@code echoed} differs. */
    public Outcome<R> disagreesOnEcho(int judge, Check check, int echoed) {
        disagrees(judge, check);
        assertThat(failures.get(judge))
                .isInstanceOfSatisfying(
                        Disagreement.class,
                        disagreement -> assertThat(disagreement.echoedRound()).hasValue(echoed));
        return this;
    }

    public Outcome<R> refuses(int judge, Check check) {
        assertThat(failures.get(judge))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.check()).isEqualTo(check));
        return this;
    }

    /** Party {@code party} has no result. */
    public Outcome<R> hasNoResult(int party) {
        assertThat(results).doesNotContainKey(party);
        return this;
    }
}
