package quorate.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
    @ParameterizedTest
    @EnumSource
    void everyCodeHasATitleARemedyAStatusAndAPage(ProblemCode code) {
        assertThat(code.title()).isNotBlank().doesNotEndWith(".");
        assertThat(code.remedy()).endsWith(".").hasSizeGreaterThan(10);
        assertThat(code.status()).isBetween(400, 599);
        assertThat(ErrorPages.read(code))
                .startsWith("# " + code + "\n\n" + code.title() + ".\n")
                .contains("Likely causes:", "What to do:");
    }

    @Test
    void carriesWhoAndWhatNextThroughJson() throws MalformedJson {
        var problem = Problem.of(ProblemCode.PEER_MISBEHAVED, "the point of player 3 is not on its commitment")
                .from(1)
                .inSession(Bytes.parse("ab".repeat(32)))
                .failing("DKG-5")
                .blaming(Set.of(3, 2))
                .missing(List.of())
                .about(new Operation(
                        "k1", Bytes.parse("ab".repeat(32)), OperationProtocol.KEYGEN, OperationState.RUNNING))
                .advising("Call the operator of player 3.");

        var read = Json.readAnswer(Json.write(problem), Problem.class);

        assertThat(read).isEqualTo(problem);
        assertThat(read.culprits()).containsExactly(2, 3);
        assertThat(read.type()).isEqualTo("urn:quorate:problem:PEER_MISBEHAVED");
        assertThat(read.remedy()).isEqualTo("Call the operator of player 3.");
    }
}
