package quorate.cli.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.Importing;
import quorate.sdk.TsmException;

/** {@code key import}: makes a key of shares that were wrapped for the nodes of this cluster. */
@Command(
        name = "import",
        description = {
            "Make a key of the files of an export: every node opens its own share, and all make a sharing of their own.",
            "Take the public key from the source over another way than the files: it is what protects this cluster."
        },
        footer = {
            "  quorate key import --in treasury.export --public-key 02a1b2...",
            "  quorate key import --in treasury.export --public-key 02a1b2... --id treasury-2 --chain-code 5c7e..."
        })
public final class KeyImportCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(names = "--in", required = true, paramLabel = "DIR", description = "The folder that the export has written.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path in;

    @Option(names = "--public-key", required = true, paramLabel = "HEX", description = "The key that is expected.")
    private String publicKey = "";

    @Option(names = "--chain-code", paramLabel = "HEX", description = "The chain code that is expected.")
    private @Nullable String chainCode;

    @Option(names = "--id", paramLabel = "ID", description = "The id here; default: that of the source.")
    private String id = "";

    @Option(
            names = "--players",
            split = ",",
            paramLabel = "I",
            description = "The nodes to which it was wrapped, in the order of indices; default: all.")
    private List<Integer> players = List.of();

    @Option(names = "--force", description = "Import it even if a key with the same public key is here already.")
    private boolean force;

    /** The key as the nodes hold it now. */
    private record Imported(
            String keyId, String publicKey, String chainCode, int threshold, List<Integer> players, long epoch) {}

    public KeyImportCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        var wrapped = ExportFolder.read(host.resolve(in));
        var order = new Importing(
                id,
                hex("--public-key", publicKey),
                Optional.ofNullable(chainCode).map(text -> hex("--chain-code", text)),
                players,
                wrapped.source(),
                force);
        try (var clients = cluster.open(host); var progress = progress()) {
            progress.show("importing a key into the nodes");
            var key = clients.tsm().importKey(wrapped, order);
            var report = new Imported(
                    key.keyId(),
                    key.publicKey().hex(),
                    key.chainCode().hex(),
                    key.threshold(),
                    key.players(),
                    key.epoch());
            var outcome = Outcome.of(
                            report,
                            List.of("key " + key.keyId() + " is on nodes " + key.players() + ", epoch " + key.epoch()))
                    .suggesting("quorate sign --key " + key.keyId() + " --message FILE" + cluster.suffix())
                    .suggesting("quorate backup create --out DIR" + cluster.suffix());
            return order.source().isEmpty()
                    ? outcome.noting("warning: no node of a source has signed these files; all that vouches for the chain"
                            + " code is whoever gave them to you")
                    : outcome;
        } catch (TsmException.Interrupted e) {
            throw new CommandFailed(
                    ProblemCode.INTERRUPTED,
                    "interrupted while the key was being imported; the nodes finish or undo it by themselves",
                    "See with: quorate key list" + cluster.suffix());
        }
    }

    private static Bytes hex(String option, String text) {
        try {
            return Bytes.parse(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }
}
