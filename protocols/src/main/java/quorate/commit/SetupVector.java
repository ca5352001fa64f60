package quorate.commit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.Encoding;

/** setupVec of protocols.md 5.4: the name of the pair state shared with each partner. Empty without pair state. */
public record SetupVector(SortedMap<Integer, Octets> setups) {
    public static final SetupVector NONE = new SetupVector(new TreeMap<>());
    private static final int PARTNER_BYTES = 2;
    private static final int ENTRY_BYTES = PARTNER_BYTES + Operation.DIGEST_BYTES;

    public SetupVector {
        setups = Collections.unmodifiableSortedMap(new TreeMap<>(setups));
        for (var setup : setups.entrySet()) {
            if (setup.getKey() < 1 || setup.getKey() > Seat.MAX_INDEX) {
                throw new IllegalArgumentException("setup with party " + setup.getKey());
            }
            if (setup.getValue().length() != Operation.DIGEST_BYTES) {
                throw new IllegalArgumentException("setup of " + setup.getValue().length() + " bytes");
            }
        }
    }

    /** setup_{ij} by partner j. */
    public static SetupVector of(Map<Integer, byte[]> setups) {
        var vector = new TreeMap<Integer, Octets>();
        setups.forEach((partner, setup) -> vector.put(partner, Octets.of(setup)));
        return new SetupVector(vector);
    }

    boolean isEmpty() {
        return setups.isEmpty();
    }

    Set<Integer> partners() {
        return setups.keySet();
    }

    byte[] encode() {
        var bytes = new ByteArrayOutputStream(setups.size() * ENTRY_BYTES);
        setups.forEach((partner, setup) -> {
            bytes.writeBytes(Encoding.i2osp(partner, PARTNER_BYTES));
            bytes.writeBytes(setup.bytes());
        });
        return bytes.toByteArray();
    }

    static SetupVector decode(byte[] bytes) {
        if (bytes.length % ENTRY_BYTES != 0 || bytes.length > Seat.MAX_INDEX * ENTRY_BYTES) {
            throw new IllegalArgumentException("setupVec of " + bytes.length + " bytes");
        }
        var setups = new TreeMap<Integer, Octets>();
        for (int at = 0; at < bytes.length; at += ENTRY_BYTES) {
            int partner = (int) Encoding.os2ip(bytes, at, PARTNER_BYTES);
            if (!setups.isEmpty() && setups.lastKey() >= partner) {
                throw new IllegalArgumentException("setupVec not in ascending order at party " + partner);
            }
            setups.put(partner, Octets.of(Arrays.copyOfRange(bytes, at + PARTNER_BYTES, at + ENTRY_BYTES)));
        }
        return new SetupVector(setups);
    }
}
