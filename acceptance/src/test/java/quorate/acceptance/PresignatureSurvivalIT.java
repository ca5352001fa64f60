package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.acceptance.Debugger.Entry;
import quorate.api.PartialSignature;
import quorate.api.ProblemCode;
import quorate.sdk.Timeouts;
import quorate.sdk.TsmClient;
import quorate.sdk.TsmException;

/** Presignatures survive nothing: no kill -9, wherever it hits, brings one back, and nobody gets two parts of one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresignatureSurvivalIT {
    private static final int VICTIM = 2;
    private static final List<Integer> PAIR = List.of(1, VICTIM);
    private static final List<Integer> OTHERS = List.of(1, 3);
    private static final int CALLERS = 100;
    private static final int MOST_TRIES = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A hundred TLS handshakes at once take a while on few cores. */
    private static final Timeouts UNHURRIED =
            new Timeouts(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));


    private static final String ECDSA = "ecdsa";
    private static final String SCHNORR = "schnorr";
    private static final Entry CLAIM = new Entry("presign.PresignaturePool", "claim");
    private static final Entry ECDSA_PART = new Entry("node.presign.ClaimedShare", "sign");
    private static final Entry SCHNORR_PART = new Entry("frost.ClaimedNonces", "sign");
    private static final Entry DESCRIBE = new Entry("node.presign.Part", "<init>");
    private static final Entry ANSWER = new Entry("node.http.Exchange", "answer");

    /** Where the node is killed: on the way from the claim to the answer. */
    enum Step {
        BEFORE_THE_CLAIM(ECDSA, CLAIM),
        ECDSA_IS_CLAIMED(ECDSA, CLAIM, ECDSA_PART),
        SCHNORR_IS_CLAIMED(SCHNORR, CLAIM, SCHNORR_PART),
        ECDSA_IS_COMPUTED(ECDSA, ECDSA_PART, DESCRIBE),
        SCHNORR_IS_COMPUTED(SCHNORR, SCHNORR_PART, DESCRIBE),
        BEFORE_THE_ANSWER(ECDSA, ECDSA_PART, ANSWER);

        private final String scheme;

        @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
        private final List<Entry> path;

        Step(String scheme, Entry... path) {
            this.scheme = scheme;
            this.path = List.of(path);
        }
    }

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Presigned presigned;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Map<String, JsonNode> keys;

    @BeforeAll
    void makeAKeyOfEachKind(@TempDir Path work) {
        cluster = Cluster.upForEcdsa(work);
        presigned = new Presigned(cluster);
        keys = Map.of(
                ECDSA, new EcdsaSignatures(cluster).generate("secp256k1", "survival-ecdsa"),
                SCHNORR, cluster.generate("ed25519", "survival-schnorr"));
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void killedNodeTakesWhatItHeldWithIt() {
        for (var key : keys.values()) {
            var lost = presigned.make(key, PAIR, 3);
            var kept = presigned.make(key, OTHERS, 2);

            cluster.kill(VICTIM);
            cluster.start(VICTIM);

            presigned.assertSpent(key, PAIR, lost);
            presigned.await(key, PAIR, 0);
            assertThat(presigned.count(1, key, OTHERS)).as("of two nodes that live").isEqualTo(kept.size());
            for (var presignature : kept) {
                presigned.verify(key, OTHERS, EcdsaSignatures.ROOT, presignature);
            }
            presigned.verifyWithNewOne(key, PAIR);
        }
        try (var node = cluster.user(1)) {
            assertThat(node.status().events()).anySatisfy(event -> {
                assertThat(event.kind()).isEqualTo("presignatures-void");
                assertThat(event.detail()).contains("3 presignatures of key survival-");
            });
        }
        assertThat(cluster.log(1)).contains("presignatures-void");
    }

    @Test
    void poolsAreFullAgainAfterAKill() {
        keys.forEach((scheme, key) -> {
            refill(key, 3);
            presigned.await(key, PAIR, 3);

            cluster.kill(VICTIM);
            cluster.start(VICTIM);

            presigned.await(key, PAIR, 3);
            refill(key, 0);
            for (int i = 0; i < 3; i++) {
                presigned.verify(key, PAIR, EcdsaSignatures.ROOT, Presigned.NEXT);
            }
            presigned.await(key, PAIR, 0);
        });
    }

    private void refill(JsonNode key, int level) {
        cluster.run(
                        "presignatures",
                        "refill",
                        "--key",
                        key.path("keyId").asText(),
                        "--players",
                        Presigned.joined(PAIR),
                        "--level",
                        String.valueOf(level))
                .done();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void killedBetweenClaimAndAnswer(Step step) {
        var key = Objects.requireNonNull(keys.get(step.scheme));
        cluster.kill(VICTIM);
        int port = cluster.startForDebugger(VICTIM);
        var ids = presigned.make(key, PAIR, 2);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var debugger = Debugger.attach(port, step.path)) {
            var asked = threads.submit(
                    () -> presigned.part(VICTIM, key, PAIR, ids.getFirst(), Signatures.MESSAGE));
            debugger.awaitStandstill(PATIENCE);
            var fromTheOther = presigned.part(1, key, PAIR, ids.getFirst(), Signatures.MESSAGE);
            assertThat(fromTheOther.player()).isEqualTo(1);
            cluster.kill(VICTIM);
            assertThat(asked).failsWithin(PATIENCE);
        }
        cluster.start(VICTIM);

        presigned.assertSpent(key, PAIR, ids);
        presigned.await(key, PAIR, 0);
        presigned.verifyWithNewOne(key, PAIR);
    }

    /** Different messages at all its nodes: each node answers one caller, so at most one message has a signature. */
    @Test
    void oneOfAHundredCallersIsAnswered() throws InterruptedException {
        for (var key : keys.values()) {
            var presignature = presigned.make(key, PAIR, 1).getFirst();
            for (var answered : partsOfAHundredCallers(key, presignature)) {
                assertThat(answered).hasSize(1);
            }
            presigned.assertSpent(key, PAIR, List.of(presignature));
            presigned.await(key, PAIR, 0);
        }
    }

    /** By node. */
    private List<List<PartialSignature>> partsOfAHundredCallers(JsonNode key, String presignature)
            throws InterruptedException {
        var parts = new ArrayList<List<PartialSignature>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var first = cluster.user(PAIR.getFirst(), UNHURRIED);
                var second = cluster.user(PAIR.getLast(), UNHURRIED)) {
            var gate = new CountDownLatch(1);
            var asked = Stream.of(first, second)
                    .map(node -> callers()
                            .map(message -> threads.submit(() -> {
                                gate.await();
                                return insistentlyAsked(node, key, presignature, message);
                            }))
                            .toList())
                    .toList();
            gate.countDown();
            for (var node : asked) {
                parts.add(answered(node));
            }
        }
        return parts;
    }

    /** A node cuts connections that need too long to say what they want, as a hundred at once do on few cores. */
    private static PartialSignature insistentlyAsked(
            TsmClient node, JsonNode key, String presignature, byte[] message) {
        for (int tries = 1; ; tries++) {
            try {
                return Presigned.part(node, key, PAIR, presignature, message);
            } catch (TsmException.Unanswered cut) {
                if (tries == MOST_TRIES) {
                    throw cut;
                }
                Waiting.sleep(Duration.ofMillis(100));
            }
        }
    }

    private static Stream<byte[]> callers() {
        return IntStream.range(0, CALLERS).mapToObj(caller -> new byte[] {(byte) caller});
    }

    /** Everybody else is refused. */
    private static List<PartialSignature> answered(List<Future<PartialSignature>> asked) throws InterruptedException {
        var answered = new ArrayList<PartialSignature>();
        for (var call : asked) {
            try {
                answered.add(call.get());
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOfSatisfying(TsmException.class, refusal -> assertThat(refusal.code())
                        .as(refusal.toString())
                        .isEqualTo(ProblemCode.PRESIGNATURE_SPENT));
            }
        }
        return answered;
    }
}
