package quorate.cli.transfer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import quorate.sdk.WrappedKey;

/** An export as the command line shows it. {@code publicKey} is the point with its sign, as an import expects it. */
record TransferReport(
        String keyId,
        String publicKey,
        String chainCode,
        String exportId,
        String mode,
        String application,
        String expiresAt,
        List<String> files) {
    static TransferReport of(WrappedKey wrapped, List<Path> files) {
        var common = wrapped.common();
        var hex = HexFormat.of();
        return new TransferReport(
                new String(common.keyId(), StandardCharsets.UTF_8),
                hex.formatHex(common.publicKey().encode()),
                hex.formatHex(common.chainCode()),
                hex.formatHex(common.exportId()),
                common.mode().name().toLowerCase(Locale.ROOT),
                common.application(),
                Instant.ofEpochSecond(common.expiry()).toString(),
                files.stream().map(Path::toString).toList());
    }

    List<String> lines() {
        var lines = new ArrayList<>(List.of(
                "key          " + keyId,
                "public key   " + publicKey,
                "export       " + exportId,
                "application  " + application + ", until " + expiresAt));
        files.forEach(file -> lines.add("file         " + file));
        return lines;
    }
}
