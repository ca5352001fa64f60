package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AbortTest {
    private static final Evidence EVIDENCE =
            new Evidence(Example.SESSION, 2, 1, 3, Example.SHARE_ID, new byte[Frame.SIGNATURE_BYTES]);

    @ParameterizedTest
    @EnumSource(names = "DROP", mode = EnumSource.Mode.EXCLUDE)
    void readsWhatItEncodes(Check.Verdict verdict) throws Exception {
        for (var evidence : List.of(List.<Evidence>of(), List.of(EVIDENCE), List.of(EVIDENCE, EVIDENCE))) {
            var abort = new Abort(verdict, evidence);
            assertThat(abort.encode()).hasSize(2 + Evidence.BYTES * evidence.size());
            assertThat(Abort.read(abort.encode())).usingRecursiveComparison().isEqualTo(abort);
        }
    }

    @Test
    void evidenceHasTheLayoutOfTheSpecification() {
        assertThat(EVIDENCE.encode())
                .hasSize(132)
                .startsWith(Example.SESSION)
                .containsSequence(2, 1, 0, 3)
                .containsSequence(Example.SHARE_ID);
        assertThat(EVIDENCE.address()).isEqualTo(0x8003);
    }

    @Test
    void refusesEveryOtherLengthAndCode() {
        var bytes = new Abort(Check.Verdict.FAIL, List.of(EVIDENCE)).encode();
        for (int length = 0; length < bytes.length; length++) {
            assertMalformed(Arrays.copyOf(bytes, length));
        }
        assertMalformed(Arrays.copyOf(bytes, bytes.length + 1));
        assertMalformed(new byte[] {0, 0});
        assertMalformed(new byte[] {5, 0});
        var tooMany = new byte[2 + 65 * Evidence.BYTES];
        tooMany[0] = 1;
        tooMany[1] = 65;
        assertMalformed(tooMany);
    }

    @Test
    void nobodySendsAnAbortThatSaysNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Abort(Check.Verdict.DROP, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Abort(Check.Verdict.FAIL, Collections.nCopies(65, EVIDENCE)));
    }

    private static void assertMalformed(byte[] payload) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> Abort.read(payload))
                .matches(malformed -> malformed.check() == Check.COM_3);
    }
}
