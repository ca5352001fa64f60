package quorate.cli.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import quorate.api.Bytes;
import quorate.api.Json;
import quorate.api.MalformedJson;
import quorate.api.ProblemCode;
import quorate.cli.cluster.OwnerFiles;
import quorate.cli.terminal.CommandFailed;
import quorate.transfer.ExportHeader;

/**
 * What a node shows to those who move keys to it: all public. It means something only when its fingerprint was compared over
 * another way.
 *
 * @param format always {@value #FORMAT}
 * @param index of the node
 * @param fingerprint SHA-256 of {@code publicKey}
 * @param publicKey the SubjectPublicKeyInfo of its wrapping key
 */
public record WrappingCard(String format, int index, Bytes fingerprint, Bytes publicKey) {
    static final String FORMAT = "quorate-wrapping-key-1";
    private static final long LARGEST_BYTES = 16 << 10;

    /** The card of a wrapping key. */
    static WrappingCard of(quorate.api.WrappingKey key) {
        return new WrappingCard(FORMAT, key.player(), key.fingerprint(), key.publicKey());
    }

    /** Reads a card; one whose fingerprint is not that of its key is refused. */
    public static WrappingCard read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_BYTES) {
                throw wrong(file, "is no card of a wrapping key");
            }
            var card = Json.readRequest(Files.readAllBytes(file), WrappingCard.class);
            if (!FORMAT.equals(card.format()) || card.publicKey() == null || card.fingerprint() == null) {
                throw wrong(file, "is no card of a wrapping key");
            }
            var hash = ExportHeader.hash(card.publicKey().toArray());
            if (!MessageDigest.isEqual(hash, card.fingerprint().toArray())) {
                throw wrong(file, "has a fingerprint that is not that of its key");
            }
            return card;
        } catch (MalformedJson e) {
            throw wrong(file, "is no card of a wrapping key: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandFailed wrong(Path file, String what) {
        return new CommandFailed(ProblemCode.CONFIGURATION, file + " " + what);
    }

    void write(Path file) throws IOException {
        OwnerFiles.replace(file, new String(Json.write(this), StandardCharsets.UTF_8) + "\n");
    }
}
