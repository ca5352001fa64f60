package quorate.recovery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;

/**
 * What a proof is about: "label = ENC(0x01, curveId, purpose, user label, key_1, .., key_B)" (protocols.md 8.2). It
 * is hashed into
 * every row, so a proof under one label is none under another.
 *
 * @param purpose what the proof is for; in recovery files {@link #purpose(Instant)}, which says when it was made
 * @param text the label of the user, who must show it again to open
 * @param keys of one curve, one to {@link #MAX_KEYS}
 * @param index of the node that makes the proof, the same in every key
 */
public record Label(String purpose, String text, List<KeyRecord> keys, int index) {
    /** "1 <= B <= 100". */
    public static final int MAX_KEYS = 100;

    public static final int MAX_TEXT_BYTES = 1024;
    private static final int MAX_PURPOSE_BYTES = 64;
    private static final int FIRST_KEY = 4;
    private static final byte[] VERSION = {1};
    private static final String RECOVERY = "recovery ";

    public Label {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException(keys.size() + " keys, 1 to " + MAX_KEYS + " are allowed");
        }
        for (var key : keys) {
            if (!key.group().equals(keys.getFirst().group())) {
                throw new IllegalArgumentException("keys of different curves");
            }
            if (index < 1 || index > key.players()) {
                throw new IllegalArgumentException("no party of key " + key.keyId() + " has index " + index);
            }
        }
        Text.encode("a purpose", purpose, MAX_PURPOSE_BYTES);
        Text.encode("a label", text, MAX_TEXT_BYTES);
    }

    /** That of recovery data made at this time. */
    public static String purpose(Instant time) {
        return RECOVERY + time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** When the data was made, as the nodes said it in their proofs. */
    public Instant time() throws RecoveryRefused {
        try {
            if (purpose.startsWith(RECOVERY)) {
                var time = Instant.parse(purpose.substring(RECOVERY.length()));
                if (purpose(time).equals(purpose)) {
                    return time;
                }
            }
        } catch (DateTimeException e) {
            throw RecoveryRefused.by(ProofCheck.PVE_1, "label", "a purpose without a time: " + purpose);
        }
        throw RecoveryRefused.by(ProofCheck.PVE_1, "label", "not the purpose of recovery data: " + purpose);
    }

    public Group group() {
        return keys.getFirst().group();
    }

    /** Q_b = X_i of key b. */
    public List<Point> images() {
        return keys.stream().map(key -> key.publicShare(index)).toList();
    }

    byte[] encode() {
        var parts = new ArrayList<byte[]>();
        parts.add(VERSION);
        parts.add(Encoding.i2osp(group().curveId(), 1));
        parts.add(Text.encode("a purpose", purpose, MAX_PURPOSE_BYTES));
        parts.add(Text.encode("a label", text, MAX_TEXT_BYTES));
        keys.forEach(key -> parts.add(key.encode(index)));
        return Encoding.enc(parts.toArray(byte[][]::new));
    }

    /** @throws RecoveryRefused PVE-1, saying what is malformed */
    static Label decode(byte[] encoded) throws RecoveryRefused {
        try {
            var parts = Encoding.decode(encoded);
            if (parts.size() <= FIRST_KEY || !Arrays.equals(parts.getFirst(), VERSION) || parts.get(1).length != 1) {
                throw new IllegalArgumentException("not a label of version 1");
            }
            var group = Groups.of(parts.get(1)[0]);
            var keys = new ArrayList<KeyRecord>();
            int index = 0;
            for (var part : parts.subList(FIRST_KEY, parts.size())) {
                var said = KeyRecord.decode(group, part);
                if (index != 0 && said.index() != index) {
                    throw new IllegalArgumentException("different indices");
                }
                index = said.index();
                keys.add(said.key());
            }
            return new Label(
                    Text.decode("a purpose", parts.get(2), MAX_PURPOSE_BYTES),
                    Text.decode("a label", parts.get(3), MAX_TEXT_BYTES),
                    keys,
                    index);
        } catch (DecodingException | IllegalArgumentException e) {
            throw RecoveryRefused.by(ProofCheck.PVE_1, "label", String.valueOf(e.getMessage()));
        }
    }

    /** "all labels equal except the indices i" (PVE-4). */
    boolean isSameButForIndex(Label other) {
        return Arrays.equals(encode(), new Label(other.purpose, other.text, other.keys, index).encode());
    }
}
