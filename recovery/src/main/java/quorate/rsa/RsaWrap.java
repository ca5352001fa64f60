package quorate.rsa;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import quorate.algebra.Encoding;

/**
 * RSAWrap of protocols.md 7.1: "kem = RSAES-OAEP-Encrypt(rsaPk, k) with SHA-256, MGF1-SHA-256, empty label; (key 32 ||
 * iv 12) = HKDF-SHA256(salt = empty, ikm = k, info = "tsm/v1/rsawrap" || SHA256(SPKI DER of rsaPk) || SHA256(aad), 44
 * bytes); ct = AES-256-GCM(key, iv, aad, pt)". Key and iv are of one use, since k is.
 *
 * <p>The k of a blob is all that its holder needs to open it, so that a private key never leaves its owner.
 */
public final class RsaWrap {
    /** The length of k. */
    public static final int KEY_BYTES = 32;

    private static final byte VERSION = 1;
    private static final String INFO = "tsm/v1/rsawrap";

    /** Explicitly: what the JDK takes by itself is MGF1 with SHA-1. */
    private static final OAEPParameterSpec OAEP = new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private RsaWrap() {}

    /** How long the blob of a text is. */
    public static int blobBytes(RsaRecipient recipient, int plainBytes) {
        return 1 + Short.BYTES + recipient.kemBytes() + Integer.BYTES + plainBytes + Envelope.OVERHEAD_BYTES;
    }

    /** Seals {@code plain}, which stays the caller's to wipe. */
    public static byte[] wrap(RsaRecipient recipient, byte[] associated, byte[] plain, SecureRandom random) {
        var k = new byte[KEY_BYTES];
        random.nextBytes(k);
        try {
            var kem = oaep(Cipher.ENCRYPT_MODE, recipient.key(), random).doFinal(k);
            var sealed = new Envelope(INFO, recipient.fingerprint()).seal(k, associated, plain);
            return Encoding.concat(
                    new byte[] {VERSION},
                    Encoding.i2osp(kem.length, Short.BYTES),
                    kem,
                    Encoding.i2osp(sealed.length, Integer.BYTES),
                    sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform seals with RSA-OAEP", e);
        } finally {
            Arrays.fill(k, (byte) 0);
        }
    }

    /** The wrapped key of a blob, for whoever holds the private key; empty if this is no blob. */
    public static Optional<byte[]> kem(byte[] blob) {
        return parse(blob).map(Parts::kem);
    }

    /**
     * Opens a blob. The caller wipes what it gets.
     *
     * @param k what the holder of the private key made of {@link #kem}
     * @return empty if blob, key or associated data are not those of one wrap: which of them is not said
     */
    public static Optional<byte[]> open(byte[] blob, byte[] k, Fingerprint recipient, byte[] associated) {
        var parts = parse(blob);
        if (parts.isEmpty() || k.length != KEY_BYTES) {
            return Optional.empty();
        }
        return new Envelope(INFO, recipient).open(k, associated, parts.get().sealed());
    }

    private static Cipher oaep(int mode, Key key, SecureRandom random) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(mode, key, OAEP, random);
        return cipher;
    }

    private record Parts(byte[] kem, byte[] sealed) {}

    private static Optional<Parts> parse(byte[] blob) {
        var in = ByteBuffer.wrap(blob);
        if (in.remaining() < 1 + Short.BYTES || in.get() != VERSION) {
            return Optional.empty();
        }
        int kemBytes = Short.toUnsignedInt(in.getShort());
        if (in.remaining() < kemBytes + Integer.BYTES) {
            return Optional.empty();
        }
        var kem = new byte[kemBytes];
        in.get(kem);
        if (in.getInt() != in.remaining()) {
            return Optional.empty();
        }
        var sealed = new byte[in.remaining()];
        in.get(sealed);
        return Optional.of(new Parts(kem, sealed));
    }
}
