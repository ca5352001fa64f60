package quorate.cli.presign;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.Bytes;
import quorate.api.Refill;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code presign}: a batch of presignatures. */
@Command(
        name = "presign",
        description = {
            "Make presignatures: everything of a signature that does not depend on the message.",
            "They live in the memory of the nodes that made them, all of which must sign, and each is used once."
        },
        footer = {
            "  quorate presign --key treasury --count 100",
            "  quorate presign --key treasury --count 1 --players 1,3 --json"
        })
public final class PresignCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(names = "--key", required = true, paramLabel = "ID", description = "The key.")
    private String id = "";

    @Option(names = "--count", required = true, paramLabel = "N", description = "How many, at most 10000.")
    private int count;

    @Option(
            names = "--players",
            paramLabel = "I",
            split = ",",
            description = "Who will sign with them; default nodes that can.")
    private List<Integer> players = List.of();

    private record Batch(String keyId, List<Integer> players, List<String> presignatureIds) {}

    public PresignCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        if (count < 1 || count > Refill.MAX_LEVEL) {
            throw new IllegalArgumentException("--count must be from 1 to " + Refill.MAX_LEVEL + ", not " + count);
        }
        try (var clients = cluster.open(host); var progress = progress()) {
            progress.show("making " + count + " presignatures on the nodes");
            var made = clients.tsm().presign(id, players, count);
            var ids = made.presignatureIds().stream().map(Bytes::hex).toList();
            return Outcome.of(
                            new Batch(id, made.players(), ids),
                            List.of(ids.size() + " presignatures of nodes " + made.players()))
                    .suggesting("quorate sign --key " + id + " --message FILE --presignature next" + cluster.suffix());
        }
    }
}
