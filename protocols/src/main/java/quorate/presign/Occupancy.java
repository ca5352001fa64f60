package quorate.presign;

import java.util.HashMap;
import java.util.Map;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** PSG-6: how many places are taken by what is FREE and what is in the making. Guarded by the lock of the pool. */
final class Occupancy {
    private final Caps caps;
    private final Map<String, Integer> perKey = new HashMap<>();
    private int total;

    Occupancy(Caps caps) {
        this.caps = caps;
    }

    void take(String keyId, int count) throws Refused {
        int taken = of(keyId);
        if (taken + (long) count > caps.perKey()) {
            throw new Refused(
                    Check.PSG_6,
                    count + " presignatures more than the " + taken + " of key " + keyId + " exceed " + caps.perKey()
                            + " per key");
        }
        if (total + (long) count > caps.perNode()) {
            throw new Refused(
                    Check.PSG_6,
                    count + " presignatures more than the " + total + " of this node exceed " + caps.perNode());
        }
        perKey.put(keyId, taken + count);
        total += count;
    }

    void give(String keyId, int count) {
        total -= count;
        int left = of(keyId) - count;
        if (left == 0) {
            perKey.remove(keyId);
        } else {
            perKey.put(keyId, left);
        }
    }

    private int of(String keyId) {
        return perKey.getOrDefault(keyId, 0);
    }
}
