package quorate.recovery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import quorate.rsa.Fingerprint;
import quorate.rsa.Oaep;
import quorate.rsa.RsaDecryptor;
import quorate.rsa.RsaEncryption;
import quorate.rsa.RsaRecipient;
import quorate.rsa.RsaWrap;

/**
 * "Before the first recovery file for a key the tool offers a rehearsal: one OAEP challenge answered by the key holder"
 * (protocols.md 8.2). Shows that the RSA private key exists, can be used and is the right one, before anything
 * depends on it.
 *
 * @param challenge an OAEP ciphertext of random bytes
 * @param answerDigest SHA-256 of them
 */
public record Rehearsal(Fingerprint recipient, byte[] challenge, Fingerprint answerDigest) {
    private static final String HEADER = "quorate recovery rehearsal 1";
    private static final int LINES = 4;

    /** A new challenge. Nobody keeps its answer. */
    public static Rehearsal make(RsaRecipient recipient, SecureRandom random) {
        var answer = new byte[RsaWrap.KEY_BYTES];
        var seed = new byte[Oaep.SEED_BYTES];
        random.nextBytes(answer);
        random.nextBytes(seed);
        try {
            var challenge = new RsaEncryption(recipient).encrypt(answer, seed);
            return new Rehearsal(recipient.fingerprint(), challenge, Fingerprint.of(answer));
        } finally {
            Arrays.fill(answer, (byte) 0);
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** As text of four lines. */
    public byte[] encode() {
        var hex = HexFormat.of();
        return String.join(
                        "\n", HEADER, recipient.hex(), hex.formatHex(challenge), answerDigest.hex(), "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads what {@link #encode} writes.
     *
     * @throws RecoveryRefused if it is not such a text
     */
    public static Rehearsal decode(byte[] text) throws RecoveryRefused {
        var lines = new String(text, StandardCharsets.US_ASCII).lines().toList();
        try {
            if (lines.size() == LINES && lines.getFirst().equals(HEADER)) {
                return new Rehearsal(
                        new Fingerprint(lines.get(1)),
                        HexFormat.of().parseHex(lines.get(2)),
                        new Fingerprint(lines.get(3)));
            }
        } catch (IllegalArgumentException e) {
            throw RecoveryRefused.because("challenge", "a line of it cannot be read: " + e.getMessage());
        }
        throw RecoveryRefused.because("challenge", "this is no challenge of a rehearsal");
    }

    /**
     * What the holder of the private key answers: random bytes that mean nothing else.
     *
     * @throws RecoveryRefused if it is another key
     */
    public byte[] answer(RsaDecryptor decryptor) throws RecoveryRefused {
        if (!decryptor.fingerprint().equals(recipient)) {
            throw RecoveryRefused.because(
                    "RSA key", "the challenge is for " + recipient + ", this is " + decryptor.fingerprint());
        }
        Optional<byte[]> answer = decryptor.unwrap(challenge);
        return answer.filter(this::isAnsweredBy)
                .orElseThrow(() -> RecoveryRefused.because("challenge", "the key does not open it"));
    }

    public boolean isAnsweredBy(byte[] answer) {
        return MessageDigest.isEqual(Fingerprint.of(answer).bytes(), answerDigest.bytes());
    }

    @Override
    public String toString() {
        return "Rehearsal[" + recipient + "]";
    }
}
