package quorate.cli.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.Bytes;
import quorate.api.ExportMode;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.share.ShareFiles;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Durations;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.Exporting;

/** {@code key export}: wrapped shares of a key for the nodes of another installation, or for a custodian. */
@Command(
        name = "export",
        description = {
            "Write wrapped shares of a key, each for one node of another installation. Nobody on the way can open them.",
            "The key stays here and works as before; it is in two places from the import on.",
            "With --custodian the holder of one RSA key gets THE WHOLE KEY. Every node must list who may be given keys."
        },
        footer = {
            "  quorate key export treasury --destination other-cluster --out treasury.export",
            "  quorate key export treasury --destination cards/ --out treasury.export --valid 2h",
            "  quorate key export treasury --custodian custodian.pem --out treasury.custodian"
        })
public final class KeyExportCommand extends Action {
    private final ShareFiles files;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets required groups
    private Target target;

    /** For whom. */
    static final class Target {
        @Option(
                names = "--destination",
                paramLabel = "DIR_OR_CARDS",
                split = ",",
                description = "A cluster folder, a folder of cards, or cards of `quorate node wrapping-key`.")
        private List<Path> destinations = List.of();

        @Option(names = "--custodian", paramLabel = "RSA.pem", description = "An RSA public key, whose holder gets the key.")
        private @Nullable Path custodian;
    }

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The new folder.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path out;

    @Option(names = "--path", paramLabel = "P", description = "Export the key that is derived by this path.")
    private String path = "m";

    @Option(
            names = "--application",
            paramLabel = "NAME",
            description = "The application that may import it, if it is not `default`.")
    private String application = "default";

    @Option(
            names = "--valid",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How long it may be imported, such as 2h; default: 24h.")
    private Duration valid = Duration.ofHours(24);

    @Option(names = "--purpose", paramLabel = "TEXT", description = "What is written in every header, for people.")
    private String purpose = "";

    public KeyExportCommand(Host host, ShareFiles files) {
        super(host);
        this.files = files;
    }

    @Override
    protected Outcome run() throws IOException {
        try (var clients = cluster.open(host); var progress = progress()) {
            progress.show("exporting key " + id);
            int players = clients.tsm().showKey(id).agreed().players().size();
            var expiry = host.clock().instant().plus(valid);
            var wrapped = target.custodian == null
                    ? clients.tsm()
                            .export(id, clients.admins(), order(ExportMode.MOVE, destinations(players), expiry))
                    : clients.tsm()
                            .export(
                                    id,
                                    clients.custodians(),
                                    order(ExportMode.CUSTODIAN, custodian(target.custodian, players), expiry));
            var report = TransferReport.of(wrapped, ExportFolder.write(wrapped, host.resolve(out)));
            var outcome = Outcome.of(report, report.lines());
            return target.custodian == null
                    ? outcome.suggesting("quorate key import --in " + out + " --public-key " + report.publicKey()
                            + " --cluster THE-OTHER-CLUSTER")
                    : outcome.noting("warning: whoever holds the RSA key has key " + id + " from now on");
        }
    }

    private Exporting order(ExportMode mode, List<Bytes> keys, Instant expiry) {
        return new Exporting(mode, keys, application, expiry, purpose, path);
    }

    private List<Bytes> destinations(int players) {
        return Destinations.of(target.destinations, players, host);
    }

    private List<Bytes> custodian(Path file, int players) {
        return Collections.nCopies(players, files.recipient(host.resolve(file)).spki());
    }
}
