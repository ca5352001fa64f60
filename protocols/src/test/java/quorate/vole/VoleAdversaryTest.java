package quorate.vole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.algebra.Draw;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Scalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.pair.TestPairs;
import quorate.testkit.vectors.KatDraw;

/** Cheaters of protocols.md 2.5 (Appendix B 2 and 3), who do everything else right. */
class VoleAdversaryTest {
    private final Secrets scope = new Secrets();
    private final Group group = Groups.SECP256K1;
    private final KatDraw draw = new KatDraw("vole adversary");
    private final TestPairs.Correlation base = TestPairs.Correlation.draw(draw, scope);
    private int runs;

    @AfterEach
    void wipe() {
        scope.close();
    }

    /** One honest run, before anybody cheats. */
    private record Honest(byte[] sid, byte[] psid, byte[] extension, OtReceiver bob, OtSender alice) {}

    private Honest extend() {
        var sid = Transcript.of("test/sid").addU32(runs++).hash();
        var extension = new byte[OtReceiver.MESSAGE_BYTES];
        var bob = OtReceiver.extend(base.bob(), sid, draw, extension, 0, scope);
        var alice = OtSender.open(base.alice(), sid, extension, 0, scope);
        var psid = Transcript.of("test/psid").add(sid, extension).hash();
        return new Honest(sid, psid, extension, bob, alice);
    }

    private Scalar scalar() {
        return draw.scalar(group, scope, Draw.For.VOLE, new byte[0]).publish();
    }

    private record Multiplied(Scalar a0, Scalar a1, byte[] message, VoleSender.Product product) {}

    private Multiplied multiply(Honest run) {
        var a0 = draw.scalar(group, scope, Draw.For.VOLE, new byte[0]);
        var a1 = draw.scalar(group, scope, Draw.For.VOLE, new byte[0]);
        var ah = draw.scalar(group, scope, Draw.For.VOLE, new byte[0]);
        var message = new byte[VoleSender.MESSAGE_BYTES];
        var product = VoleSender.multiply(run.psid(), run.alice(), a0, a1, ah, message, 0, scope);
        return new Multiplied(a0.publish(), a1.publish(), message, product);
    }

    private VoleReceiver receive(Honest run, byte[] message) {
        return VoleReceiver.open(group, run.psid(), run.bob(), message, 0, scope).orElseThrow();
    }

    @Test
    void multipliesWhateverTheInputs() {
        for (int run = 0; run < 20; run++) {
            var honest = extend();
            assertThat(honest.alice().isConsistent()).isTrue();
            var sent = multiply(honest);
            var received = receive(honest, sent.message());
            assertThat(received.isConsistent()).isTrue();
            var beta = received.beta().publish();
            assertThat(sent.product().c0().publish().plus(received.d0().publish()))
                    .isEqualTo(sent.a0().times(beta));
            assertThat(sent.product().c1().publish().plus(received.d1().publish()))
                    .isEqualTo(sent.a1().times(beta));
        }
    }

    /** Accepted iff Delta_c = 0: that is the one bit a cheater learns. */
    @Test
    void aFlippedColumnPassesExactlyWhereDeltaIsZero() {
        var honest = extend();
        for (int c = 0; c < 128; c++) {
            var cheating = CheatingBob.withFlippedColumn(base.bob(), honest.sid(), honest.extension(), c);
            boolean bit = (base.alice().delta()[c >> 3] >> (c & 7) & 1) != 0;
            assertThat(OtSender.open(base.alice(), honest.sid(), cheating, 0, scope).isConsistent())
                    .isEqualTo(!bit);
        }
    }

