package quorate.cli.share;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import quorate.cli.terminal.Host;

/** What opens a share backup that is not plain. */
final class OpeningOption {
    @Option(names = "--password-file", paramLabel = "F", description = "The file with the password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--private-key",
            paramLabel = "F",
            description = "The RSA private key, PKCS#8 in PEM. It is used here and sent nowhere.")
    private @Nullable Path privateKey;

    static ShareFiles.Opening of(@Nullable OpeningOption option, Host host) {
        return option == null
                ? new ShareFiles.Opening(null, null)
                : new ShareFiles.Opening(resolved(option.passwordFile, host), resolved(option.privateKey, host));
    }

    private static @Nullable Path resolved(@Nullable Path path, Host host) {
        return path == null ? null : host.resolve(path);
    }
}
