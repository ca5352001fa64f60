package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Our own known answers: vectors/quorate/project-kat.json, fields ctx and signed. */
class AgreementVectorTest {
    @Test
    void bindsTheSessionAsTheKnownAnswersDo() throws Exception {
        var known = KnownAnswers.field("ctx");
        var all = new TreeMap<Integer, Agree>();
        for (int party = 1; party <= 3; party++) {
            all.put(party, Agree.read(Example.keygen(party).agree().encode()));
        }
        for (int party = 1; party <= 3; party++) {
            var agreement = Example.keygen(party).agree(all);
            assertThat(agreement.me()).isEqualTo(party);
            assertThat(agreement.roster()).isEqualTo(KnownAnswers.hex(known, "roster"));
            assertThat(agreement.parts()).isEqualTo(KnownAnswers.hex(known, "parts"));
            assertThat(agreement.ctx()).isEqualTo(KnownAnswers.hex(known, "keygen_ctx"));
        }
    }

    @Test
    void signsBroadcastsAsTheKnownAnswersDo() {
        var known = KnownAnswers.field("signed").required("bcast");
        var evidence = new Evidence(
                KnownAnswers.hex(known, "ctx"),
                known.required("round").asInt(),
                known.required("role").asInt(),
                known.required("i").asInt(),
                Evidence.digestOf(KnownAnswers.hex(known, "payload")),
                new byte[Frame.SIGNATURE_BYTES]);
        assertThat(evidence.statement()).isEqualTo(KnownAnswers.hex(known, "digest"));
    }
}
