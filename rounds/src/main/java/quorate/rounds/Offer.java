package quorate.rounds;

import java.util.Arrays;
import java.util.HexFormat;
import quorate.algebra.Encoding;

/**
 * A sharing that a party offers in AGREE (protocols.md 0.4, 5.3). Ordered by epoch, which is unsigned.
 *
 * @param shareId 32 bytes
 */
public record Offer(long epoch, byte[] shareId) implements Comparable<Offer> {
    public static final int BYTES = 40;

    private static final int EPOCH_BYTES = 8;
    private static final int SHOWN_BYTES = 4;

    public Offer {
        if (shareId.length != BYTES - EPOCH_BYTES) {
            throw new IllegalArgumentException("a shareId has 32 bytes, not " + shareId.length);
        }
    }

    byte[] encode() {
        return Encoding.concat(Encoding.i2osp(epoch, EPOCH_BYTES), shareId);
    }

    static Offer decode(byte[] bytes, int offset) {
        return new Offer(
                Encoding.os2ip(bytes, offset, EPOCH_BYTES),
                Arrays.copyOfRange(bytes, offset + EPOCH_BYTES, offset + BYTES));
    }

    /** Forks of one epoch are ordered too, so that everybody chooses the same. */
    @Override
    public int compareTo(Offer other) {
        int byEpoch = Long.compareUnsigned(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Arrays.compareUnsigned(shareId, other.shareId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Offer offer && compareTo(offer) == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(shareId);
    }

    @Override
    public String toString() {
        return "epoch " + Long.toUnsignedString(epoch) + " ("
                + HexFormat.of().formatHex(shareId, 0, SHOWN_BYTES) + "…)";
    }
}
