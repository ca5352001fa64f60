package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.DecodingException;
import quorate.algebra.Transcript;

/** project-kat.json, "statements", and K of the key generations and the refresh it stems from. */
class StatementVectorTest {
    private static final JsonNode KAT = read();
    private static final Map<String, Integer> CURVES = Map.of("secp256k1", 1, "P-256", 2, "Ed25519", 5);

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Path.of("../vectors/quorate/project-kat.json").toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Octets hex(JsonNode node, String field) {
        return Octets.ofHex(node.get(field).asText());
    }

    static Stream<JsonNode> statements() {
        return KAT.get("statements").valueStream();
    }

    static Stream<JsonNode> keyGenerations() {
        return KAT.get("dkg").valueStream();
    }

    @ParameterizedTest
    @MethodSource("statements")
    void readsAndWritesTheSubject(JsonNode vector) throws DecodingException {
        var s = hex(vector, "S");
        var subject = Subject.decode(s.bytes());

        assertThat(Octets.of(subject.encode())).isEqualTo(s);
        assertThat(subject.signer()).isEqualTo(new Seat(0, vector.get("signer").asInt()));
        assertThat(subject.signerId()).isEqualTo(id(vector.get("signer").asInt()));
        assertThat(subject.operation().opId()).isEqualTo(hex(KAT.get("ctx"), "sessionId"));
        assertThat(Octets.of(Participant.encode(subject.operation().participants())))
                .isEqualTo(hex(KAT.get("ctx"), "parts"));
    }

    private static Octets id(int party) {
        var parts = Octets.ofHex(KAT.get("ctx").get("parts").asText()).bytes();
        return Participant.decode(parts).get(party - 1).id();
    }

    @ParameterizedTest
    @MethodSource("statements")
    void digestsTheSubjectUnderItsVerb(JsonNode vector) {
        var verb = Verb.valueOf(vector.get("verb").asText().toUpperCase(java.util.Locale.ROOT));

        assertThat(Octets.of(Statement.digest(verb, hex(vector, "S").bytes()))).isEqualTo(hex(vector, "digest"));
    }

    @ParameterizedTest
    @MethodSource("keyGenerations")
    void confirmsAKeyGeneration(JsonNode vector) {
        assertThat(confirmation(1, vector, vector.get("scheme").asInt(), hex(vector, "shareId"), hex(vector, "D2")))
                .isEqualTo(hex(vector, "K"));
    }

    @Test
    void confirmsARefresh() throws DecodingException {
        var key = KAT.get("dkg").valueStream()
                .filter(dkg -> dkg.get("curve").asText().equals("Ed25519"))
                .findFirst()
                .orElseThrow();
        var refresh = KAT.get("refresh");
        var statement = statements()
                .filter(vector -> vector.get("operation").asText().equals("refresh above"))
                .findFirst()
                .orElseThrow();
        var operation = Subject.decode(hex(statement, "S").bytes()).operation();

        assertThat(operation.confirmation()).isEqualTo(hex(refresh, "K"));
        assertThat(confirmation(2, key, key.get("scheme").asInt(), operation.newShareId(), hex(refresh, "D2")))
                .isEqualTo(hex(refresh, "K"));
    }

    private static Octets confirmation(int protocolId, JsonNode key, int scheme, Octets shareId, Octets transcript) {
        return new Confirmation(
                        protocolId,
                        hex(KAT.get("ctx"), "sessionId"),
                        Octets.of(key.get("keyId").asText().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        CURVES.getOrDefault(key.get("curve").asText(), 0),
                        scheme,
                        key.get("n").asInt(),
                        key.get("t").asInt(),
                        hex(KAT.get("ctx"), "roster"),
                        hex(key, "pk"),
                        hex(key, "cc"),
                        shareId,
                        transcript)
                .digest();
    }

    @Test
    void readsARefusalWithoutResult() throws DecodingException {
        var vector = statements().reduce((first, second) -> second).orElseThrow();
        var operation = Subject.decode(hex(vector, "S").bytes()).operation();

        assertThat(operation.hasResult()).isFalse();
        assertThat(operation.newShareId()).isEqualTo(Octets.EMPTY);
        assertThat(operation.confirmation()).isEqualTo(Octets.EMPTY);
    }

    @Test
    void namesTheSameRequestWithAndWithoutResult() throws DecodingException {
        var all = statements().toList();
        var refresh = Subject.decode(hex(all.get(all.size() - 2), "S").bytes()).operation();
        var bare = Subject.decode(hex(all.getLast(), "S").bytes()).operation();

        assertThat(refresh.withoutResult()).isEqualTo(bare);
        assertThat(bare.isSameRequestAs(refresh)).isTrue();
        assertThat(Transcript.of("2pc/refused").add(hex(all.getLast(), "S").bytes()).hash())
                .isEqualTo(hex(all.getLast(), "digest").bytes());
    }
}
