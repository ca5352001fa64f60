package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.store.TestNode.RANDOM;

import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

class SealerTest {
    private static final byte[] PLACE = Place.in("sharing").text("key", "k").associatedData();
    private static final byte[] PLAIN = {1, 2, 3};

    private final Sealer sealer = new Sealer(new byte[32], RANDOM);

    @Test
    void opensWhatItSealed() throws Exception {
        var sealed = sealer.seal(PLACE, PLAIN);
        assertThat(sealed).hasSize(PLAIN.length + Sealer.OVERHEAD_BYTES).startsWith(1);
        assertThat(sealer.open(PLACE, sealed)).isEqualTo(PLAIN);
        assertThat(sealer.open(PLACE, sealer.seal(PLACE, new byte[0]))).isEmpty();
    }

    @Test
    void noncesDiffer() {
        var first = sealer.seal(PLACE, PLAIN);
        var second = sealer.seal(PLACE, PLAIN);
        assertThat(Arrays.copyOfRange(first, 1, 13)).isNotEqualTo(Arrays.copyOfRange(second, 1, 13));
    }

    @Test
    void anyFlippedBitIsNoticed() {
        var sealed = sealer.seal(PLACE, PLAIN);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            var flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> sealer.open(PLACE, flipped)).isInstanceOf(AEADBadTagException.class);
        }
    }

    @Test
    void anyTruncationIsNoticed() {
        var sealed = sealer.seal(PLACE, PLAIN);
        for (int length = 0; length < sealed.length; length++) {
            var cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> sealer.open(PLACE, cut)).isInstanceOf(AEADBadTagException.class);
        }
    }

    @Test
    void opensNowhereElseAndUnderNoOtherKey() {
        var sealed = sealer.seal(PLACE, PLAIN);
        var elsewhere = Place.in("sharing").text("key", "l").associatedData();
        assertThatThrownBy(() -> sealer.open(elsewhere, sealed)).isInstanceOf(AEADBadTagException.class);
        var otherKey = new byte[32];
        otherKey[31] = 1;
        try (var other = new Sealer(otherKey, RANDOM)) {
            assertThatThrownBy(() -> other.open(PLACE, sealed)).isInstanceOf(AEADBadTagException.class);
        }
    }

    @Test
    void placesAreEncodedInjectively() {
        assertThat(Place.in("t").text("a", "bc").text("d", "").associatedData())
                .isNotEqualTo(Place.in("t").text("a", "b").text("d", "c").associatedData())
                .isNotEqualTo(Place.in("t").text("a", "bc").associatedData())
                .isNotEqualTo(Place.in("tbc").text("a", "").text("d", "").associatedData());
        assertThat(Place.in("t").text("key", "k").number("epoch", 3)).hasToString("table t, key k, epoch 3");
    }
}
