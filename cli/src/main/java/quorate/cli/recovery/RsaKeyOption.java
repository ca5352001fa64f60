package quorate.cli.recovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import quorate.api.ProblemCode;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.recovery.tool.Offline;
import quorate.rsa.RsaDecryptor;

/** Where the RSA private key is: in a file, or in a token. */
final class RsaKeyOption {
    @Option(names = "--private-key", required = true, paramLabel = "PEM", description = "PKCS#8 in PEM.")
    private @Nullable Path pem;

    @ArgGroup(exclusive = false)
    private @Nullable Token token;

    /** A token, by the configuration of the JDK's SunPKCS11. */
    private static final class Token {
        @Option(
                names = "--pkcs11",
                required = true,
                paramLabel = "CONFIG",
                description = "The configuration of a PKCS#11 token: name, library, slot.")
        @SuppressWarnings("NullAway.Init") // picocli sets required options
        private Path configuration;

        @Option(
                names = "--pkcs11-key",
                required = true,
                paramLabel = "LABEL",
                description = "The key in it, by the label of its certificate.")
        private String key = "";

        @Option(names = "--pin-file", required = true, paramLabel = "F", description = "The file with its PIN.")
        @SuppressWarnings("NullAway.Init") // picocli sets required options
        private Path pinFile;
    }

    /** To be closed by the caller. */
    RsaDecryptor open(Host host) {
        try {
            if (token != null) {
                return Offline.token(host.resolve(token.configuration), token.key, host.resolve(token.pinFile));
            }
            return Offline.pem(host.resolve(Optional.ofNullable(pem).orElseThrow()), host.random());
        } catch (IOException e) {
            throw new CommandFailed(ProblemCode.RECOVERY_LOCKED, String.valueOf(e.getMessage()));
        }
    }
}
