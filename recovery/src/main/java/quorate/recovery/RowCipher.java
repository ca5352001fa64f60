package quorate.recovery;

import java.util.Arrays;
import java.util.Optional;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.rsa.Envelope;
import quorate.rsa.RsaDecryptor;
import quorate.rsa.RsaEncryption;
import quorate.rsa.RsaRecipient;
import quorate.rsa.RsaWrap;

/**
 * Enc of protocols.md 8.1: "k(32) || seed(32) = XOF("pve/kem", rho, SHA256(SPKI DER); 64); kem = OAEP as 7.1 of the
 * message k, but
 * with OAEP seed = seed; ct as in 7.1 with that k and info prefix "tsm/v1/pve". Output c = kem || ct. A ciphertext is a
 * function of (rsaPk, aad, pt, rho)." Not thread-safe.
 */
final class RowCipher {
    static final int RHO_BYTES = 32;
    private static final String PREFIX = "tsm/v1/pve";
    private static final int SEED_BYTES = 32;

    private final RsaRecipient recipient;
    private final RsaEncryption encryption;
    private final Envelope envelope;

    RowCipher(RsaRecipient recipient) {
        this.recipient = recipient;
        this.encryption = new RsaEncryption(recipient);
        this.envelope = new Envelope(PREFIX, recipient.fingerprint());
    }

    static int bytes(RsaRecipient recipient, int plainBytes) {
        return recipient.kemBytes() + plainBytes + Envelope.OVERHEAD_BYTES;
    }

    /** The ciphertext; {@code plain} and {@code rho} stay the caller's to wipe. */
    byte[] encrypt(byte[] associated, byte[] plain, byte[] rho) {
        var transcript = Transcript.of("pve/kem").add(rho).add(recipient.fingerprint().bytes());
        var both = transcript.expand(RsaWrap.KEY_BYTES + SEED_BYTES);
        var k = Arrays.copyOf(both, RsaWrap.KEY_BYTES);
        var seed = Arrays.copyOfRange(both, RsaWrap.KEY_BYTES, both.length);
        try {
            return Encoding.concat(encryption.encrypt(k, seed), envelope.seal(k, associated, plain));
        } finally {
            transcript.erase();
            Arrays.fill(both, (byte) 0);
            Arrays.fill(k, (byte) 0);
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** What was encrypted, which the caller wipes; empty for anything that is wrong with it. */
    Optional<byte[]> decrypt(byte[] associated, byte[] ciphertext, RsaDecryptor decryptor) {
        int kemBytes = recipient.kemBytes();
        var k = decryptor.unwrap(Arrays.copyOf(ciphertext, kemBytes));
        if (k.isEmpty()) {
            return Optional.empty();
        }
        try {
            return envelope.open(k.get(), associated, Arrays.copyOfRange(ciphertext, kemBytes, ciphertext.length));
        } finally {
            Arrays.fill(k.get(), (byte) 0);
        }
    }
}
