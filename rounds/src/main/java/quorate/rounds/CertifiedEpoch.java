package quorate.rounds;

import java.util.OptionalLong;

/** What a {@code top} of AGREE proves (protocols.md 5.1): a claim without a certificate counts for nothing. */
@FunctionalInterface
public interface CertifiedEpoch {
    /** The newEpoch of the certificate. Total: empty if these bytes are no valid certificate for the key. */
    OptionalLong of(byte[] top);

    /** For operations that make no sharing of an existing key. */
    static CertifiedEpoch none() {
        return top -> OptionalLong.empty();
    }
}
