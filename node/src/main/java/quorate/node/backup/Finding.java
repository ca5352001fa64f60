package quorate.node.backup;

import java.nio.file.Path;
import java.util.Optional;
import quorate.api.ProblemCode;

/**
 * Something that `backup verify` found wrong.
 *
 * @param player the node whose backup it is, if that is known
 * @param keyId the key concerned, if it is about one
 */
public record Finding(
        Path file, Optional<Integer> player, Optional<String> keyId, ProblemCode code, String reason, String remedy) {
    static Finding of(BackupRefused refused, Path file) {
        return new Finding(
                file,
                Optional.empty(),
                Optional.empty(),
                refused.code(),
                String.valueOf(refused.getMessage()),
                refused.code().remedy());
    }

    static Finding of(Path file, int player, ProblemCode code, String reason) {
        return new Finding(file, Optional.of(player), Optional.empty(), code, reason, code.remedy());
    }

    static Finding of(Path file, int player, String keyId, ProblemCode code, String reason) {
        return new Finding(file, Optional.of(player), Optional.of(keyId), code, reason, code.remedy());
    }
}
