package quorate.rounds;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;

/**
 * Secret random values that stay different and unknown even if the generator repeats itself, as in a cloned
 * or restored machine (protocols.md 0.6): each is a hash of 64 fresh bytes, a long-lived secret, the running
 * process, all public context so far, and its own name. Production code draws through nothing else.
 *
 * <p>A caller that wants a value bound to a context (ctx, D1, ...) asks {@link #knowing} it first. Not
 * thread-safe, because {@link SecureRandom} decides about that.
 */
public final class HedgedDraw implements Draw {
    private static final int FRESH_BYTES = 64;
    private static final int SEED_BYTES = 32;

    private final SecureRandom random;
    private final byte[] secret;
    private final byte[] process;
    private final byte[][] context;

    /**
     * @param random a generator of at least 256 bits of security
     * @param secret ser(x_i) of the key concerned, or the node secret; copied into {@code scope}
     * @param me this node's entry: its inc and dbi
     */
    public HedgedDraw(SecureRandom random, byte[] secret, Entry me, Secrets scope) {
        this(random, scope.keep(secret.clone()), Encoding.concat(me.incarnation(), me.database()), new byte[0][]);
    }

    private HedgedDraw(SecureRandom random, byte[] secret, byte[] process, byte[][] context) {
        this.random = random;
        this.secret = secret;
        this.process = process;
        this.context = context;
    }

    @Override
    public byte[] draw(For purpose, byte[] name, int length) {
        var fresh = new byte[FRESH_BYTES];
        random.nextBytes(fresh);
        var transcript = Transcript.of("hedge/" + purpose.name().toLowerCase(Locale.ROOT))
                .add(fresh)
                .add(secret)
                .add(process)
                .add(Encoding.enc(context))
                .add(name);
        try {
            return transcript.expand(length);
        } finally {
            transcript.erase();
            Arrays.fill(fresh, (byte) 0);
        }
    }

    @Override
    public Draw knowing(byte[]... publicContext) {
        var longer = Arrays.copyOf(context, context.length + publicContext.length);
        System.arraycopy(publicContext, 0, longer, context.length, publicContext.length);
        return new HedgedDraw(random, secret, process, longer);
    }

    @Override
    public Draw bulk(For purpose, byte[] name, Secrets scope) {
        return new Bulk(purpose, scope.keep(draw(purpose, name, SEED_BYTES)));
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "HedgedDraw[" + context.length + " parts of context]";
    }

    /** XOF("hedge/expand", seed, name; L): one drawn seed, many values. */
    private static final class Bulk implements Draw {
        private final For purpose;
        private final byte[] seed;

        private Bulk(For purpose, byte[] seed) {
            this.purpose = purpose;
            this.seed = seed;
        }

        @Override
        public byte[] draw(For purpose, byte[] name, int length) {
            if (purpose != this.purpose) {
                throw new IllegalArgumentException("a seed drawn for " + this.purpose + " yields nothing for " + purpose);
            }
            var transcript = Transcript.of("hedge/expand").add(seed).add(name);
            try {
                return transcript.expand(length);
            } finally {
                transcript.erase();
            }
        }

        @Override
        public Draw knowing(byte[]... publicContext) {
            throw new IllegalStateException("the seed was drawn before this context was known");
        }

        @Override
        public Draw bulk(For purpose, byte[] name, Secrets scope) {
            throw new IllegalStateException("values of a seed are drawn from it directly");
        }
    }
}
