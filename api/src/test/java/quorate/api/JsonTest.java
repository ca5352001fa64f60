package quorate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final String ID = "5f".repeat(32);
    private static final String GENERATE =
            """
            {"sessionId":"%s","keyId":"k1","scheme":"schnorr","curve":"ed25519","threshold":2,"players":[1,2,3]}\
            """
                    .formatted(ID);

    @Test
    void readsARequest() throws MalformedJson {
        var request = Json.readRequest(utf8(GENERATE), GenerateKey.class);

        assertThat(request)
                .isEqualTo(new GenerateKey(
                        Bytes.parse(ID), "k1", Scheme.SCHNORR, Curve.ED25519, 2, List.of(1, 2, 3), null));
        assertThat(new String(Json.write(request), StandardCharsets.UTF_8)).isEqualTo(GENERATE);
    }

    @Test
    void refusesAnUnknownMemberOfARequestByName() {
        var refused = refused(GENERATE.replace("\"keyId\"", "\"treshold\":3,\"keyId\""));

        assertThat(refused.code()).isEqualTo(ProblemCode.UNKNOWN_MEMBER);
        assertThat(refused.detail()).isEqualTo("unknown member treshold");
    }

    @Test
    void ignoresAnUnknownMemberOfAnAnswer() throws MalformedJson {
        var answer = Json.readAnswer(utf8("{\"player\":2,\"mood\":{\"good\":true}}"), Live.class);

        assertThat(answer).isEqualTo(new Live(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{} {}",
                "{\"backupId\":\"b\",\"backupId\":\"b\"}",
                "{\"backupId\":\"b\"} x",
                "{\"backupId\":7}",
                "{\"backupId\":true}",
                "{\"backupId\":null}",
                "{\"backupId\":[\"b\"]}",
                "{\"backupId\":\"../etc\"}",
                "{\"backupId\":\"\"}",
                "{}"
            })
    void refusesWhatIsNotExactlyTheSchema(String body) {
        var refused = catchThrowableOfType(
                MalformedJson.class, () -> Json.readRequest(utf8(body), CreateBackup.class));

        assertThat(refused.code()).isEqualTo(ProblemCode.BAD_REQUEST);
    }

    @Test
    void refusesNullAndAbsenceOfANumber() {
        assertThat(refused(GENERATE.replace("\"threshold\":2", "\"threshold\":null")).detail())
                .startsWith("threshold");
        assertThat(refused(GENERATE.replace("\"threshold\":2,", "")).detail()).startsWith("threshold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "2.0", "2.5", "true", "1e1", "99999999999"})
    void refusesWhatIsOnlyLikeANumber(String threshold) {
        assertThat(refused(GENERATE.replace("\"threshold\":2", "\"threshold\":" + threshold)).detail())
                .startsWith("threshold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[3,1]", "[1,1]", "[0,1]", "[1,33]", "[]", "[1,null]", "[1,\"2\"]", "1", "null"})
    void refusesPlayersThatAreNotDistinctAscendingAndInRange(String players) {
        assertThat(refused(GENERATE.replace("[1,2,3]", players)).detail()).contains("players");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Schnorr", "SCHNORR", "eddsa", "0", ""})
    void refusesASchemeThatDoesNotExist(String scheme) {
        assertThat(refused(GENERATE.replace("\"schnorr\"", "\"" + scheme + "\"")).detail()).startsWith("scheme");
    }

    @Test
    void refusesANumberAsAnEnum() {
        assertThat(refused(GENERATE.replace("\"schnorr\"", "0")).detail()).startsWith("scheme");
    }

    @Test
    void refusesBip340OnAnotherCurve() {
        assertThat(refused(GENERATE.replace("\"schnorr\"", "\"bip340\"")).detail())
                .isEqualTo("curve must be secp256k1 for bip340, not ed25519");
    }

    @Test
    void refusesAThresholdAboveTheNumberOfPlayers() {
        assertThat(refused(GENERATE.replace("\"threshold\":2", "\"threshold\":4")).detail())
                .isEqualTo("threshold must be from 2 to 3, not 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5F", "5g", "5", " 5f", "5f", ""})
    void refusesASessionIdThatIsNot32BytesOfLowerCaseHexadecimal(String id) {
        assertThat(refused(GENERATE.replace(ID, id)).detail()).startsWith("sessionId");
    }

    @Test
    void neverRepeatsTheBodyInTheRefusal() {
        var refused = refused(GENERATE.replace("\"k1\"", "\"my secret / label\""));

        assertThat(refused.detail()).startsWith("keyId").doesNotContain("secret");
    }

    @Test
    void refusesDeepNesting() {
        var body = "{\"backupId\":" + "[".repeat(100) + "]".repeat(100) + "}";

        var refused = catchThrowableOfType(
                MalformedJson.class, () -> Json.readRequest(utf8(body), CreateBackup.class));

        assertThat(refused.code()).isEqualTo(ProblemCode.BAD_REQUEST);
    }

    @Test
    void writesTimesInUtcAndOmitsWhatIsAbsent() throws MalformedJson {
        var paused = new PauseState(
                1, true, "admin", null, "backup", Instant.parse("2026-11-22T09:30:00.123Z"));

        var body = Json.write(paused);

        assertThat(new String(body, StandardCharsets.UTF_8))
                .isEqualTo("{\"player\":1,\"paused\":true,\"by\":\"admin\",\"reason\":\"backup\","
                        + "\"since\":\"2026-11-22T09:30:00.123Z\"}");
        assertThat(Json.readAnswer(body, PauseState.class)).isEqualTo(paused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2026-11-22\"", "\"2026-11-22T09:30:00+01:00\"", "1795339800", "\"soon\""})
    void refusesATimeThatIsNotInUtc(String time) {
        var refused = catchThrowableOfType(
                MalformedJson.class,
                () -> Json.readRequest(utf8("{\"since\":" + time + "}"), ResumeRequest.class));

        assertThat(refused.detail()).startsWith("since");
    }

    @Test
    void tellsAnEmptyTaprootFromNone() throws MalformedJson {
        var without = "{\"sessionId\":\"%s\",\"players\":[1,2],\"message\":\"\"}".formatted(ID);
        var with = without.replace("\"message\":\"\"", "\"message\":\"\",\"taproot\":{}");

        assertThat(Json.readRequest(utf8(without), SignRequest.class).taproot()).isNull();
        assertThat(Json.readRequest(utf8(with), SignRequest.class).taproot()).isEqualTo(new Taproot(null));
    }

    @Test
    void takesTheLongestMessageAndNoLonger() throws MalformedJson {
        var form = "{\"sessionId\":\"%s\",\"players\":[1,2],\"message\":\"%s\"}";
        var longest = "00".repeat(SignRequest.MAX_MESSAGE_BYTES);

        assertThat(Json.readRequest(utf8(form.formatted(ID, longest)), SignRequest.class).message())
                .isEqualTo(Bytes.of(new byte[SignRequest.MAX_MESSAGE_BYTES]));
        var refused = catchThrowableOfType(
                MalformedJson.class,
                () -> Json.readRequest(utf8(form.formatted(ID, longest + "00")), SignRequest.class));
        assertThat(refused.detail()).startsWith("message must have at most 49152 bytes");
    }

    @Test
    void takesAMessageOrAHashAndNotBoth() throws MalformedJson {
        var form = "{\"sessionId\":\"%s\",\"players\":[1,2]%s}";

        var hashed = Json.readRequest(utf8(form.formatted(ID, ",\"hash\":\"ab\",\"path\":\"m/0\"")), SignRequest.class);
        assertThat(hashed.message()).isNull();
        assertThat(hashed.hash()).isEqualTo(Bytes.parse("ab"));
        assertThat(hashed.pathOrRoot()).isEqualTo("m/0");
        for (var wrong : List.of("", ",\"message\":\"\",\"hash\":\"ab\"", ",\"hash\":\"\"", ",\"hash\":\"%s\"".formatted("00".repeat(65)))) {
            var refused = catchThrowableOfType(
                    MalformedJson.class, () -> Json.readRequest(utf8(form.formatted(ID, wrong)), SignRequest.class));
            assertThat(refused.code()).as(wrong).isEqualTo(ProblemCode.BAD_REQUEST);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m/", "/0", "M/0", "m/-1", "m/0/", "m/00000000000", "m/x", "m/0''", "n"})
    void refusesWhatIsNoPath(String path) {
        var body = "{\"sessionId\":\"%s\",\"players\":[1,2],\"message\":\"\",\"path\":\"%s\"}".formatted(ID, path);

        var refused = catchThrowableOfType(MalformedJson.class, () -> Json.readRequest(utf8(body), SignRequest.class));

        assertThat(refused.detail()).startsWith("path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m", "m/0", "m/44'/0h/1H", "m/4294967295"})
    void leavesItToTheNodeToSayWhichPathItRefuses(String path) throws MalformedJson {
        var body = "{\"sessionId\":\"%s\",\"players\":[1,2],\"message\":\"\",\"path\":\"%s\"}".formatted(ID, path);

        assertThat(Json.readRequest(utf8(body), SignRequest.class).pathOrRoot()).isEqualTo(path);
    }

    @Test
    void refusesPresignatureIdsThatDoNotFitThePlayers() {
        for (int bytes : List.of(0, 32, 40, 47, 48, 49, 64, 32 + 33 * 8)) {
            var body = "{\"presignature\":\"%s\",\"players\":[1,2,3],\"message\":\"\"}".formatted("00".repeat(bytes));
            var refused = catchThrowableOfType(
                    MalformedJson.class, () -> Json.readRequest(utf8(body), PartialRequest.class));
            assertThat(refused.code()).as(bytes + " bytes").isEqualTo(ProblemCode.BAD_REQUEST);
        }
    }

    @Test
    void givesAKeyTheUsualAttributesWhereNoneAreNamed() throws MalformedJson {
        var named = GENERATE.replace("]}", "],\"minPathLength\":2,\"messagesOnly\":true,\"presignatures\":false}");

        assertThat(Json.readRequest(utf8(GENERATE), GenerateKey.class).attributes()).isEqualTo(KeyAttributes.USUAL);
        assertThat(Json.readRequest(utf8(named), GenerateKey.class).attributes())
                .isEqualTo(new KeyAttributes(2, true, false));
        assertThat(refused(named.replace(":2,\"mess", ":17,\"mess")).detail()).startsWith("minPathLength");
    }

    @Test
    void refusesEcdsaOnEd25519() {
        assertThat(refused(GENERATE.replace("schnorr", "ecdsa")).detail())
                .isEqualTo("curve must be secp256k1 or p256 for ecdsa, not ed25519");
    }

    private static MalformedJson refused(String body) {
        return catchThrowableOfType(MalformedJson.class, () -> Json.readRequest(utf8(body), GenerateKey.class));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
