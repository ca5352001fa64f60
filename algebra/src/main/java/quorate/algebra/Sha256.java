package quorate.algebra;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 whose state can be copied: the JDK's, without its checked exceptions. */
final class Sha256 {
    static final int BYTES = 32;

    private final MessageDigest digest;

    Sha256() {
        this(create());
    }

    private Sha256(MessageDigest digest) {
        this.digest = digest;
    }

    private static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A second hash of the same input so far. Many threads may copy one state that nobody updates. */
    Sha256 copy() {
        try {
            return new Sha256((MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 cannot be copied", e);
        }
    }

    Sha256 update(byte[] input) {
        digest.update(input);
        return this;
    }

    Sha256 update(byte[] input, int offset, int length) {
        digest.update(input, offset, length);
        return this;
    }

    Sha256 update(byte input) {
        digest.update(input);
        return this;
    }

    /** The hash; this object starts again from nothing. */
    byte[] digest() {
        return digest.digest();
    }

    /** The same, into {@code out} from {@code at}: for loops that make no garbage. */
    void digest(byte[] out, int at) {
        try {
            digest.digest(out, at, BYTES);
        } catch (DigestException e) {
            throw new IllegalArgumentException("a hash has " + BYTES + " bytes", e);
        }
    }
}
