package quorate.key;

import quorate.algebra.Group;
import quorate.algebra.Groups;

/** What a key signs (protocols.md 0.3). */
public enum Scheme {
    ECDSA(1),
    /** Schnorr of RFC 9591; on edwards25519 this is Ed25519. */
    SCHNORR(2),
    BIP340(3);

    private final int code;

    Scheme(int code) {
        this.code = code;
    }

    /** The byte on the wire. */
    public int code() {
        return code;
    }

    /**
     * The scheme with this code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Scheme of(int code) {
        for (var scheme : values()) {
            if (scheme.code == code) {
                return scheme;
            }
        }
        throw new IllegalArgumentException("no scheme has code " + code);
    }

    /** Whether keys of this scheme exist on {@code group}. */
    public boolean isDefinedOver(Group group) {
        return switch (this) {
            case ECDSA -> !group.equals(Groups.ED25519);
            case SCHNORR -> true;
            case BIP340 -> group.equals(Groups.SECP256K1);
        };
    }
}
