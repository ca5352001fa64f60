package quorate.reshare;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.commit.SetupVector;
import quorate.commit.Subject;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.Vectors;

class RefreshVectorTest {
    @Test
    void makesTheSharingOfTheKnownAnswers() throws Exception {
        var answer = known("refresh");
        try (var scope = new Secrets()) {
            var shares = Keys.known("Ed25519", Groups.ED25519, scope);
            var sharing = Objects.requireNonNull(shares.get(1)).sharing();
            var table = RoundTable.of(Agreements.refresh(sharing, 1), agreement -> {
                int me = agreement.me();
                var share = Objects.requireNonNull(shares.get(me));
                return Refresh.start(agreement, share, new KatDraw("refresh/" + me), scope);
            });
            var outcome = table.run();

            for (int i = 1; i <= 3; i++) {
                var refreshed = outcome.of(i);
                var made = refreshed.share().sharing();
                assertThat(Arrays.copyOf(table.payload(2, true, i, i), 32)).isEqualTo(hex(answer, "D1"));
                assertThat(refreshed.made().d2()).isEqualTo(hex(answer, "D2"));
                assertThat(made.commitment().encode())
                        .isEqualTo(Encoding.concat(Vectors.stream(answer.required("A"))
                                .map(Vectors::hex)
                                .toArray(byte[][]::new)));
                assertThat(refreshed.share().secret().exposeFor(Purpose.SEALING))
                        .isEqualTo(hex(answer.required("x").get(i - 1)));
                assertThat(refreshed.confirmation().digest().bytes()).isEqualTo(hex(answer, "K"));
                assertThat(made.epoch()).isEqualTo(1);
                assertThat(refreshed.pairs()).isEmpty();
            }
            // S of party 2, as it signs it.
            var statement = Vectors.stream(known("statements"))
                    .filter(vector -> vector.required("operation").asText().equals("refresh above"))
                    .findFirst()
                    .orElseThrow();
            var subject = Subject.decode(hex(statement, "S"));
            assertThat(outcome.of(2).operation()).isEqualTo(subject.operation());
            assertThat(outcome.of(2).setups()).isEqualTo(SetupVector.NONE);
            assertThat(Refresh.operation(Agreements.refresh(sharing, 1).getFirst()))
                    .isEqualTo(subject.operation().withoutResult());
        }
    }
}
