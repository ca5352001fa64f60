package quorate.recovery;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import quorate.algebra.Encoding;
import quorate.rsa.Fingerprint;
import quorate.rsa.RsaRecipient;

/**
 * Recovery data in one file, version 1 (docs/formats/recovery.md): a table of its proofs with a digest of each, a
 * digest of the
 * table, the proofs. The digests tell damage from lies and say where it is; what the file is worth is said by its
 * proofs.
 *
 * <p>An instance holds what {@link Batch#combine} takes: one RSA key, one label and one time in all batches, no key
 * twice.
 */
public final class RecoveryFile {
    /** No file is longer. */
    public static final int LARGEST_BYTES = 64 << 20;

    public static final int MAX_BATCHES = 64;
    static final int VERSION = 1;
    private static final byte[] MAGIC = "QRTRECOV".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = Fingerprint.BYTES;
    private static final int PREFIX_BYTES = MAGIC.length + Short.BYTES + Integer.BYTES;
    private static final String HEADER = "header";

    private final List<Batch> batches;

    private RecoveryFile(List<Batch> batches) {
        this.batches = batches;
    }

    /**
     * A file of these batches.
     *
     * @throws RecoveryRefused PVE-4, if the batches are not of one creation
     */
    public static RecoveryFile of(List<Batch> batches) throws RecoveryRefused {
        if (batches.isEmpty() || batches.size() > MAX_BATCHES) {
            throw RecoveryRefused.by(
                    ProofCheck.PVE_4, HEADER, batches.size() + " batches, 1 to " + MAX_BATCHES + " are allowed");
        }
        var first = batches.getFirst();
        var ids = new ArrayList<String>();
        for (int number = 1; number <= batches.size(); number++) {
            var batch = batches.get(number - 1);
            if (!batch.recipient().fingerprint().equals(first.recipient().fingerprint())
                    || !batch.label().purpose().equals(first.label().purpose())
                    || !batch.label().text().equals(first.label().text())) {
                throw RecoveryRefused.by(
                        ProofCheck.PVE_4, "batch " + number, "it has another RSA key, time or label than batch 1");
            }
            for (var key : batch.keys()) {
                if (ids.contains(key.keyId())) {
                    throw RecoveryRefused.by(ProofCheck.PVE_4, "key " + key.keyId(), "it is there twice");
                }
                ids.add(key.keyId());
            }
        }
        first.label().time();
        return new RecoveryFile(List.copyOf(batches));
    }

    /**
     * Reads a whole file; whether its proofs are true is for {@link #verify} to say.
     *
     * @throws RecoveryRefused naming the part that is damaged, malformed or not of one piece with the others
     */
    public static RecoveryFile read(byte[] file) throws RecoveryRefused {
        requireWhole(file);
        var in = ByteBuffer.wrap(file);
        try {
            int version = Short.toUnsignedInt(in.position(MAGIC.length).getShort());
            if (version != VERSION) {
                throw RecoveryRefused.because(
                        HEADER, "version " + version + " of the format, this software reads " + VERSION);
            }
            in.position(PREFIX_BYTES);
            var table = table(in);
            var digest = bytes(in, DIGEST_BYTES);
            int header = in.position() - DIGEST_BYTES;
            if (!MessageDigest.isEqual(digest, sha256(Arrays.copyOf(file, header)))) {
                throw RecoveryRefused.because(HEADER, "it is damaged: its digest is another");
            }
            var batches = new ArrayList<Batch>();
            for (int number = 1; number <= table.size(); number++) {
                batches.add(batch(table.get(number - 1), in, "batch " + number));
            }
            if (in.hasRemaining()) {
                throw RecoveryRefused.because("end", in.remaining() + " bytes behind the last part");
            }
            return of(batches);
        } catch (BufferUnderflowException e) {
            throw RecoveryRefused.because(HEADER, "it promises more than there is");
        }
    }

    private static void requireWhole(byte[] file) throws RecoveryRefused {
        if (file.length < PREFIX_BYTES || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw RecoveryRefused.because("magic", "this is no recovery file");
        }
        long promised = Encoding.os2ip(file, PREFIX_BYTES - Integer.BYTES, Integer.BYTES);
        if (promised != file.length || file.length > LARGEST_BYTES) {
            throw RecoveryRefused.because(
                    "length", file.length + " bytes of " + promised + ", at most " + LARGEST_BYTES);
        }
    }

    private record Place(int index, int length, byte[] digest) {}

    private static List<List<Place>> table(ByteBuffer in) throws RecoveryRefused {
        int count = Short.toUnsignedInt(in.getShort());
        if (count < 1 || count > MAX_BATCHES) {
            throw RecoveryRefused.because(HEADER, count + " batches, 1 to " + MAX_BATCHES + " are allowed");
        }
        var table = new ArrayList<List<Place>>();
        for (int number = 1; number <= count; number++) {
            int parts = Short.toUnsignedInt(in.getShort());
            if (parts < 1 || parts > KeyRecord.MAX_PLAYERS) {
                throw RecoveryRefused.because(HEADER, parts + " parts in batch " + number);
            }
            var places = new ArrayList<Place>();
            int last = 0;
            for (int part = 0; part < parts; part++) {
                int index = Short.toUnsignedInt(in.getShort());
                int length = in.getInt();
                if (index <= last || length < 1 || length > Proof.LARGEST_BYTES) {
                    throw RecoveryRefused.because(
                            HEADER, "part " + index + " of batch " + number + " is out of order or size");
                }
                last = index;
                places.add(new Place(index, length, bytes(in, DIGEST_BYTES)));
            }
            table.add(places);
        }
        return table;
    }

