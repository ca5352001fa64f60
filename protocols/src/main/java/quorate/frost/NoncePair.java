package quorate.frost;

import java.util.Arrays;
import quorate.algebra.Draw;
import quorate.algebra.Purpose;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/**
 * The nonces (d_i, e_i) of one signer for one signature (protocols.md 4.2). Used at most once, by construction:
 * {@link #claim} is the only way to them, moves them out and wipes them here. Two shares made with one pair
 * would give away the share of the key.
 */
final class NoncePair implements AutoCloseable {
    private static final int RANDOM_BYTES = 32;

    private final SecretScalar hiding;
    private final SecretScalar binding;
    private final NoncePoints points;
    private boolean claimed;

    private NoncePair(SecretScalar hiding, SecretScalar binding) {
        this.hiding = hiding;
        this.binding = binding;
        this.points = new NoncePoints(
                hiding.group().multiplyBase(hiding), binding.group().multiplyBase(binding));
    }

    /** d_i = H3(rand32 || ser(x_i)), e_i = H3(rand32' || ser(x_i)), neither 0. */
    static NoncePair draw(Suite suite, SecretScalar share, int item, Draw draw, Secrets scope) {
        return new NoncePair(
                nonce(suite, share, Draw.name("D", item), draw, scope),
                nonce(suite, share, Draw.name("E", item), draw, scope));
    }

    private static SecretScalar nonce(Suite suite, SecretScalar share, byte[] name, Draw draw, Secrets scope) {
        var encodedShare = share.exposeFor(Purpose.NONCE);
        try {
            for (int attempt = 0; ; attempt++) {
                var random = scope.keep(draw.draw(Draw.For.FROST, Draw.attempt(name, attempt), RANDOM_BYTES));
                var nonce = suite.nonce(scope, random, encodedShare);
                if (!nonce.isZero()) {
                    return nonce;
                }
            }
        } finally {
            Arrays.fill(encodedShare, (byte) 0);
        }
    }

    /** (D_i, E_i). */
    NoncePoints points() {
        return points;
    }

    /** d_i and e_i, once: they now live in {@code scope} only. */
    synchronized Claimed claim(Secrets scope) throws Refused {
        if (claimed) {
            throw new Refused(Check.FRO_2, "these nonces were claimed before");
        }
        var moved = new Claimed(hiding.in(scope), binding.in(scope));
        close();
        return moved;
    }

    /** Wipes the nonces; nothing can be claimed any more. */
    @Override
    public synchronized void close() {
        claimed = true;
        hiding.erase();
        binding.erase();
    }

    @Override
    public String toString() {
        return "NoncePair[redacted]";
    }

    /** The nonces on their way into one signature share. */
    record Claimed(SecretScalar hiding, SecretScalar binding) {}
}
