package quorate.cli.key;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.KeyAttributes;
import quorate.api.ProblemCode;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.NewKey;
import quorate.sdk.TsmException;

/** {@code key generate}: a key that nobody holds. */
@Command(
        name = "generate",
        description = "Generate a key as shares on the nodes. Nobody ever holds the whole of it.",
        footer = {
            "  quorate key generate --scheme ecdsa --curve secp256k1 --messages-only",
            "  quorate key generate --scheme schnorr --curve ed25519",
            "  quorate key generate --scheme schnorr --curve bip340 --threshold 2 --players 1,2,3 --id treasury"
        })
public final class KeyGenerateCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(
            names = "--scheme",
            required = true,
            paramLabel = "SCHEME",
            description = "What signatures are made: ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private SchemeName scheme;

    @Option(
            names = "--curve",
            required = true,
            paramLabel = "CURVE",
            description = "The curve: ${COMPLETION-CANDIDATES}. bip340 is secp256k1 with BIP-340 signatures.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private CurveName curve;

    @Option(names = "--threshold", paramLabel = "T", description = "How many nodes sign; default that of the cluster.")
    private @Nullable Integer threshold;

    @Option(names = "--players", paramLabel = "I", split = ",", description = "Which nodes hold a share; default all.")
    private List<Integer> players = List.of();

    @Option(names = "--id", paramLabel = "ID", description = "The key id; default a random one.")
    private String id = "";

    @Option(names = "--purpose", paramLabel = "TEXT", description = "A label that all nodes agree on; never changes.")
    private String purpose = "";

    @Option(
            names = "--min-path-length",
            paramLabel = "N",
            description = "Sign only for derived keys, at least N steps below this one; never changes.")
    private int minPathLength = KeyAttributes.USUAL.minPathLength();

    @Option(names = "--messages-only", description = "Never sign a hash that a caller made; never changes.")
    private boolean messagesOnly;

    @Option(names = "--no-presignatures", description = "Never make presignatures; never changes.")
    private boolean withoutPresignatures;

    public KeyGenerateCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        var kind = KeyKind.of(scheme, curve);
        var attributes = new KeyAttributes(minPathLength, messagesOnly, !withoutPresignatures);
        try (var clients = cluster.open(host); var progress = progress()) {
            int needed = threshold != null ? threshold : clients.cluster().threshold();
            progress.show("generating a key on the nodes");
            var key = clients.tsm()
                    .generateKey(
                            new NewKey(kind.scheme(), kind.curve(), needed, players, id, purpose, attributes));
            var outcome = KeyReport.of(key)
                    .outcome()
                    .suggesting("quorate sign --key " + key.keyId() + " --message FILE" + cluster.suffix())
                    .suggesting("quorate backup create --out DIR" + cluster.suffix());
            return key.threshold() == key.players().size()
                    ? outcome.noting("All " + needed + " nodes are needed for every signature, and a lost share cannot"
                            + " be repaired by the others: this key depends on backups of every node.")
                    : outcome;
        } catch (TsmException.Interrupted e) {
            throw new CommandFailed(
                    ProblemCode.INTERRUPTED,
                    "interrupted while the key was being generated; the nodes finish or undo it by themselves",
                    "See with: quorate key list" + cluster.suffix());
        }
    }
}
