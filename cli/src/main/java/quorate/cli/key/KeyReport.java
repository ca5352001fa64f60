package quorate.cli.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quorate.api.KeyInfo;
import quorate.api.KeyState;
import quorate.api.ProblemCode;
import quorate.cli.terminal.Outcome;
import quorate.sdk.KeyView;
import quorate.sdk.NodeAnswer;

/** A key as the command line shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeyReport(
        String keyId,
        String publicKey,
        String curve,
        String scheme,
        int threshold,
        List<Integer> players,
        long epoch,
        String chainCode,
        String purpose,
        int minPathLength,
        boolean messagesOnly,
        boolean presignatures,
        @Nullable List<NodeReport> nodes,
        @Nullable List<Integer> canSign,
        @Nullable Boolean agree) {
    /**
     * What one node holds.
     *
     * @param epoch absent if it holds no share or did not answer
     * @param state the state of the share, or why there is none
     */
    record NodeReport(int index, @Nullable Long epoch, String state) {}

    static KeyReport of(KeyInfo key) {
        return of(key, null, null, null);
    }

    static KeyReport of(KeyView view) {
        return of(
                view.agreed(),
                view.nodes().stream().map(KeyReport::node).toList(),
                view.signers(),
                view.differences().isEmpty());
    }

    private static KeyReport of(
            KeyInfo key,
            @Nullable List<NodeReport> nodes,
            @Nullable List<Integer> canSign,
            @Nullable Boolean agree) {
        return new KeyReport(
                key.keyId(),
                key.publicKey().hex(),
                KeyKind.of(key).curveName().toString(),
                KeyKind.of(key).schemeName().toString(),
                key.threshold(),
                key.players(),
                key.epoch(),
                key.chainCode().hex(),
                key.purpose(),
                key.minPathLength(),
                key.messagesOnly(),
                key.presignatures(),
                nodes,
                canSign,
                agree);
    }

    private static NodeReport node(NodeAnswer<KeyInfo> answer) {
        return switch (answer) {
            case NodeAnswer.Given<KeyInfo>(int player, KeyInfo key) ->
                new NodeReport(player, key.epoch(), key.state().wireName());
            case NodeAnswer.Failed<KeyInfo>(int player, var failure) ->
                new NodeReport(player, null, absence(failure.code()));
        };
    }

    private static String absence(ProblemCode code) {
        return switch (code) {
            case KEY_NOT_FOUND -> "missing";
            case KEY_DELETED -> "deleted";
            case NODE_UNREACHABLE -> "unreachable";
            default -> code.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    List<String> lines() {
        var facts = Stream.concat(facts(), limits().stream().map(limit -> "limit       " + limit))
                .toList();
        if (nodes == null) {
            return facts;
        }
        var lines = new ArrayList<>(facts);
        lines.add(able());
        for (var node : nodes) {
            lines.add(line(node));
            if (node.state().equals(KeyState.STALE.wireName())) {
                lines.add("            what to do: quorate key " + (players.contains(node.index()) ? "repair " : "delete ")
                        + keyId + " --node " + node.index());
            }
        }
        return lines;
    }

    /** How many nodes can still sign. */
    private String able() {
        var able = canSign == null ? List.<Integer>of() : canSign;
        int spare = able.size() - threshold;
        return "can sign    "
                + (spare < 0
                        ? "NO: only nodes " + able + " can, " + threshold + " are needed"
                        : able.size() + " of " + players.size() + " nodes, " + able + ": "
                                + (spare == 0 ? "none may fail" : spare + " may fail"));
    }

    private Stream<String> facts() {
        return Stream.of(
                "key         " + keyId + (purpose.isEmpty() ? "" : "  (" + purpose + ")"),
                "public key  " + publicKey,
                "curve       " + curve + ", " + scheme,
                "signers     " + threshold + " of nodes " + players,
                "epoch       " + epoch,
                "repair      " + repair(),
                "chain code  " + chainCode);
    }

    /** Whether a lost share comes back without a backup. */
    private String repair() {
        return threshold == players.size()
                ? "not possible: all nodes are needed, so a lost share comes back from a backup only"
                : "a lost share by any " + threshold + " other nodes";
    }

    /** What was fixed at generation and is not as usual. */
    private List<String> limits() {
        var limits = new ArrayList<String>();
        if (minPathLength > 0) {
            limits.add("signs only at least " + minPathLength + " derivation steps below this key");
        }
        if (messagesOnly) {
            limits.add("signs messages only, no hashes");
        }
        if (!presignatures) {
            limits.add("no presignatures");
        }
        return limits;
    }

    private static String line(NodeReport node) {
        return "node %-6d %s%s".formatted(
                node.index(), node.state(), node.epoch() == null ? "" : ", epoch " + node.epoch());
    }

    Outcome outcome() {
        return Outcome.of(this, lines());
    }
}
