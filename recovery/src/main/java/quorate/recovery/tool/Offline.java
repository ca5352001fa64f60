package quorate.recovery.tool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import quorate.algebra.Secrets;
import quorate.recovery.Batch;
import quorate.recovery.KeyRecord;
import quorate.recovery.RecoveryFile;
import quorate.recovery.RecoveryRefused;
import quorate.recovery.key.ChildPath;
import quorate.recovery.key.KeyFormat;
import quorate.recovery.key.RecoveredKey;
import quorate.recovery.key.ScalarSigner;
import quorate.rsa.PemRsaKey;
import quorate.rsa.PrivateFile;
import quorate.rsa.RsaDecryptor;
import quorate.rsa.TokenRsaKey;

/** Reads, opens and signs, for commands: no network, no node, no database. */
public final class Offline {
    private static final int LARGEST_SECRET = 4096;
    private static final int SCALAR_HEX = 64;

    private Offline() {}

    /**
     * Reads a recovery file.
     *
     * @throws IOException if there is no such file, or it is longer than a recovery file may be
     */
    public static RecoveryFile read(Path file) throws IOException, RecoveryRefused {
        if (!Files.isRegularFile(file) || Files.size(file) > RecoveryFile.LARGEST_BYTES) {
            throw new IOException(file + ": there is no such file of at most " + RecoveryFile.LARGEST_BYTES + " bytes");
        }
        return RecoveryFile.read(Files.readAllBytes(file));
    }

    /** A private key in a PEM file. */
    public static RsaDecryptor pem(Path file, SecureRandom random) throws IOException {
        return PemRsaKey.read(file, random);
    }

    /** A private key in a token, whose PIN is the first line of a file. */
    public static RsaDecryptor token(Path configuration, String label, Path pinFile) throws IOException {
        var pin = firstLine(pinFile);
        try {
            return TokenRsaKey.open(configuration, label, pin);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    /**
     * What is asked of a file.
     *
     * @param label under which it was made
     * @param keyId which key; may be left out of a file with one
     * @param password of a keystore; empty for other formats. The caller wipes it
     */
    public record Order(String label, Optional<String> keyId, ChildPath path, KeyFormat format, char[] password) {
        @Override
        public String toString() {
            return "Order[" + keyId + ", " + path + ", " + format + "]";
        }
    }

    /**
     * What was recovered.
     *
     * @param publicKey of the key at the path
     * @param content of the file to write, a secret: whoever asked wipes it
     */
    public record Opened(KeyRecord key, byte[] publicKey, byte[] content) {
        @Override
        public String toString() {
            return "Opened[" + key + ", redacted]";
        }
    }

    /**
     * Recovers one key and writes it as it was ordered.
     *
     * @throws RecoveryRefused if label, RSA key or data are wrong
     * @throws IllegalArgumentException if the file has no such key, or the key no such child or format
     */
    public static Opened open(RecoveryFile file, Order order, RsaDecryptor decryptor, SecureRandom random)
            throws RecoveryRefused {
        file.requireLabel(order.label());
        var key = chosen(file, order.keyId());
        order.format().requireFits(key.group(), key.scheme());
        try (var scope = new Secrets()) {
            for (Batch batch : file.batches()) {
                int number = batch.keys().indexOf(key);
                if (number >= 0) {
                    var recovered = RecoveredKey.of(key, batch.open(number, decryptor, scope), scope)
                            .descendant(order.path());
                    return new Opened(
                            key, recovered.shownPublicKey(), order.format().write(recovered, order.password(), random));
                }
            }
        }
        throw new IllegalStateException("the key is in one of the batches");
    }

    private static KeyRecord chosen(RecoveryFile file, Optional<String> keyId) {
        var keys = file.keys();
        if (keyId.isEmpty() && keys.size() > 1) {
            throw new IllegalArgumentException("the file has " + keys.size() + " keys: name one with --key, "
                    + keys.stream().map(KeyRecord::keyId).toList());
        }
        return keys.stream()
                .filter(key -> keyId.isEmpty() || keyId.get().equals(key.keyId()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the file has no key " + keyId.orElse("")));
    }

    /** Signs with the scalar of a file that {@link KeyFormat#RAW} wrote, for keys on edwards25519. */
    public static ScalarSigner.Signed sign(Path scalarFile, byte[] message, SecureRandom random) throws IOException {
        var text = firstLine(scalarFile);
        var scalar = new byte[SCALAR_HEX / 2];
        try {
            if (text.length != SCALAR_HEX) {
                throw new IOException(scalarFile + ": not " + SCALAR_HEX + " hexadecimal digits");
            }
            for (int i = 0; i < scalar.length; i++) {
                int high = Character.digit(text[2 * i], 16);
                int low = Character.digit(text[2 * i + 1], 16);
                if (high < 0 || low < 0) {
                    throw new IOException(scalarFile + ": not " + SCALAR_HEX + " hexadecimal digits");
                }
                scalar[i] = (byte) (high << 4 | low);
            }
            return ScalarSigner.sign(scalar, message, random);
        } finally {
            Arrays.fill(text, '\0');
            Arrays.fill(scalar, (byte) 0);
        }
    }

    /** The first line of a file that only its owner can read: a PIN, a password. The caller wipes it. */
    public static char[] firstLine(Path file) throws IOException {
        var bytes = PrivateFile.read(file, LARGEST_SECRET);
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        try {
            int end = 0;
            while (end < decoded.length() && decoded.charAt(end) != '\n' && decoded.charAt(end) != '\r') {
                end++;
            }
            var line = new char[end];
            decoded.get(line);
            return line;
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(decoded.array(), '\0');
        }
    }
}
