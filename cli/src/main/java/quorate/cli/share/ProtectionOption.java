package quorate.cli.share;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import quorate.cli.terminal.Host;

/** How a new share backup is protected; not at all if nothing is said. */
final class ProtectionOption {
    @Option(names = "--password-file", paramLabel = "F", description = "Protect it by the password in this file.")
    private @Nullable Path passwordFile;

    @Option(
            names = {"--to", "--recipient"},
            paramLabel = "F",
            description = "Seal it for this RSA public key (PEM), which the node must list: see node allow.")
    private @Nullable Path publicKey;

    @Option(names = "--plain", description = "Do not protect it. The same as naming no protection.")
    @SuppressWarnings("UnusedVariable") // It says what is so without it, and excludes the others.
    private boolean plain;

    static ShareFiles.Protection of(@Nullable ProtectionOption option, Host host) {
        if (option != null && option.passwordFile != null) {
            return new ShareFiles.Protection.Password(host.resolve(option.passwordFile));
        }
        if (option != null && option.publicKey != null) {
            return new ShareFiles.Protection.Sealed(host.resolve(option.publicKey));
        }
        return new ShareFiles.Protection.Plain();
    }
}
