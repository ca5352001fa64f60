package quorate.cli.key;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.ProblemCode;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.NewCommittee;
import quorate.sdk.Redistribution;
import quorate.sdk.TsmException;

/** {@code key copy}: the same key once more, for other nodes, under an id of its own. */
@Command(
        name = "copy",
        description = {
            "Give other nodes shares of a key under another id. The key stays as it is.",
            "A copy enlarges the attack surface: T of the old nodes can sign, and so can T of the new ones.",
            "To give a key away instead, and make the former shares worthless: key reshare --players."
        },
        footer = {"  quorate key copy treasury --players 3,4,5 --threshold 2 --id treasury-site-b"})
public final class KeyCopyCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @Option(
            names = "--players",
            required = true,
            paramLabel = "I",
            split = ",",
            description = "Which nodes hold a share of the copy.")
    private List<Integer> players = List.of();

    @Option(names = "--threshold", paramLabel = "T", description = "How many of them sign; default as the key has it.")
    private @Nullable Integer threshold;

    @Option(names = "--id", paramLabel = "NEW", description = "The id of the copy; default a random one.")
    private @Nullable String copyId;

    @Option(
            names = "--public-key",
            paramLabel = "HEX",
            description = "The public key as you know it, not as a node shows it; new nodes take no other.")
    private @Nullable String publicKey;

    public KeyCopyCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        try (var clients = cluster.open(host); var progress = progress()) {
            var redistribution = new Redistribution(clients.admins(), host.random());
            var request = redistribution.plan(new NewCommittee(
                    id,
                    Optional.of(copyId == null ? redistribution.keyId() : copyId),
                    players,
                    Optional.ofNullable(threshold),
                    List.of(),
                    Optional.ofNullable(publicKey).map(hex -> HexOption.parse("--public-key", hex))));
            progress.show("copying key " + id + " to nodes " + request.newPlayers());
            var key = redistribution.run(id, request);
            return KeyReport.of(key)
                    .outcome()
                    .noting("Key " + id + " stays: " + request.threshold() + " of nodes " + request.players()
                            + " can sign with it, and " + key.threshold() + " of nodes " + key.players()
                            + " with the copy.")
                    .suggesting("quorate backup create --out DIR" + cluster.suffix());
        } catch (TsmException.Interrupted e) {
            throw new CommandFailed(
                    ProblemCode.INTERRUPTED,
                    "interrupted while the key was being copied; the nodes finish or undo it by themselves",
                    "See with: quorate key list" + cluster.suffix());
        }
    }
}
