package quorate.cli.outside;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import quorate.algebra.Group;
import quorate.algebra.Groups;

/** Reads private keys of other software. What it is given is wiped by whoever gives it. */
public final class PrivateKeyFile {
    private static final int SCALAR_BYTES = 32;
    private static final int MAINNET = 0x80;
    private static final int TESTNET = 0xef;
    private static final int COMPRESSED = 1;

    private PrivateKeyFile() {}

    /**
     * The key of a file.
     *
     * @param rawGroup the curve of a {@link PrivateKeyFormat#RAW} key
     * @param password of a keystore, asked for only then; wiped here
     */
    public static FoundKey read(PrivateKeyFormat format, byte[] content, Group rawGroup, Supplier<byte[]> password)
            throws UnreadableKey {
        return switch (format) {
            case RAW -> raw(content, rawGroup);
            case PEM -> PemKey.read(content);
            case WIF -> wif(content);
            case KEYSTORE -> keystore(content, password.get());
            case ED25519_SEED -> Ed25519Seed.expand(bytes32(content));
        };
    }

    private static FoundKey raw(byte[] content, Group group) throws UnreadableKey {
        var scalar = bytes32(content);
        if (group.equals(Groups.ED25519)) {
            for (int i = 0; i < SCALAR_BYTES / 2; i++) {
                byte swapped = scalar[i];
                scalar[i] = scalar[SCALAR_BYTES - 1 - i];
                scalar[SCALAR_BYTES - 1 - i] = swapped;
            }
        }
        return new FoundKey(group, scalar, false);
    }

    /** 32 bytes as they are, or as hexadecimal with a line end, with 0x or not. */
    private static byte[] bytes32(byte[] content) throws UnreadableKey {
        if (content.length == SCALAR_BYTES) {
            return content.clone();
        }
        int end = content.length;
        while (end > 0 && Character.isWhitespace(content[end - 1])) {
            end--;
        }
        int start = end >= 2 && content[0] == '0' && (content[1] == 'x' || content[1] == 'X') ? 2 : 0;
        if (end - start != 2 * SCALAR_BYTES) {
            throw new UnreadableKey("it is neither 32 bytes nor 64 hexadecimal digits");
        }
        var bytes = new byte[SCALAR_BYTES];
        for (int i = 0; i < SCALAR_BYTES; i++) {
            int high = content[start + 2 * i];
            int low = content[start + 2 * i + 1];
            if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
                Arrays.fill(bytes, (byte) 0);
                throw new UnreadableKey("it is neither 32 bytes nor 64 hexadecimal digits");
            }
            bytes[i] = (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
        }
        return bytes;
    }

    /** 0x80 or 0xef, the key, and 0x01 if its public key is compressed: here that makes no difference. */
    private static FoundKey wif(byte[] content) throws UnreadableKey {
        int end = content.length;
        while (end > 0 && Character.isWhitespace(content[end - 1])) {
            end--;
        }
        var text = Arrays.copyOf(content, end);
        var decoded = new byte[0];
        try {
            decoded = Base58Check.decode(text);
            boolean network = decoded.length > 0 && ((decoded[0] & 0xff) == MAINNET || (decoded[0] & 0xff) == TESTNET);
            boolean length = decoded.length == SCALAR_BYTES + 1
                    || (decoded.length == SCALAR_BYTES + 2 && decoded[SCALAR_BYTES + 1] == COMPRESSED);
            if (!network || !length) {
                throw new UnreadableKey("it is not a private key in wallet import format");
            }
            return new FoundKey(Groups.SECP256K1, Arrays.copyOfRange(decoded, 1, SCALAR_BYTES + 1), false);
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(decoded, (byte) 0);
        }
    }

    private static FoundKey keystore(byte[] content, byte[] password) throws UnreadableKey {
        try {
            var scalar = Keystore.open(content, password);
            if (scalar.length != SCALAR_BYTES) {
                Arrays.fill(scalar, (byte) 0);
                throw new UnreadableKey("its private key has another length than 32 bytes");
            }
            return new FoundKey(Groups.SECP256K1, scalar, false);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }
}
