package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawTest {
    private static final byte[] NAME = Draw.name("a", 3);

    /** Like a bulk source: one value for each name; the first {@code zeros} of them are 0. */
    private static final class NamedDraw implements Draw {
        private final int zeros;
        private final List<String> names = new ArrayList<>();

        NamedDraw(int zeros) {
            this.zeros = zeros;
        }

        @Override
        public byte[] draw(For purpose, byte[] name, int length) {
            var named = HexFormat.of().formatHex(name);
            if (!names.contains(named)) {
                names.add(named);
            }
            var value = new byte[length];
            value[length - 1] = (byte) (names.indexOf(named) < zeros ? 0 : 7);
            return value;
        }

        @Override
        public Draw knowing(byte[]... publicContext) {
            return this;
        }

        @Override
        public Draw bulk(For purpose, byte[] name, Secrets scope) {
            return this;
        }
    }

    @Test
    void drawsAgainUnderAnotherNameAfterAZero() {
        var draw = new NamedDraw(2);
        try (var scope = new Secrets()) {
            var scalar = draw.nonZeroScalar(Groups.ED25519, scope, Draw.For.DKG, NAME);

            assertThat(scalar.publish()).isEqualTo(Groups.ED25519.scalar(7));
        }
        assertThat(draw.names)
                .containsExactly(
                        HexFormat.of().formatHex(NAME),
                        HexFormat.of().formatHex(Encoding.enc(NAME, Encoding.i2osp(1, 4))),
                        HexFormat.of().formatHex(Encoding.enc(NAME, Encoding.i2osp(2, 4))));
    }

    @Test
    void drawsTheFirstTimeUnderTheNameItself() {
        var draw = new NamedDraw(0);
        try (var scope = new Secrets()) {
            draw.nonZeroScalar(Groups.SECP256K1, scope, Draw.For.DKG, NAME);
        }
        assertThat(draw.names).containsExactly(HexFormat.of().formatHex(NAME));
    }
}
