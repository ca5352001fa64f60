package quorate.node.presign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import quorate.algebra.Encoding;
import quorate.presign.PresignatureId;

/**
 * How the API names a presignature: presigId, then the first 8 bytes of inc of each party of P, ascending (protocols.md
 * 15.2). So a request reaches the processes that made it, or is refused.
 */
public record PresignatureName(PresignatureId id, List<Long> processes) {
    private static final int MOST_PARTIES = 32;

    public PresignatureName {
        processes = List.copyOf(processes);
        if (processes.isEmpty() || processes.size() > MOST_PARTIES) {
            throw new IllegalArgumentException("a presignature has 1 to " + MOST_PARTIES + " parties");
        }
    }

    /**
     * Reads what {@link #encode} writes.
     *
     * @throws IllegalArgumentException if these bytes name none
     */
    public static PresignatureName decode(byte[] bytes) {
        int rest = bytes.length - PresignatureId.BYTES;
        if (rest < Long.BYTES || rest % Long.BYTES != 0) {
            throw new IllegalArgumentException("a presignature id has 32 bytes, and 8 for each of its players");
        }
        var processes = new ArrayList<Long>();
        for (int at = PresignatureId.BYTES; at < bytes.length; at += Long.BYTES) {
            processes.add(Encoding.os2ip(bytes, at, Long.BYTES));
        }
        return new PresignatureName(PresignatureId.of(Arrays.copyOf(bytes, PresignatureId.BYTES)), processes);
    }

    public byte[] encode() {
        var bytes = Arrays.copyOf(id.bytes(), PresignatureId.BYTES + processes.size() * Long.BYTES);
        int at = PresignatureId.BYTES;
        for (long process : processes) {
            System.arraycopy(Encoding.i2osp(process, Long.BYTES), 0, bytes, at, Long.BYTES);
            at += Long.BYTES;
        }
        return bytes;
    }

    /** What a name carries of a process. */
    static long process(byte[] incarnation) {
        return Encoding.os2ip(incarnation, 0, Long.BYTES);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(encode());
    }
}
