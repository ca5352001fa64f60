package quorate.key;

import quorate.algebra.PublicPolynomial;
import quorate.algebra.Transcript;

/** shareId of protocols.md 0.4: the name of a sharing. Two nodes have the same epoch only if it is equal. */
public final class ShareId {
    public static final int BYTES = 32;

    private ShareId() {}

    /** TH("share-id", keyId, I2OSP(epoch,8), ser(A_0), .., ser(A_t)). */
    public static byte[] of(byte[] keyId, long epoch, PublicPolynomial commitment) {
        var transcript = Transcript.of("share-id").add(keyId).addU64(epoch);
        commitment.coefficients().forEach(transcript::add);
        return transcript.hash();
    }
}