    /** A flip in transit changes du, so all of the check; a forged column where Delta is 0 is refused as well. */
    @Test
    void aFlippedBitIsNeverConsistent() {
        var honest = extend();
        var random = new Random(7);
        for (int run = 0; run < 40; run++) {
            var damaged = honest.extension().clone();
            int bit = random.nextInt(damaged.length * 8);
            damaged[bit >> 3] ^= (byte) (1 << (bit & 7));
            assertThat(OtSender.open(base.alice(), honest.sid(), damaged, 0, scope).isConsistent()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(CheatingAlice.Extent.class)
    void aChangedCorrectionIsFoundOrTellsOneBit(CheatingAlice.Extent extent) {
        var seen = new boolean[2];
        for (int run = 0; !(seen[0] && seen[1]); run++) {
            var honest = extend();
            int w = honest.bob().choices()[0] & 1;
            seen[w] = true;
            var sent = multiply(honest);
            var z = scalar();
            var cheat = CheatingAlice.cheat(
                    group, honest.psid(), honest.alice(), sent.message(), z, extent, scope);
            var received = receive(honest, cheat.message());
            boolean equation = cheat.c0().plus(received.d0().publish())
                    .equals(sent.a0().times(received.beta().publish()));
            switch (extent) {
                case CORRECTION -> assertThat(received.isConsistent()).isEqualTo(w == 0); // else VOLE-2
                case CHECK -> {
                    assertThat(received.isConsistent()).isEqualTo(w == 1); // else VOLE-2
                    assertThat(received.isConsistent() && equation).isFalse(); // SIG-4
                }
                case PRODUCT -> {
                    assertThat(received.isConsistent()).isEqualTo(w == 1);
                    assertThat(equation).isEqualTo(w == 1);
                }
            }
            assertThat(run).isLessThan(50);
        }
    }

    @Test
    void aFlippedBitOfTheMessageIsNeverConsistent() {
        var honest = extend();
        var sent = multiply(honest);
        var random = new Random(8);
        for (int run = 0; run < 20; run++) {
            var damaged = sent.message().clone();
            int i = random.nextInt(damaged.length / 32) * 32 + 31; // a low byte: still below q
            damaged[i] ^= (byte) (1 << random.nextInt(8));
            assertThat(receive(honest, damaged).isConsistent()).isFalse();
        }
    }

    @Test
    void aScalarThatIsNotBelowTheOrderIsNotRead() {
        var honest = extend();
        var message = multiply(honest).message();
        for (int at : new int[] {0, 32 * 1000, 32 * 2303, 32 * 2304}) {
            var bad = message.clone();
            Arrays.fill(bad, at, at + 32, (byte) 0xff);
            assertThat(VoleReceiver.open(group, honest.psid(), honest.bob(), bad, 0, scope)).isEmpty();
        }
    }

    /** Nobody can choose pads or corrections after the challenges: those hash the psid and all corrections. */
    @Test
    void challengesDependOnTheSessionAndOnEveryCorrection() {
        var at = new byte[VoleSender.MESSAGE_BYTES - 64];
        var hashes = VoleHashes.of(group, new byte[32], at);
        var otherSession = VoleHashes.of(group, new byte[] {1}, at);
        at[at.length - 1] = 1;
        var otherCorrection = VoleHashes.of(group, new byte[32], at);
        assertThat(otherSession.theta0()).isNotEqualTo(hashes.theta0());
        assertThat(otherCorrection.theta0()).isNotEqualTo(hashes.theta0());
        assertThat(otherCorrection.theta1()).isNotEqualTo(hashes.theta1());
        assertThat(gadget(otherSession)).isNotEqualTo(gadget(hashes));
        assertThat(gadget(otherCorrection)).isNotEqualTo(gadget(hashes));
    }

    private byte[] gadget(VoleHashes hashes) {
        var encoded = new byte[32];
        hashes.gadget(1, new byte[32], new byte[32], scope).encode(0, encoded, 0);
        return encoded;
    }

    @ParameterizedTest
    @CsvSource({"256, 640", "256, 751", "384, 768", "140, 1024"})
    void refusesSizesThatAreTooSmall(int orderBits, int ots) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Extension(orderBits, ots));
    }

    @Test
    void hasTheSizesOfTheSpecification() {
        assertThat(Extension.OF_256_BITS).isEqualTo(new Extension(256, 768));
        assertThat(OtReceiver.MESSAGE_BYTES).isEqualTo(14_384);
        assertThat(VoleSender.MESSAGE_BYTES).isEqualTo(73_792);
        assertThat(Extension.COLUMNS).isEqualTo(128);
    }

    @Test
    void printsNoSecrets() {
        var honest = extend();
        assertThat(honest.bob()).hasToString("OtReceiver[redacted]");
        assertThat(honest.alice()).hasToString("OtSender[redacted]");
        assertThat(receive(honest, multiply(honest).message())).hasToString("VoleReceiver[redacted]");
    }
}
