package quorate.cli.outside;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import quorate.algebra.Groups;

/**
 * RFC 8032, 5.1.5: the private key of Ed25519 is a seed of 32 bytes; its scalar is the first half of SHA-512 of it, with some
 * bits set. The scalar alone signs, and verifiers see no difference; but nobody gets the seed back, and the deterministic
 * nonces that come of the second half are not those that the nodes use.
 */
final class Ed25519Seed {
    static final int BYTES = 32;

    private Ed25519Seed() {}

    /** Takes the seed and wipes it. */
    static FoundKey expand(byte[] seed) throws UnreadableKey {
        if (seed.length != BYTES) {
            Arrays.fill(seed, (byte) 0);
            throw new UnreadableKey("a seed of Ed25519 has " + BYTES + " bytes");
        }
        var hash = new byte[2 * BYTES];
        try {
            var digest = new SHA512Digest();
            digest.update(seed, 0, seed.length);
            digest.doFinal(hash, 0);
            hash[0] &= (byte) 248;
            hash[31] &= 127;
            hash[31] |= 64;
            var scalar = new byte[BYTES];
            for (int i = 0; i < BYTES; i++) {
                scalar[i] = hash[BYTES - 1 - i];
            }
            return new FoundKey(Groups.ED25519, scalar, true);
        } finally {
            Arrays.fill(hash, (byte) 0);
            Arrays.fill(seed, (byte) 0);
        }
    }
}
