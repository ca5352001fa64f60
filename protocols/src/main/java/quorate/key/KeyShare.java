package quorate.key;

import quorate.algebra.SecretScalar;

/**
 * One party's share of a key, x_i with x_i·G = X_i (protocols.md 1.2). Lives as long as the scope of its
 * secret. Once made it is sound: DKG-7 was checked, and must be checked again wherever a share is loaded.
 */
public final class KeyShare {
    private final Sharing sharing;
    private final int index;
    private final SecretScalar secret;

    /**
     * Checks the secret half of DKG-7.
     *
     * @param index of this party
     * @throws UnsoundKey if the secret is 0 or does not belong to X_index
     * @throws IllegalArgumentException if there is no such party
     */
    public KeyShare(Sharing sharing, int index, SecretScalar secret) throws UnsoundKey {
        var publicShare = sharing.publicShare(index);
        if (secret.isZero()) {
            throw new UnsoundKey("x_" + index + " is 0");
        }
        if (!sharing.group().multiplyBase(secret).equals(publicShare)) {
            throw new UnsoundKey("x_" + index + "·G is not X_" + index);
        }
        this.sharing = sharing;
        this.index = index;
        this.secret = secret;
    }

    public Sharing sharing() {
        return sharing;
    }

    /** Of this party: the x-coordinate of its share. */
    public int index() {
        return index;
    }

    /** x_i. */
    public SecretScalar secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "KeyShare[party " + index + ", redacted]";
    }
}
