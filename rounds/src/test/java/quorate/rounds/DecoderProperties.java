package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;

/**
 * Whatever a peer sends, a decoder gives a value or its typed error, and a value has one encoding only. Seeded:
 * a failure names its iteration, which is its seed.
 */
class DecoderProperties {
    private static final int RUNS = 20_000;
    private static final int MAX_PAYLOAD = 4096;

    private interface Decoder {
        /** The encoding of what {@code bytes} decode to. */
        Optional<byte[]> recode(byte[] bytes);
    }

    @Test
    void framesAreTotalAndCanonical() {
        check(frame().encode(), bytes -> {
            try {
                return Optional.of(Frame.decode(bytes, MAX_PAYLOAD).encode());
            } catch (DecodingException e) {
                return Optional.empty();
            }
        });
    }

    @Test
    void agreementsAreTotalAndCanonical() {
        check(Example.signing(1, new Offer(1, Example.SHARE_ID), new Offer(2, Example.SESSION)).agree().encode(), bytes -> {
            try {
                return Optional.of(Agree.read(bytes).encode());
            } catch (Malformed e) {
                return Optional.empty();
            }
        });
    }

    @Test
    void abortsAreTotalAndCanonical() {
        var evidence = new Evidence(Example.SESSION, 1, 0, 2, Example.SHARE_ID, new byte[64]);
        check(new Abort(Check.Verdict.BLAME, List.of(evidence, evidence)).encode(), bytes -> {
            try {
                return Optional.of(Abort.read(bytes).encode());
            } catch (Malformed e) {
                return Optional.empty();
            }
        });
    }

    private static Frame frame() {
        return Frame.broadcast(Example.SESSION, 1, 1, 2, Example.SHARE_ID, new byte[64]);
    }

    private static void check(byte[] valid, Decoder decoder) {
        for (int seed = 0; seed < RUNS; seed++) {
            var random = new Random(seed);
            var bytes = random.nextInt(4) == 0 ? noise(random) : mutated(valid, random);
            var recoded = decoder.recode(bytes.clone());
            if (recoded.isPresent()) {
                assertThat(recoded.get()).as("seed %d", seed).isEqualTo(bytes);
            }
        }
    }

    private static byte[] noise(Random random) {
        var bytes = new byte[random.nextInt(600)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(byte[] valid, Random random) {
        var bytes = valid.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, bytes.length + random.nextInt(9) - 4));
                default -> System.arraycopy(bytes, 0, bytes, at, Math.min(at, bytes.length - at));
            }
        }
        return bytes;
    }
}
