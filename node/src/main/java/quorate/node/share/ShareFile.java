package quorate.node.share;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import quorate.algebra.Encoding;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.api.Json;
import quorate.api.MalformedJson;
import quorate.api.ProblemCode;
import quorate.node.identity.Bytes32;
import quorate.node.key.LoadedKey;
import quorate.node.key.UnsoundKeyRecord;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;
import quorate.rsa.Fingerprint;
import quorate.rsa.RsaWrap;
import quorate.store.SecretUse;

/**
 * The file of one share, version 1 (docs/formats/share-backup.md): {@code "QRTSHARE" || I2OSP(version,2) ||
 * I2OSP(|file|,4) || I2OSP(|header|,4) || header || I2OSP(|secret|,4) || secret || digest || signature}.
 *
 * <p>An instance exists only for bytes whose length, digest and signature are right, whose header is sound (the public
 * half of DKG-7), and whose secret has the form that the header says. It may hold a share in clear: closing wipes it.
 */
public final class ShareFile implements AutoCloseable {
    /** No file is longer: 32 players, and the longest RSA key. */
    public static final int LARGEST_BYTES = 64 << 10;

    static final int VERSION = 1;
    static final int DIGEST_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;
    private static final byte[] MAGIC = "QRTSHARE".getBytes(StandardCharsets.US_ASCII);
    private static final int PREFIX_BYTES = MAGIC.length + Short.BYTES + Integer.BYTES;
    private static final int TRAILER_BYTES = DIGEST_BYTES + SIGNATURE_BYTES;

    private final ShareHeader header;
    private final LoadedKey key;
    private final byte[] associated;
    private final byte[] secret;

    private ShareFile(ShareHeader header, LoadedKey key, byte[] associated, byte[] secret) {
        this.header = header;
        this.key = key;
        this.associated = associated;
        this.secret = secret;
    }

    /** Makes the secret part, for the associated data that it is given. */
    @FunctionalInterface
    interface Sealing {
        byte[] seal(byte[] associated);
    }

    /** A whole file. The caller wipes it: its secret may be in clear. */
    static byte[] write(ShareHeader header, int secretBytes, Sealing sealing, StatementSigner signer) {
        var json = Json.write(header);
        int length = PREFIX_BYTES + Integer.BYTES + json.length + Integer.BYTES + secretBytes + TRAILER_BYTES;
        var associated = Encoding.concat(
                MAGIC,
                Encoding.i2osp(VERSION, Short.BYTES),
                Encoding.i2osp(length, Integer.BYTES),
                Encoding.i2osp(json.length, Integer.BYTES),
                json);
        var secret = sealing.seal(associated);
        var file = ByteBuffer.allocate(length).put(associated).putInt(secret.length).put(secret);
        Arrays.fill(secret, (byte) 0);
        var digest = digest(file.array(), length - TRAILER_BYTES);
        return file.put(digest).put(signer.sign(digest)).array();
    }

    /**
     * Reads and checks a whole file; whether the share in it fits is for {@link #open} to say.
     *
     * @throws ShareRefused BACKUP_FORMAT, BACKUP_TRUNCATED, BACKUP_DIGEST, BACKUP_VERSION, BACKUP_SIGNATURE or
     *     BACKUP_SHARE
     */
    public static ShareFile read(byte[] file, StatementVerifier verifier) throws ShareRefused {
        requireWhole(file);
        var digest = Arrays.copyOfRange(file, file.length - TRAILER_BYTES, file.length - SIGNATURE_BYTES);
        if (!MessageDigest.isEqual(digest, digest(file, file.length - TRAILER_BYTES))) {
            throw new ShareRefused(ProblemCode.BACKUP_DIGEST, "is damaged: its digest is not that of its content");
        }
        var in = ByteBuffer.wrap(file, 0, file.length - TRAILER_BYTES);
        int version = Short.toUnsignedInt(in.position(MAGIC.length).getShort());
        if (version != VERSION) {
            throw new ShareRefused(
                    ProblemCode.BACKUP_VERSION,
                    "has version " + version + " of the format, this software reads " + VERSION);
        }
        in.position(PREFIX_BYTES);
        var json = block(in);
        var associated = Arrays.copyOf(file, in.position());
        var secret = block(in);
        if (in.hasRemaining()) {
            throw malformed("has " + in.remaining() + " bytes behind its secret");
        }
        var header = header(json);
        requireSignature(header, digest, Arrays.copyOfRange(file, file.length - SIGNATURE_BYTES, file.length), verifier);
        return new ShareFile(header, sound(header), associated, secret);
    }

