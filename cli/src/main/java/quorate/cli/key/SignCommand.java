package quorate.cli.key;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.Signable;
import quorate.api.Taproot;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.Signing;
import quorate.sdk.Tsm;

/** {@code sign}: a signature by a quorum. */
@Command(
        name = "sign",
        description = "Sign with as many nodes as the key needs.",
        footer = {
            "  quorate sign --key treasury --message letter.txt",
            "  quorate sign --key treasury --message-hex 68656c6c6f --players 1,3 --json",
            "  quorate sign --key wallet --message payment.bin --path m/0/5 --presignature next",
            "  printf hello | quorate sign --key treasury --message -"
        })
public final class SignCommand extends Action {
    private static final String ANY = "next";

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(names = "--key", required = true, paramLabel = "ID", description = "The key.")
    private String id = "";

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets the required group
    private ToSignOption input;

    @Option(names = "--players", paramLabel = "I", split = ",", description = "Who signs; default nodes that can.")
    private List<Integer> players = List.of();

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Sign as the derived key at this path, such as m/0/5; default m, the key itself.")
    private String path = Signable.ROOT_PATH;

    @Option(
            names = "--presignature",
            paramLabel = "next|ID",
            description = "Use a presignature: any, or this one. It never signs again.")
    private @Nullable String presignature;

    @Option(
            names = "--request-nonce",
            paramLabel = "HEX",
            description = "For ecdsa: 32 bytes that are mixed into the nonce.")
    private @Nullable String requestNonce;

    @Option(names = "--taproot", description = "For bip340: sign with the output key of BIP-341.")
    private boolean taproot;

    @Option(names = "--merkle-root", paramLabel = "HEX", description = "With --taproot: the root of the script tree.")
    private @Nullable String merkleRoot;

    public SignCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        if (merkleRoot != null && !taproot) {
            throw new IllegalArgumentException("--merkle-root goes with --taproot");
        }
        var root = merkleRoot == null ? null : HexOption.parse("--merkle-root", merkleRoot);
        var nonce = requestNonce == null ? null : HexOption.parse("--request-nonce", requestNonce);
        var signing = new Signing(id, input.read(host), players, path, taproot ? new Taproot(root) : null, nonce);
        try (var clients = cluster.open(host)) {
            return signed(clients.tsm(), signing).outcome();
        }
    }

    private SignReport signed(Tsm tsm, Signing signing) {
        if (presignature == null) {
            return SignReport.of(tsm.sign(signing));
        }
        return SignReport.of(
                presignature.equals(ANY)
                        ? tsm.signWithPresignature(signing)
                        : tsm.signWithPresignature(signing, HexOption.parse("--presignature", presignature)));
    }
}
