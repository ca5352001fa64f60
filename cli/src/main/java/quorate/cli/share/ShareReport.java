package quorate.cli.share;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.cli.share.ShareFiles.Described;

/** A share backup as commands print it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShareReport(
        String keyId,
        long epoch,
        int node,
        Bytes publicKey,
        Bytes shareId,
        String protection,
        @Nullable Bytes recipient,
        String label,
        Instant createdAt,
        boolean opened,
        String file,
        boolean ok) {
    static ShareReport of(Described share, Path file) {
        return new ShareReport(
                share.keyId(),
                share.epoch(),
                share.node(),
                share.publicKey(),
                share.shareId(),
                share.protection(),
                share.recipient(),
                share.label(),
                share.createdAt(),
                share.opened(),
                file.toString(),
                true);
    }

    List<String> lines() {
        return List.of(
                "key         " + keyId + ", epoch " + epoch,
                "node        " + node,
                "public key  " + publicKey,
                "made        " + createdAt + (label.isEmpty() ? "" : ", " + label),
                "protection  " + protection + (recipient == null ? "" : ", for " + recipient),
                "share       " + (opened ? "opened: it lies on its public commitment" : "not opened"));
    }
}
