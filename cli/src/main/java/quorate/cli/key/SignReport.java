package quorate.cli.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.api.SignResult;
import quorate.cli.terminal.Outcome;
import quorate.sdk.PresignedSignature;

/**
 * A signature as the command line shows it. {@code der} and {@code recoveryId} are there for ECDSA,
 * {@code presignatureId} where one was used, {@code sessionId} where none was.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SignReport(
        String keyId,
        String signature,
        @Nullable String der,
        @Nullable Integer recoveryId,
        String publicKey,
        List<Integer> players,
        @Nullable String sessionId,
        @Nullable String presignatureId) {
    static SignReport of(SignResult signed) {
        return new SignReport(
                signed.keyId(),
                signed.signature().hex(),
                hex(signed.der()),
                signed.recoveryId(),
                signed.publicKey().hex(),
                signed.players(),
                signed.sessionId().hex(),
                null);
    }

    static SignReport of(PresignedSignature signed) {
        return new SignReport(
                signed.keyId(),
                signed.signature().hex(),
                hex(signed.der()),
                signed.recoveryId(),
                signed.publicKey().hex(),
                signed.players(),
                null,
                signed.presignatureId().hex());
    }

    private static @Nullable String hex(@Nullable Bytes bytes) {
        return bytes == null ? null : bytes.hex();
    }

    Outcome outcome() {
        var lines = new ArrayList<String>();
        lines.add("signature   " + signature);
        if (der != null) {
            lines.add("der         " + der);
        }
        if (recoveryId != null) {
            lines.add("recovery id " + recoveryId);
        }
        lines.add("public key  " + publicKey);
        lines.add("signers     " + players);
        return Outcome.of(this, lines);
    }
}