    private static Batch batch(List<Place> places, ByteBuffer in, String name) throws RecoveryRefused {
        var proofs = new ArrayList<Proof>();
        for (var place : places) {
            var part = name + ", part " + place.index();
            var bytes = bytes(in, place.length());
            if (!MessageDigest.isEqual(place.digest(), sha256(bytes))) {
                throw RecoveryRefused.because(part, "it is damaged: its digest is another");
            }
            try {
                var proof = Proof.decode(bytes);
                if (proof.label().index() != place.index()) {
                    throw RecoveryRefused.because(part, "it is of party " + proof.label().index());
                }
                proofs.add(proof);
            } catch (RecoveryRefused e) {
                throw e.part().startsWith(name) ? e : e.of(part);
            }
        }
        try {
            return Batch.combine(proofs);
        } catch (RecoveryRefused e) {
            throw e.of(name);
        }
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** As {@link #read} reads it. */
    public byte[] encode() {
        var table = new ArrayList<byte[]>();
        var proofs = new ArrayList<byte[]>();
        table.add(Encoding.i2osp(batches.size(), Short.BYTES));
        for (var batch : batches) {
            table.add(Encoding.i2osp(batch.proofs().size(), Short.BYTES));
            batch.proofs().forEach((index, proof) -> {
                var bytes = proof.encode();
                table.add(Encoding.i2osp(index, Short.BYTES));
                table.add(Encoding.i2osp(bytes.length, Integer.BYTES));
                table.add(sha256(bytes));
                proofs.add(bytes);
            });
        }
        var places = Encoding.concat(table.toArray(byte[][]::new));
        var parts = Encoding.concat(proofs.toArray(byte[][]::new));
        int length = PREFIX_BYTES + places.length + DIGEST_BYTES + parts.length;
        if (length > LARGEST_BYTES) {
            throw new IllegalArgumentException("a recovery file of " + length + " bytes: take fewer keys at once");
        }
        var header = Encoding.concat(
                MAGIC, Encoding.i2osp(VERSION, Short.BYTES), Encoding.i2osp(length, Integer.BYTES), places);
        return Encoding.concat(header, sha256(header), parts);
    }

    private static byte[] sha256(byte[] bytes) {
        return Fingerprint.of(bytes).bytes();
    }

    /** Checks every proof with public data only (PVE-2, PVE-3). */
    public void verify() throws RecoveryRefused {
        for (int number = 1; number <= batches.size(); number++) {
            try {
                batches.get(number - 1).verify();
            } catch (RecoveryRefused e) {
                throw e.of("batch " + number);
            }
        }
    }

    /**
     * Compares the RSA key with the one that is expected.
     *
     * @throws RecoveryRefused PVE-1, if the file is for another RSA key
     */
    public void requireRecipient(RsaRecipient expected) throws RecoveryRefused {
        if (!recipient().fingerprint().equals(expected.fingerprint())) {
            throw RecoveryRefused.by(
                    ProofCheck.PVE_1,
                    "SPKI",
                    "the file is for RSA key " + recipient().fingerprint() + ", not for " + expected.fingerprint());
        }
    }

    /**
     * Looks for keys that are expected.
     *
     * @throws RecoveryRefused PVE-1, if one of these public keys, as they are shown, is not in the file
     */
    public void requireKeys(List<byte[]> publicKeys) throws RecoveryRefused {
        for (var expected : publicKeys) {
            if (keys().stream().noneMatch(key -> Arrays.equals(key.shownPublicKey(), expected))) {
                throw RecoveryRefused.by(
                        ProofCheck.PVE_1,
                        "keys",
                        "none has the public key " + HexFormat.of().formatHex(expected) + "; the file has "
                                + keys().stream()
                                        .map(key -> key.keyId() + " " + HexFormat.of().formatHex(key.shownPublicKey()))
                                        .toList());
            }
        }
    }

    /**
     * Compares the label with the one that is shown.
     *
     * @throws RecoveryRefused if this is not the label under which the file was made
     */
    public void requireLabel(String shown) throws RecoveryRefused {
        if (!shown.equals(label())) {
            throw RecoveryRefused.because("label", "the file was made under another label");
        }
    }

    public List<Batch> batches() {
        return batches;
    }

    public List<KeyRecord> keys() {
        return batches.stream().flatMap(batch -> batch.keys().stream()).toList();
    }

    public RsaRecipient recipient() {
        return batches.getFirst().recipient();
    }

    /** The label of the user. */
    public String label() {
        return batches.getFirst().label().text();
    }

    /** When the proofs were made. */
    public Instant time() throws RecoveryRefused {
        return batches.getFirst().label().time();
    }

    @Override
    public String toString() {
        return "RecoveryFile[" + keys() + "]";
    }
}
