package quorate.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @TempDir
    private Path folder;

    @Test
    void onlyTheRightKeyAnswers() throws Exception {
        var rsa = TestRsa.kat();
        var made = Rehearsal.make(rsa.recipient(), TestRsa.RANDOM);
        var read = Rehearsal.decode(made.encode());
        try (var key = rsa.key(folder);
                var other = TestRsa.fresh(2048).key(folder)) {
            var answer = read.answer(key);
            assertThat(made.isAnsweredBy(answer)).isTrue();
            answer[0] ^= 1;
            assertThat(made.isAnsweredBy(answer)).isFalse();
            assertThatExceptionOfType(RecoveryRefused.class)
                    .isThrownBy(() -> read.answer(other))
                    .withMessageContaining("the challenge is for");
            var changed = new Rehearsal(read.recipient(), new byte[256], read.answerDigest());
            assertThatExceptionOfType(RecoveryRefused.class).isThrownBy(() -> changed.answer(key));
        }
        for (var text : new String[] {"", "hello", new String(made.encode(), StandardCharsets.US_ASCII) + "more\n"}) {
            assertThatExceptionOfType(RecoveryRefused.class)
                    .isThrownBy(() -> Rehearsal.decode(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
