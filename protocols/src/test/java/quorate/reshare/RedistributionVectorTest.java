package quorate.reshare;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.commit.Octets;
import quorate.commit.Seat;
import quorate.key.KeyRecord;
import quorate.key.KeyShare;
import quorate.rounds.Entry;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.Vectors;

class RedistributionVectorTest {
    /** The copy of the known answers: from 1 and 3 of 2-of-3 to 3-of-4. */
    @Test
    void copiesTheKeyOfTheKnownAnswers() throws Exception {
        var answer = known("redistribution");
        try (var scope = new Secrets()) {
            var refreshed = refreshed(scope);
            var plan = Handover.plan(refreshed, Set.of(1, 3), 4, 2, true);
            var handover = new Handover(refreshed, plan, Agreements.ids(3), scope);
            var record = KeyRecord.of(handover.old(), Agreements.ids(3), new byte[0]);
            assertThat(record.encode()).isEqualTo(hex(answer, "rec"));

            var outcome = RoundTable.of(handover.agreements(), agreement -> {
                        var label = agreement.role() == 0 ? "redist/d" : "redist/r";
                        return handover.start(agreement, new KatDraw(label + agreement.me()));
                    })
                    .run();

            for (int j = 1; j <= 4; j++) {
                var taken = (Handover.Result.Taken) outcome.of(Entry.address(1, j));
                var share = taken.share().share();
                assertThat(share.secret().exposeFor(Purpose.SEALING))
                        .isEqualTo(hex(answer.required("x").get(j - 1)));
                assertThat(share.sharing().commitment().encode())
                        .isEqualTo(Encoding.concat(Vectors.stream(answer.required("A"))
                                .map(Vectors::hex)
                                .toArray(byte[][]::new)));
            }
            for (int address : List.of(1, 3, Entry.address(1, 2))) {
                var made = outcome.of(address).made();
                assertThat(made.d2()).isEqualTo(hex(answer, "D2"));
                assertThat(made.confirmation().digest().bytes()).isEqualTo(hex(answer, "K"));
                // A copy is committed to by the new committee alone, and replaces nothing.
                assertThat(made.operation().baseShareId()).isEqualTo(Octets.EMPTY);
                assertThat(made.operation().newEpoch()).isZero();
                assertThat(made.operation().participants())
                        .extracting(participant -> participant.seat())
                        .containsExactly(new Seat(1, 1), new Seat(1, 2), new Seat(1, 3), new Seat(1, 4));
            }
        }
    }

    private static SortedMap<Integer, KeyShare> refreshed(Secrets scope) {
        var shares = Keys.known("Ed25519", Groups.ED25519, scope);
        var sharing = Objects.requireNonNull(shares.get(1)).sharing();
        var outcome = RoundTable.of(Agreements.refresh(sharing, 1), agreement -> {
                    var share = Objects.requireNonNull(shares.get(agreement.me()));
                    return Refresh.start(agreement, share, new KatDraw("refresh/" + agreement.me()), scope);
                })
                .run();
        var refreshed = new TreeMap<Integer, KeyShare>();
        shares.keySet().forEach(i -> refreshed.put(i, outcome.of(i).share()));
        return refreshed;
    }
}
