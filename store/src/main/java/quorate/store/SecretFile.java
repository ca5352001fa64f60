package quorate.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Reads master keys and passwords from owner-only files without ever making a String of them. */
public final class SecretFile {
    private static final int MAX_BYTES = 4096;
    private static final int MIN_PASSWORD_BYTES = 12;
    private static final int HEX_DIGITS = 2 * MasterKey.KEY_BYTES;
    private static final int BASE64_CHARACTERS = 44;

    private SecretFile() {}

    /** Writes a new random master key, in hex, to a file that does not exist yet. */
    public static void createKey(Path file, SecureRandom random) {
        var key = new byte[MasterKey.KEY_BYTES];
        random.nextBytes(key);
        var text = new byte[HEX_DIGITS + 1];
        try (var channel = FilePermissions.create(file)) {
            for (int i = 0; i < key.length; i++) {
                text[2 * i] = (byte) Character.forDigit((key[i] >> 4) & 0xF, 16);
                text[2 * i + 1] = (byte) Character.forDigit(key[i] & 0xF, 16);
            }
            text[HEX_DIGITS] = '\n';
            Disk.write(channel, text);
        } catch (IOException e) {
            throw new StorageFailed("write the master key file " + file, e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(text, (byte) 0);
        }
    }

    static MasterKey readKey(Path file) {
        var text = read(file);
        try {
            return switch (text.length) {
                case HEX_DIGITS -> new MasterKey(fromHex(text));
                case BASE64_CHARACTERS -> new MasterKey(Base64.getDecoder().decode(text));
                default ->
                    throw new BadMasterKeyFile(
                            file,
                            "holds " + text.length + " characters; a master key is 32 bytes as 64 hex digits or "
                                    + "44 characters of Base64");
            };
        } catch (IllegalArgumentException malformed) {
            // The cause may quote what it could not read.
            throw new BadMasterKeyFile(file, "is neither 64 hex digits nor 44 characters of Base64");
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    static MasterKey readPassword(Path file, KeyDerivation.Argon2id derivation) {
        return new MasterKey(passwordKey(file, derivation));
    }

    /**
     * The 32 bytes that Argon2id makes of the password in a file, whatever they are the key of. The caller wipes them.
     *
     * @throws BadMasterKeyFile if there is no password of at least 12 bytes in it
     * @throws UnsafePermissions if others can read the file
     */
    public static byte[] passwordKey(Path file, KeyDerivation.Argon2id derivation) {
        var password = read(file);
        try {
            if (password.length < MIN_PASSWORD_BYTES) {
                throw new BadMasterKeyFile(
                        file, "holds a password of fewer than " + MIN_PASSWORD_BYTES + " bytes; choose a longer one");
            }
            return argon2id(password, derivation);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private static byte[] argon2id(byte[] password, KeyDerivation.Argon2id derivation) {
        var parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(derivation.salt().toArray())
                .withMemoryAsKB(derivation.memoryKib())
                .withIterations(derivation.passes())
                .withParallelism(derivation.lanes())
                .build();
        var generator = new Argon2BytesGenerator();
        generator.init(parameters);
        var key = new byte[MasterKey.KEY_BYTES];
        generator.generateBytes(password, key);
        return key;
    }

    private static byte[] fromHex(byte[] text) {
        var digits = new char[text.length];
        try {
            for (int i = 0; i < text.length; i++) {
                digits[i] = (char) (text[i] & 0xFF);
            }
            return HexFormat.of().parseHex(digits, 0, digits.length);
        } finally {
            Arrays.fill(digits, '\0');
        }
    }

    /** The content without one line end. */
    private static byte[] read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new BadMasterKeyFile(file, "does not exist or is not a file");
        }
        FilePermissions.requireOwnerOnly(file);
        var all = new byte[0];
        try (var in = Files.newInputStream(file)) {
            all = in.readNBytes(MAX_BYTES + 1);
            if (all.length > MAX_BYTES) {
                throw new BadMasterKeyFile(file, "is longer than " + MAX_BYTES + " bytes");
            }
            return Arrays.copyOf(all, lengthWithoutLineEnd(all));
        } catch (IOException e) {
            throw new StorageFailed("read " + file, e);
        } finally {
            Arrays.fill(all, (byte) 0);
        }
    }

    private static int lengthWithoutLineEnd(byte[] text) {
        var length = text.length;
        if (length > 0 && text[length - 1] == '\n') {
            length--;
            if (length > 0 && text[length - 1] == '\r') {
                length--;
            }
        }
        return length;
    }
}
