package quorate.cli.key;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.KeyInventory;
import quorate.sdk.KeyView;

/** {@code key list}: every key of every node. */
@Command(
        name = "list",
        description = "List the keys of all nodes.",
        footer = {"  quorate key list", "  quorate key list --json"})
public final class KeyListCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    private record Keys(List<KeyReport> keys, List<Unsound> unsound, List<Unasked> unasked) {}

    private record Unsound(int index, String keyId, String check, String defect) {}

    private record Unasked(int index, ProblemCode code, String detail) {}

    public KeyListCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        try (var clients = cluster.open(host)) {
            return report(clients.tsm().listKeys());
        }
    }

    private Outcome report(KeyInventory inventory) {
        var unasked = inventory.unasked().entrySet().stream()
                .map(node -> new Unasked(
                        node.getKey(), node.getValue().code(), node.getValue().problem().detail()))
                .toList();
        var keys = inventory.keys().stream().map(KeyReport::of).toList();
        var lines = inventory.keys().stream().map(KeyListCommand::line).toList();
        var unsound = inventory.unsound().entrySet().stream()
                .flatMap(node -> node.getValue().stream()
                        .map(key -> new Unsound(node.getKey(), key.keyId(), key.check(), key.defect())))
                .toList();
        var outcome = Outcome.of(new Keys(keys, unsound, unasked), lines);
        for (var key : unsound) {
            outcome = outcome.noting("node " + key.index() + " cannot use key " + key.keyId() + ": " + key.check() + ": "
                    + key.defect() + " (quorate explain KEY_UNUSABLE)");
        }
        for (var node : unasked) {
            outcome = outcome.noting("not asked: " + node.detail());
        }
        if (keys.isEmpty() && unsound.isEmpty()) {
            outcome = outcome.noting("no keys yet")
                    .suggesting("quorate key generate --scheme schnorr --curve ed25519" + cluster.suffix());
        }
        var disagreeing = inventory.keys().stream()
                .filter(view -> !view.differences().isEmpty())
                .map(view -> view.agreed().keyId())
                .toList();
        return disagreeing.isEmpty()
                ? outcome
                : outcome.failing(Problem.of(ProblemCode.NODES_DISAGREE, "the nodes disagree about key " + disagreeing)
                        .advising("See what each node holds: quorate key show " + disagreeing.getFirst()
                                + cluster.suffix()));
    }

    private static String line(KeyView view) {
        var key = view.agreed();
        return "%-24s %-15s %d of %-12s epoch %d  %s"
                .formatted(
                        key.keyId(),
                        KeyKind.of(key),
                        key.threshold(),
                        key.players(),
                        key.epoch(),
                        view.differences().isEmpty() ? key.publicKey() : "NODES DISAGREE");
    }
}
