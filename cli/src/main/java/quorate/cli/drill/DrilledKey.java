package quorate.cli.drill;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.api.ProblemCode;

/**
 * What a drill found out about one key.
 *
 * @param restorable whether restored nodes signed with it
 * @param why in words
 * @param remedy what to do, if anything is wrong
 * @param publicKey as the restored nodes have it; absent if none has a share that signs
 * @param epoch of the sharing that was tried
 * @param players of the key; empty if no restored node has it
 * @param signedBy which nodes signed together; with a signature that others' code verified
 * @param failures which nodes could not
 * @param untested players of the key whose share took part in no attempt
 * @param live what the live nodes have of this key; absent if they were not asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DrilledKey(
        String keyId,
        boolean restorable,
        String why,
        @Nullable String remedy,
        @Nullable Bytes publicKey,
        @Nullable Long epoch,
        List<Integer> players,
        List<List<Integer>> signedBy,
        List<Failure> failures,
        List<Untested> untested,
        @Nullable LiveKey live) {
    /** Nodes that did not sign together. */
    public record Failure(List<Integer> nodes, ProblemCode code, String detail, String remedy) {}

    /** A player whose share was not tried. */
    public record Untested(int node, String reason, String remedy) {}

    public DrilledKey {
        players = List.copyOf(players);
        signedBy = List.copyOf(signedBy);
        failures = List.copyOf(failures);
        untested = List.copyOf(untested);
    }

    /** A key for which there was no attempt. */
    static DrilledKey untried(String keyId, String why, String remedy, List<Untested> untested) {
        return new DrilledKey(keyId, false, why, remedy, null, null, List.of(), List.of(), List.of(), untested, null);
    }

    DrilledKey beside(LiveKey other) {
        return new DrilledKey(
                keyId, restorable, why, remedy, publicKey, epoch, players, signedBy, failures, untested, other);
    }

    /** It comes back, everybody who tried signed, and it is the key that the live nodes have. */
    @JsonIgnore
    public boolean isGood() {
        return restorable && failures.isEmpty() && (live == null || live.state() != LiveKey.State.DIFFERENT);
    }
}
