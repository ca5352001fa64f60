package quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge itself: it must not let everything pass. */
class ContractTest {
    private static final String JSON = "application/json";
    private static final String NOT_PAUSED = "{\"player\": 1, \"paused\": false}";

    private final Contract contract = new Contract();

    @Test
    void letsPassWhatIsDescribed() {
        judge("POST", "/v1/pause", "{\"forSeconds\": 5}", 200, JSON, NOT_PAUSED);
        judge("GET", "/v1/health/live", "", 200, JSON, "{\"player\": 1}");
        assertThatCode(contract::assertKept).doesNotThrowAnyException();
    }

    @Test
    void namesAMemberOfAnAnswerThatIsNotDescribed() {
        judge("GET", "/v1/health/live", "", 200, JSON, "{\"player\": 1, \"mood\": \"good\"}");
        assertViolated("mood");
    }

    @Test
    void namesAMemberThatAnAnswerLacks() {
        judge("POST", "/v1/pause", "{}", 200, JSON, "{\"player\": 1}");
        assertViolated("paused");
    }

    @Test
    void namesAnAnswerOfAnotherType() {
        judge("GET", "/v1/health/live", "", 200, "text/html", "<p>alive</p>");
        assertViolated("text/html");
    }

    @Test
    void namesAProblemWithoutACode() {
        judge("POST", "/v1/pause", "{}", 400, "application/problem+json", "{\"title\": \"no\", \"status\": 400}");
        assertViolated("code");
    }

    @Test
    void namesARequestThatWasCarriedOutAlthoughItIsNotDescribed() {
        judge("POST", "/v1/pause", "{\"forSecond\": 5}", 200, JSON, NOT_PAUSED);
        assertViolated("forSecond");
    }

    @Test
    void namesAnOperationThatIsNotDescribed() {
        judge("GET", "/v1/secrets", "", 200, JSON, "{}");
        assertViolated("/v1/secrets");
    }

    @Test
    void letsPassThatSomethingUndescribedIsRefused() {
        var problem = """
                {"type": "urn:quorate:problem:%1$s", "title": "no", "status": %2$d, "code": "%1$s", "detail": "no",
                 "remedy": "do not"}""";
        judge("GET", "/v1/secrets", "", 404, "application/problem+json", problem.formatted("NOT_FOUND", 404));
        judge(
                "POST",
                "/v1/pause",
                "{\"forSecond\": 5}",
                400,
                "application/problem+json",
                problem.formatted("UNKNOWN_MEMBER", 400));
        assertThatCode(contract::assertKept).doesNotThrowAnyException();
    }

    private void judge(String method, String path, String sent, int status, String type, String answered) {
        var headers = sent.isEmpty()
                ? Map.of("Authorization", "Bearer qrt_00")
                : Map.of("Authorization", "Bearer qrt_00", "Content-Type", JSON);
        contract.judge(new Contract.Exchange(
                method, path, Map.of(), headers, sent.getBytes(UTF_8), status, type, answered.getBytes(UTF_8)));
    }

    private void assertViolated(String word) {
        assertThatThrownBy(contract::assertKept).isInstanceOf(AssertionError.class).hasMessageContaining(word);
    }
}
