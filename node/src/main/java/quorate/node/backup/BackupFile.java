package quorate.node.backup;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.util.HexFormat;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.api.ProblemCode;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;

/**
 * The file of one node's backup, version 1: {@code "QRTBKUP1" || I2OSP(|manifest|,4) || manifest ||
 * signature || content}. The content is a snapshot of the database, whose shares stay sealed under the node's
 * master key; the manifest holds its length and digest; the statement key of the node signs
 * TH("backup/manifest", manifest).
 *
 * <p>An instance exists only for a file that was read to its end and whose length, digest and signature
 * are right.
 */
record BackupFile(Path path, BackupManifest manifest, long contentOffset) {
    private static final byte[] MAGIC = "QRTBKUP1".getBytes(StandardCharsets.US_ASCII);
    private static final int SIGNATURE_BYTES = 64;
    private static final int MANIFEST_BYTES_MAX = 16 << 20;
    private static final int CHUNK_BYTES = 1 << 16;
    /** What a file is called while it may still be incomplete. */
    static final String INCOMPLETE = ".incomplete";

    /** Writes a whole file to {@code out}, which the caller syncs. */
    static void write(OutputStream out, BackupManifest manifest, StatementSigner signer, InputStream content)
            throws IOException {
        var json = manifest.toJson();
        out.write(MAGIC);
        out.write(Encoding.i2osp(json.length, Integer.BYTES));
        out.write(json);
        out.write(signer.sign(digest(json)));
        content.transferTo(out);
        out.flush();
    }

    /** Reads and checks a whole file. */
    static BackupFile read(Path path, StatementVerifier verifier) throws BackupRefused, IOException {
        if (path.getFileName().toString().endsWith(INCOMPLETE)) {
            throw new BackupRefused(
                    ProblemCode.BACKUP_INCOMPLETE, path, "was never completed, so it was never a backup");
        }
        try (var in = new DataInputStream(Files.newInputStream(path))) {
            if (!MessageDigest.isEqual(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new BackupRefused(ProblemCode.BACKUP_FORMAT, path, "is not a backup file of a Quorate node");
            }
            int manifestBytes = in.readInt();
            if (manifestBytes <= 0 || manifestBytes > MANIFEST_BYTES_MAX) {
                throw new BackupRefused(
                        ProblemCode.BACKUP_FORMAT, path, "names " + manifestBytes + " bytes of manifest");
            }
            var json = new byte[manifestBytes];
            in.readFully(json);
            var signature = new byte[SIGNATURE_BYTES];
            in.readFully(signature);
            var manifest = parse(path, json);
            long offset = MAGIC.length + Integer.BYTES + (long) manifestBytes + SIGNATURE_BYTES;
            requireSize(path, manifest, offset);
            requireSignature(path, manifest, json, signature, verifier);
            requireDigest(path, manifest, in);
            return new BackupFile(path, manifest, offset);
        } catch (EOFException e) {
            throw new BackupRefused(ProblemCode.BACKUP_TRUNCATED, path, "ends inside its manifest");
        }
    }

    /** Copies the content, the database snapshot, to {@code out}; the file may have changed since it was checked. */
    void copyContent(OutputStream out) throws BackupRefused, IOException {
        try (var in = new DigestInputStream(Files.newInputStream(path), sha256())) {
            in.on(false);
            in.skipNBytes(contentOffset);
            in.on(true);
            in.transferTo(out);
            requireDigest(path, manifest, in.getMessageDigest());
        } catch (EOFException e) {
            throw new BackupRefused(ProblemCode.BACKUP_TRUNCATED, path, "was cut off while it was read");
        }
    }

    private static BackupManifest parse(Path path, byte[] json) throws BackupRefused {
        try {
            int format = BackupManifest.formatOf(json);
            if (format != BackupManifest.FORMAT) {
                throw new BackupRefused(
                        ProblemCode.BACKUP_SCHEMA,
                        path,
                        "has format " + format + ", this software reads " + BackupManifest.FORMAT);
            }
            var manifest = BackupManifest.ofJson(json);
            manifest.requireForm();
            return manifest;
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new BackupRefused(
                    ProblemCode.BACKUP_FORMAT, path, "has a manifest that cannot be read: " + firstLine(e));
        }
    }

    private static void requireSize(Path path, BackupManifest manifest, long offset) throws BackupRefused, IOException {
        long expected = offset + manifest.contentBytes();
        long actual = Files.size(path);
        if (actual < expected) {
            throw new BackupRefused(
                    ProblemCode.BACKUP_TRUNCATED, path, "has " + actual + " of " + expected + " bytes: it was cut off");
        }
        if (actual > expected) {
            throw new BackupRefused(
                    ProblemCode.BACKUP_DIGEST, path, "has " + (actual - expected) + " bytes behind its content");
        }
    }

    private static void requireSignature(
            Path path, BackupManifest manifest, byte[] json, byte[] signature, StatementVerifier verifier)
            throws BackupRefused {
        var signer = manifest.member(manifest.player());
        if (signer.isEmpty()
                || !verifier.verify(HexFormat.of().parseHex(signer.get().statementKey()), digest(json), signature)) {
            throw new BackupRefused(
                    ProblemCode.BACKUP_SIGNATURE, path, "the signature of player " + manifest.player() + " is wrong");
        }
    }

    private static void requireDigest(Path path, BackupManifest manifest, InputStream content)
            throws BackupRefused, IOException {
        var sha256 = sha256();
        var chunk = new byte[CHUNK_BYTES];
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
            sha256.update(chunk, 0, read);
        }
        requireDigest(path, manifest, sha256);
    }

    private static void requireDigest(Path path, BackupManifest manifest, MessageDigest content) throws BackupRefused {
        var digest = HexFormat.of().formatHex(content.digest());
        if (!digest.equals(manifest.contentSha256())) {
            throw new BackupRefused(
                    ProblemCode.BACKUP_DIGEST,
                    path,
                    "the digest of the content is " + digest + ", the manifest says " + manifest.contentSha256());
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] digest(byte[] manifestJson) {
        return Transcript.of("backup/manifest").add(manifestJson).hash();
    }

    private static String firstLine(Exception e) {
        var message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
