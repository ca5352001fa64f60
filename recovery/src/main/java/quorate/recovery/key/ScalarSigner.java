package quorate.recovery.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;

/**
 * Signatures of Ed25519 by a bare scalar, for keys that never had a seed: R = r·G, S = r + SHA-512(R || A || M)·s,
 * which every
 * verifier of RFC 8032 accepts. r is a hash of the scalar, fresh randomness and the message, so that it repeats for
 * no two
 * messages even if the generator does.
 */
public final class ScalarSigner {
    private static final int FRESH_BYTES = 64;

    private ScalarSigner() {}

    /**
     * Signs a message.
     *
     * @param scalar 32 bytes, little-endian, as {@link KeyFormat#RAW} has it in hexadecimal; the caller wipes it
     * @return R || S
     * @throws IllegalArgumentException if it is not a scalar of edwards25519
     */
    public static Signed sign(byte[] scalar, byte[] message, SecureRandom random) {
        var group = Groups.ED25519;
        try (var scope = new Secrets()) {
            var s = group.decodeSecret(scope, scalar);
            if (s.isZero()) {
                throw new IllegalArgumentException("the scalar is 0");
            }
            var fresh = scope.keep(new byte[FRESH_BYTES]);
            random.nextBytes(fresh);
            var hedge = Transcript.of("recovery/nonce")
                    .add(scope.keep(s.exposeFor(Purpose.NONCE)))
                    .add(fresh)
                    .add(message);
            var r = group.reduceSecret(scope, scope.keep(hedge.expand(group.wideBytes())));
            hedge.erase();
            var publicKey = group.multiplyBase(s).encode();
            var commitment = group.multiplyBase(r).encode();
            var challenge = group.reduce(reversed(sha512(commitment, publicKey, message)));
            var response = s.times(challenge).plus(r).publish();
            return new Signed(publicKey, Encoding.concat(commitment, response.encode()));
        } catch (DecodingException e) {
            throw new IllegalArgumentException("not a scalar of edwards25519", e);
        }
    }

    /**
     * A signature and the key under which it verifies.
     *
     * @param signature R || S
     */
    public record Signed(byte[] publicKey, byte[] signature) {}

    private static byte[] sha512(byte[]... pieces) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(Encoding.concat(pieces));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }

    private static byte[] reversed(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
