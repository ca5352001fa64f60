package quorate.node.presign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import quorate.presign.PresignatureId;

class PresignatureNameTest {
    private static final PresignatureId ID = PresignatureId.parse("0123456789abcdef".repeat(4));

    @Test
    void isTheIdAndEightBytesForEachParty() {
        var name = new PresignatureName(ID, List.of(0x1122334455667788L, -1L));

        assertThat(HexFormat.of().formatHex(name.encode()))
                .isEqualTo("0123456789abcdef".repeat(4) + "1122334455667788" + "ffffffffffffffff");
        assertThat(PresignatureName.decode(name.encode())).isEqualTo(name);
    }

    @Test
    void refusesOtherLengths() {
        for (int length : List.of(0, 32, 39, 41, 47, 32 + 33 * 8)) {
            assertThatIllegalArgumentException().isThrownBy(() -> PresignatureName.decode(new byte[length]));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PresignatureName(ID, Collections.nCopies(33, 0L)));
    }
}
