package quorate.algebra;

import java.util.List;

/** The groups that version 1 knows, each made once with its precomputed table. */
public final class Groups {
    public static final Group SECP256K1 = WeierstrassGroup.secp256k1();
    public static final Group P256 = WeierstrassGroup.p256();
    public static final Group ED25519 = EdwardsGroup.ed25519();

    private static final List<Group> ALL = List.of(SECP256K1, P256, ED25519);

    private Groups() {}

    public static List<Group> all() {
        return ALL;
    }

    /**
     * The group with this curveId (protocols.md 0.3).
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Group of(int curveId) {
        for (var group : ALL) {
            if (group.curveId() == curveId) {
                return group;
            }
        }
        throw new IllegalArgumentException("no group has curveId " + curveId);
    }
}
