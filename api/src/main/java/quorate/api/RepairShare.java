package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Give {@code target} its share of a key back; every helper and the target are sent the same, each by an administrator,
 * whose call is the approval of that node.
 *
 * <p>What the key is stands here for a target that has lost its record; nodes that have one compare. {@code publicKey} is
 * the {@link KeyInfo#point()} that the operator expects; without it the target's own record says what to expect. {@code
 * waitSeconds} is how long the approval is good, and the node waits for the others.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RepairShare(
        Bytes sessionId,
        int target,
        List<Integer> helpers,
        Scheme scheme,
        Curve curve,
        int threshold,
        List<Integer> players,
        @Nullable Bytes publicKey,
        @Nullable Integer waitSeconds) {
    public static final int USUAL_WAIT_SECONDS = 60;
    public static final int MAX_WAIT_SECONDS = 3600;

    private static final int MIN_POINT_BYTES = 32;
    private static final int MAX_POINT_BYTES = 33;

    public RepairShare {
        Require.size("sessionId", sessionId, GenerateKey.SESSION_ID_BYTES);
        Require.player("target", target);
        helpers = Require.players("helpers", helpers);
        Require.present("scheme", scheme);
        Require.present("curve", curve);
        players = Require.players("players", players);
        Require.between("threshold", threshold, 2, players.size());
        if (publicKey != null) {
            Require.between("the length of publicKey", publicKey.size(), MIN_POINT_BYTES, MAX_POINT_BYTES);
        }
        if (waitSeconds != null) {
            Require.between("waitSeconds", waitSeconds, 1, MAX_WAIT_SECONDS);
        }
    }

    /** {@code waitSeconds}, with the usual value if it is absent. */
    public int waits() {
        return waitSeconds == null ? USUAL_WAIT_SECONDS : waitSeconds;
    }
}
