package quorate.cli.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.outside.FoundKey;
import quorate.cli.outside.KeyWrapping;
import quorate.cli.outside.PrivateKeyFile;
import quorate.cli.outside.PrivateKeyFormat;
import quorate.cli.outside.UnreadableKey;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Durations;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.key.Scheme;
import quorate.sdk.WrappedKey;
import quorate.transfer.ExportHeader;
import quorate.transfer.ExportTerms;
import quorate.transfer.Mode;

/** {@code key split}: wrapped shares of a key that was made elsewhere. */
@Command(
        name = "split",
        description = {
            "Share a private key that exists in a file, and wrap each share for one node; `quorate key import` does the rest.",
            "The key is read here and wiped; it is never printed. WHOEVER HAD THE FILE STILL HAS THE KEY."
        },
        footer = {
            "  quorate key split --private-key wallet.pem --out wallet.split --id wallet",
            "  quorate key split --private-key UTC--keystore --format keystore --password-file pw --out wallet.split",
            "  quorate key split --private-key seed.hex --format ed25519-seed --destination cards/ --out signer.split"
        })
public final class KeySplitCommand extends Action {
    private static final int LARGEST_BYTES = 16 << 10;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(names = "--private-key", required = true, paramLabel = "FILE", description = "The file with the private key.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path privateKey;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The new folder.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: pem if the file says so, else raw.")
    private @Nullable PrivateKeyFormat format;

    @Option(names = "--curve", paramLabel = "CURVE", description = "Of a raw key: secp256k1 (default), p256, ed25519.")
    private String curve = "secp256k1";

    @Option(names = "--scheme", paramLabel = "SCHEME", description = "ecdsa, schnorr or bip340; default: ecdsa, of Ed25519 schnorr.")
    private @Nullable String scheme;

    @Option(names = "--password-file", paramLabel = "F", description = "The password of a keystore.")
    private @Nullable Path passwordFile;

    @Option(names = "--chain-code", paramLabel = "HEX", description = "The chain code of the key; default: a random one.")
    private String chainCode = "";

    @Option(
            names = "--destination",
            paramLabel = "DIR_OR_CARDS",
            split = ",",
            description = "Cards of the nodes; default: the nodes of the cluster are asked.")
    private List<Path> destinations = List.of();

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes; default: all of the cluster.")
    private @Nullable Integer nodes;

    @Option(names = "--threshold", paramLabel = "T", description = "How many nodes sign; default: that of the cluster.")
    private @Nullable Integer threshold;

    @Option(names = "--id", paramLabel = "ID", description = "The id that the key shall have; default: imported.")
    private String id = "imported";

    @Option(names = "--application", paramLabel = "NAME", description = "The application that may import it.")
    private String application = "default";

    @Option(names = "--valid", paramLabel = "TIME", converter = Durations.class, description = "Default: 24h.")
    private Duration valid = Duration.ofHours(24);

    public KeySplitCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        var file = cluster.fileIfPresent(host);
        int players = nodes != null ? nodes : file.orElseGet(() -> cluster.file(host)).nodes().size();
        int needed = threshold != null ? threshold : file.orElseGet(() -> cluster.file(host)).threshold();
        var places = destinations.isEmpty() ? List.of(cluster.folder(host)) : destinations;
        var wrappingKeys = Destinations.of(places, players, host);
        boolean[] expanded = new boolean[1];
        var wrapped = split(needed, wrappingKeys, expanded);
        var report = TransferReport.of(wrapped, ExportFolder.write(wrapped, host.resolve(out)));
        var outcome = Outcome.of(report, report.lines())
                .noting("warning: " + privateKey + " still holds the whole key; it is up to you to destroy it")
                .suggesting("quorate key import --in " + out + " --public-key " + report.publicKey() + cluster.suffix());
        return expanded[0]
                ? outcome.noting("of the Ed25519 seed only the scalar is kept: nobody gets the seed back from the nodes,"
                        + " and their nonces are not the deterministic ones of RFC 8032; signatures verify as before")
                : outcome;
    }

    private WrappedKey split(int needed, List<Bytes> wrappingKeys, boolean[] expanded) throws IOException {
        var content = content(host.resolve(privateKey));
        try (var found = PrivateKeyFile.read(formatOf(content), content, group(), this::password)) {
            expanded[0] = found.wasExpanded();
            var terms = new ExportTerms(
                    Mode.MOVE,
                    wrappingKeys.stream().map(key -> ExportHeader.hash(key.toArray())).toList(),
                    "",
                    application,
                    host.clock().instant().plus(valid).getEpochSecond(),
                    quorate.derive.Path.ROOT);
            var order = new KeyWrapping.Order(
                    schemeOf(found),
                    Bytes.parse(chainCode.toLowerCase(Locale.ROOT)).toArray(),
                    needed,
                    id,
                    terms);
            return new KeyWrapping(host.random()).wrap(found, order, wrappingKeys);
        } catch (UnreadableKey e) {
            throw new CommandFailed(
                    ProblemCode.PRIVATE_KEY_UNREADABLE, host.resolve(privateKey) + ": " + e.getMessage());
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static byte[] content(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_BYTES) {
            throw new CommandFailed(ProblemCode.FILE_SYSTEM, file + ": there is no such file of a private key");
        }
        return Files.readAllBytes(file);
    }

    private PrivateKeyFormat formatOf(byte[] content) {
        if (format != null) {
            return format;
        }
        return content.length > 0 && content[0] == '-' ? PrivateKeyFormat.PEM : PrivateKeyFormat.RAW;
    }

    private Group group() {
        return switch (curve) {
            case "secp256k1" -> Groups.SECP256K1;
            case "p256" -> Groups.P256;
            case "ed25519" -> Groups.ED25519;
            default -> throw new IllegalArgumentException("--curve: secp256k1, p256 or ed25519, not " + curve);
        };
    }

    private Scheme schemeOf(FoundKey found) {
        if (scheme == null) {
            return found.group().equals(Groups.ED25519) ? Scheme.SCHNORR : Scheme.ECDSA;
        }
        return switch (scheme) {
            case "ecdsa" -> Scheme.ECDSA;
            case "schnorr" -> Scheme.SCHNORR;
            case "bip340" -> Scheme.BIP340;
            default -> throw new IllegalArgumentException("--scheme: ecdsa, schnorr or bip340, not " + scheme);
        };
    }

    /** The first line of the file, as it is. */
    private byte[] password() {
        if (passwordFile == null) {
            throw new CommandFailed(ProblemCode.USAGE, "a keystore needs --password-file");
        }
        try {
            var bytes = content(host.resolve(passwordFile));
            int end = 0;
            while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
                end++;
            }
            var first = Arrays.copyOf(bytes, end);
            Arrays.fill(bytes, (byte) 0);
            return first;
        } catch (IOException e) {
            throw new CommandFailed(ProblemCode.FILE_SYSTEM, passwordFile + " cannot be read");
        }
    }
}
