package quorate.recovery;

import quorate.algebra.Group;
import quorate.algebra.Groups;

/** What a key signs (protocols.md 0.3). */
public enum KeyScheme {
    ECDSA(1),
    /** Schnorr of RFC 9591; on edwards25519 this is Ed25519. */
    SCHNORR(2),
    BIP340(3);

    private final int code;

    KeyScheme(int code) {
        this.code = code;
    }

    /** The byte in a label. */
    public int code() {
        return code;
    }

    /**
     * The scheme with this code over a group.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static KeyScheme of(long code, Group group) {
        for (var scheme : values()) {
            if (scheme.code == code && scheme.isDefinedOver(group)) {
                return scheme;
            }
        }
        throw new IllegalArgumentException("no scheme has code " + code + " over " + group.name());
    }

    private boolean isDefinedOver(Group group) {
        return switch (this) {
            case ECDSA -> !group.equals(Groups.ED25519);
            case SCHNORR -> true;
            case BIP340 -> group.equals(Groups.SECP256K1);
        };
    }
}