    private static void requireWhole(byte[] file) throws ShareRefused {
        if (!Arrays.equals(file, 0, Math.min(file.length, MAGIC.length), MAGIC, 0, Math.min(file.length, MAGIC.length))
                || file.length == 0
                || file.length > LARGEST_BYTES) {
            throw malformed("is not a share backup of a Quorate node");
        }
        long expected = file.length < PREFIX_BYTES
                ? PREFIX_BYTES
                : Encoding.os2ip(file, PREFIX_BYTES - Integer.BYTES, Integer.BYTES);
        if (file.length < expected || file.length < PREFIX_BYTES + TRAILER_BYTES) {
            throw new ShareRefused(
                    ProblemCode.BACKUP_TRUNCATED, "has " + file.length + " of " + expected + " bytes: it was cut off");
        }
        if (file.length > expected) {
            throw new ShareRefused(
                    ProblemCode.BACKUP_DIGEST, "is damaged: it has " + (file.length - expected) + " bytes too many");
        }
    }

    private static byte[] block(ByteBuffer in) throws ShareRefused {
        int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw malformed("has parts that are longer than the file");
        }
        var block = new byte[length];
        in.get(block);
        return block;
    }

    private static ShareHeader header(byte[] json) throws ShareRefused {
        try {
            return Json.readRequest(json, ShareHeader.class);
        } catch (MalformedJson e) {
            throw malformed("has a header that cannot be read: " + e.detail());
        }
    }

    private static void requireSignature(
            ShareHeader header, byte[] digest, byte[] signature, StatementVerifier verifier) throws ShareRefused {
        var key = header.statementKey();
        if (key.isEmpty() || !verifier.verify(key.get().toArray(), digest, signature)) {
            throw new ShareRefused(
                    ProblemCode.BACKUP_SIGNATURE, "has a wrong signature of player " + header.player());
        }
    }

    private static LoadedKey sound(ShareHeader header) throws ShareRefused {
        try {
            return header.key();
        } catch (UnsoundKeyRecord e) {
            throw new ShareRefused(ProblemCode.BACKUP_SHARE, UnsoundKeyRecord.CHECK + ": " + e.getMessage());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ShareRefused(
                    ProblemCode.BACKUP_SHARE, "holds no sharing of key " + header.keyId() + ": " + e.getMessage());
        }
    }

    public ShareHeader header() {
        return header;
    }

    /** The key as the header describes it. */
    public LoadedKey key() {
        return key;
    }

    /** The wrapped key, which the holder of the RSA key opens. */
    public byte[] kem() throws ShareRefused {
        return RsaWrap.kem(secret).orElseThrow(() -> malformed("has a secret that is not sealed for an RSA key"));
    }

    /**
     * Opens the share, checks the secret half of DKG-7, x·G == X, hands it on for one use and wipes it.
     *
     * @param openingKey what the password became, or the opened {@link #kem}; empty for a plain file
     * @throws ShareRefused BACKUP_LOCKED if that does not open it, BACKUP_SHARE if the share does not fit
     */
    public <T, E extends Exception> T open(byte[] openingKey, SecretUse<T, E> use) throws ShareRefused, E {
        var share = opened(openingKey);
        try (var scope = new Secrets()) {
            key.share(share, scope);
            return use.with(share);
        } catch (UnsoundKeyRecord e) {
            throw new ShareRefused(
                    ProblemCode.BACKUP_SHARE, "holds a share that is not on its public commitment: " + e.getMessage());
        } finally {
            Arrays.fill(share, (byte) 0);
        }
    }

    private byte[] opened(byte[] openingKey) throws ShareRefused {
        var protection = header.protection();
        return switch (protection.kind()) {
            case PLAIN -> {
                if (openingKey.length > 0) {
                    throw new ShareRefused(ProblemCode.BACKUP_LOCKED, "is plain: it needs neither password nor key");
                }
                yield secret.clone();
            }
            case PASSWORD ->
                ShareCipher.open(openingKey, associated, secret)
                        .orElseThrow(() -> new ShareRefused(
                                ProblemCode.BACKUP_LOCKED, "is not opened by this password"));
            case RSA ->
                RsaWrap.open(secret, openingKey, recipient(protection), associated)
                        .orElseThrow(() -> new ShareRefused(
                                ProblemCode.BACKUP_LOCKED,
                                "is not opened by this key: it is sealed for " + protection.recipient()));
        };
    }

    private static Fingerprint recipient(Protection protection) {
        var recipient = protection.recipient();
        if (recipient == null) {
            throw new IllegalStateException("an RSA protection names its recipient");
        }
        return new Fingerprint(recipient.hex());
    }

    /** TH("share/backup", everything before). */
    private static byte[] digest(byte[] file, int length) {
        var transcript = Transcript.of("share/backup").add(Arrays.copyOf(file, length));
        var digest = transcript.hash();
        transcript.erase();
        return digest;
    }

    private static ShareRefused malformed(String reason) {
        return new ShareRefused(ProblemCode.BACKUP_FORMAT, reason);
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "ShareFile[key " + header.keyId() + ", player " + header.player() + ", epoch " + header.epoch() + "]";
    }
}
