package quorate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.GenerateKey;
import quorate.api.Json;
import quorate.api.KeyInfo;
import quorate.api.KeyState;
import quorate.api.MalformedJson;
import quorate.api.Operation;
import quorate.api.OperationProtocol;
import quorate.api.OperationState;
import quorate.api.Peer;
import quorate.api.Pair;
import quorate.api.PairState;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.Scheme;
import quorate.api.SignRequest;
import quorate.api.SignResult;
import quorate.api.Status;
import quorate.testkit.http.FakeCluster;
import quorate.testkit.http.FakeNode;
import quorate.testkit.verify.IndependentVerifier;

class TsmTest {
    private static final Timeouts PATIENT =
            new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final Bytes MESSAGE = Bytes.of((byte) 1, (byte) 2);

    private final FakeCluster cluster = FakeCluster.of(3);
    private final Tsm tsm = connect(cluster, PATIENT);

    @AfterEach
    void stop() {
        tsm.close();
        cluster.close();
    }

    /** What the node would say with links to these players only. */
    private Status linked(int player, boolean ready, Integer... others) {
        var usual = cluster.status(player);
        var peers = usual.peers().stream()
                .map(peer -> new Peer(peer.player(), List.of(others).contains(peer.player()), peer.since()))
                .toList();
        return new Status(
                player,
                usual.softwareVersion(),
                usual.incarnation(),
                ready,
                usual.keys(),
                usual.paused(),
                peers,
                usual.operations(),
                usual.events(),
                usual.problems());
    }

    static Tsm connect(FakeCluster cluster, Timeouts timeouts) {
        var clients = new ArrayList<TsmClient>();
        for (var node : cluster.nodes()) {
            clients.add(new TsmClient(endpoint(node), ApiKey.of(FakeCluster.USER_KEY), timeouts));
        }
        return new Tsm(clients, new SecureRandom());
    }

    private KeyInfo generate(String id) {
        return tsm.generateKey(NewKey.of(Scheme.SCHNORR, Curve.ED25519, 2).named(id));
    }

    @Test
    void asksEveryPlayerForTheSameKeyUnderOneRandomId() throws MalformedJson {
        var key = tsm.generateKey(NewKey.of(Scheme.BIP340, Curve.SECP256K1, 2).labelled("treasury"));

        var bodies = cluster.nodes().stream()
                .flatMap(node -> node.calls("POST /v1/keys").stream())
                .map(call -> Bytes.of(call.body()))
                .toList();
        assertThat(bodies).hasSize(3);
        assertThat(Set.copyOf(bodies)).hasSize(1);
        var request = Json.readRequest(bodies.getFirst().toArray(), GenerateKey.class);
        assertThat(request.players()).containsExactly(1, 2, 3);
        assertThat(request.purpose()).isEqualTo("treasury");
        assertThat(key.keyId()).startsWith("key-").isEqualTo(request.keyId());
        assertThat(generate("other").publicKey()).isNotEqualTo(key.publicKey());
    }

    @Test
    void repeatsAKeyGenerationUnderTheSameIdWhenAnAnswerIsLost() {
        var lost = new AtomicInteger();
        cluster.node(2).when("POST /v1/keys", (call, exchange) -> {
            lost.incrementAndGet();
            cluster.node(2).asUsual("POST /v1/keys");
            FakeNode.hangUp().to(call, exchange);
        });

        var key = generate("k1");

        assertThat(lost).hasValue(1);
        assertThat(key.keyId()).isEqualTo("k1");
        var ids = cluster.node(2).calls("POST /v1/keys").stream()
                .map(call -> Bytes.of(call.body()))
                .collect(Collectors.toSet());
        assertThat(cluster.node(2).calls("POST /v1/keys")).hasSizeGreaterThan(1);
        assertThat(ids).hasSize(1);
    }

    @Test
    void joinsAKeyGenerationThatGoesOnAtTheNode() {
        cluster.node(3).when("POST /v1/keys", (call, exchange) -> {
            cluster.node(3).asUsual("POST /v1/keys");
            var goingOn = new Operation(
                    "k1", Bytes.parse("00".repeat(32)), OperationProtocol.KEYGEN, OperationState.PENDING);
            FakeNode.problem(Problem.of(ProblemCode.PEER_SILENT, "no answer of 1 yet")
                            .about(goingOn))
                    .to(call, exchange);
        });

        assertThat(generate("k1").keyId()).isEqualTo("k1");
    }

    @Test
    void doesNotRepeatAKeyGenerationThatWasRefused() {
        cluster.node(2).when("POST /v1/keys", FakeNode.problem(ProblemCode.PAUSED, "paused by alice until noon"));

        var failure = catchThrowableOfType(TsmException.class, () -> generate("k1"));

        assertThat(failure.code()).isEqualTo(ProblemCode.PAUSED);
        assertThat(failure.problem().player()).isEqualTo(2);
        assertThat(failure.sessionId()).isPresent();
        assertThat(cluster.node(2).calls("POST /v1/keys")).hasSize(1);
    }

    @Test
    void doesNotWaitForTheOthersLongAfterOneRefused() {
        cluster.node(1).when("POST /v1/keys", FakeNode.silence());
        cluster.node(2).when("POST /v1/keys", FakeNode.problem(ProblemCode.PAUSED, "paused"));

        var failure = catchThrowableOfType(TsmException.class, () -> generate("k1"));

        assertThat(failure.code()).isEqualTo(ProblemCode.PAUSED);
    }

    @Test
    void beginsNoKeyGenerationWhileAPlayerIsDown() {
        cluster.node(3).close();

        var failure = catchThrowableOfType(TsmException.class, () -> generate("k1"));

        assertThat(failure.code()).isEqualTo(ProblemCode.NODE_UNREACHABLE);
        assertThat(failure).hasMessageContaining("node 3");
        assertThat(failure.silent()).containsExactly(3);
        assertThat(cluster.node(1).calls("POST /v1/keys")).isEmpty();
    }

    @Test
    void waitsAMomentForTheLinksOfNodesThatHaveJustStarted() {
        cluster.node(1).when("GET /v1/status", (call, exchange) -> {
            cluster.node(1).asUsual("GET /v1/status");
            FakeNode.ok(linked(1, true, 2)).to(call, exchange);
        });

        assertThat(generate("k1").keyId()).isEqualTo("k1");
    }

    @Test
    void beginsNoKeyGenerationWithoutLinksAmongAllPlayers() {
        cluster.node(1)
                .when("GET /v1/status", FakeNode.ok(linked(1, true, 2)));

        var failure = catchThrowableOfType(TsmException.class, () -> generate("k1"));

        assertThat(failure.code()).isEqualTo(ProblemCode.NOT_ENOUGH_NODES);
        assertThat(failure).hasMessageContaining("node 1 is linked to [2]");
    }

    @Test
    void namesTheNodeThatAnswersAnotherKey() {
        cluster.node(2).when("POST /v1/keys", (call, exchange) -> {
            while (cluster.node(1).calls("POST /v1/keys").isEmpty()) {
                Thread.sleep(5);
            }
            Thread.sleep(200);
            FakeNode.ok(withEpoch(cluster.key(1, "k1"), 2, 7)).to(call, exchange);
        });

        var failure = catchThrowableOfType(TsmException.class, () -> generate("k1"));

        assertThat(failure.code()).isEqualTo(ProblemCode.NODES_DISAGREE);
        assertThat(failure).hasMessageContaining("epoch is 0 at node 1, 3 and 7 at node 2");
    }

    @Test
    void signsWithAsManyNodesAsNeededUnderAFreshIdEachTime() throws MalformedJson {
        generate("k1");

        var first = tsm.sign("k1", MESSAGE);
        var second = tsm.sign("k1", MESSAGE);

        assertThat(first.players()).hasSize(2);
        assertThat(first.sessionId()).isNotEqualTo(second.sessionId());
        var asked = cluster.nodes().stream()
                .filter(node -> !node.calls("POST /v1/keys/k1/signatures").isEmpty())
                .toList();
        assertThat(asked).hasSize(2);
        var request = Json.readRequest(
                asked.getFirst().calls("POST /v1/keys/k1/signatures").getFirst().body(), SignRequest.class);
        assertThat(request.message()).isEqualTo(MESSAGE);
    }

    @Test
    void signsWithTheNamedPlayers() {
        generate("k1");

        var signed = tsm.sign(Signing.of("k1", MESSAGE).with(List.of(3, 1)));

        assertThat(signed.players()).containsExactly(1, 3);
        assertThat(cluster.node(2).calls("POST /v1/keys/k1/signatures")).isEmpty();
    }

    @Test
    void signsWhileOneNodeIsDown() {
        generate("k1");
        cluster.node(1).close();

        assertThat(tsm.sign("k1", MESSAGE).players()).containsExactly(2, 3);
    }

    @Test
    void signsWhileOneNodeHangs() {
        generate("k1");
        cluster.node(1).when("GET /v1/status", FakeNode.silence());

        assertThat(tsm.sign("k1", MESSAGE).players()).containsExactly(2, 3);
    }

    @Test
    void signsWithOthersWhenANodeOfTheLastQuorumHasGone() {
        generate("k1");
        var last = tsm.sign("k1", MESSAGE).players();
        cluster.node(last.getFirst()).close();

        var next = tsm.sign("k1", MESSAGE).players();

        assertThat(next).hasSize(2).doesNotContain(last.getFirst());
    }

    @Test
    void leavesOutANodeThatOthersCallSilent() {
        generate("k1");
        cluster.node(3).close();
        assertThat(tsm.sign("k1", MESSAGE).players()).containsExactly(1, 2);
        var silent = Problem.of(ProblemCode.PEER_SILENT, "no message of party [2]").missing(Set.of(2));
        cluster.node(1).when("POST /v1/keys/k1/signatures", FakeNode.problem(silent));

        var failure = catchThrowableOfType(TsmException.class, () -> tsm.sign("k1", MESSAGE));

        assertThat(failure.code()).isEqualTo(ProblemCode.PEER_SILENT);
        assertThat(failure.silent()).containsExactly(2);
        assertThat(failure.getSuppressed()[0]).hasMessageContaining("NOT_ENOUGH_NODES");
    }

    @Test
    void avoidsNodesWhoseShareIsStale() {
        var key = generate("k1");
        cluster.forge(1, new KeyInfo(
                1,
                "k1",
                key.publicKey(),
                key.point(),
                key.curve(),
                key.scheme(),
                2,
                key.players(),
                0,
                key.shareId(),
                key.chainCode(),
                "",
                0,
                false,
                true,
                key.commitment(),
                KeyState.STALE,
                FakeCluster.NOW));

        assertThat(tsm.sign("k1", MESSAGE).players()).containsExactly(2, 3);
    }

    @Test
    void saysWhyTooFewNodesCanSign() {
        generate("k1");
        cluster.node(1).close();
        cluster.node(2)
                .when("GET /v1/status", FakeNode.ok(linked(2, false, 3)));

        var failure = catchThrowableOfType(TsmException.class, () -> tsm.sign("k1", MESSAGE));

        assertThat(failure.code()).isEqualTo(ProblemCode.NOT_ENOUGH_NODES);
        assertThat(failure).hasMessageContaining("node 1 at").hasMessageContaining("node 2 is not ready");
    }

    @Test
    void signsWithEcdsaAndComparesAllThatTheNodesAnswer() {
        var key = tsm.generateKey(NewKey.of(Scheme.ECDSA, Curve.SECP256K1, 2).named("e"));
        var digest = Bytes.parse("5a".repeat(32));

        var signed = tsm.sign(Signing.of("e", new ToSign.Hash(digest)).at("m/0/5").with(List.of(1, 3)));

        assertThat(signed.publicKey()).isEqualTo(KeyDerivation.publicKey(key, "m/0/5"));
        assertThat(IndependentVerifier.lowSEcdsa(
                        IndependentVerifier.Curve.SECP256K1,
                        signed.publicKey().toArray(),
                        digest.toArray(),
                        signed.signature().toArray()))
                .isTrue();
        cluster.node(3).when("POST /v1/keys/e/signatures", (call, exchange) -> {
            var request = request(call);
            FakeNode.ok(new SignResult(
                            3,
                            "e",
                            request.sessionId(),
                            signed.signature(),
                            signed.publicKey(),
                            request.players(),
                            signed.der(),
                            3))
                    .to(call, exchange);
        });
        var failure = catchThrowableOfType(
                TsmException.class,
                () -> tsm.sign(Signing.of("e", new ToSign.Hash(digest)).at("m/0/5").with(List.of(1, 3))));
        assertThat(failure.code()).isEqualTo(ProblemCode.NODES_DISAGREE);
        assertThat(failure).hasMessageContaining("recoveryId is").hasMessageContaining("3 at node 3");
    }

    @Test
    void asksForNoSignatureFromAPairThatIsBanned() {
        generate("k1");
        cluster.ban(new Pair("k1", List.of(1, 2), PairState.BANNED, "OTE-2", FakeCluster.NOW, 1));
        cluster.ban(new Pair("other", List.of(1, 3), PairState.BANNED, "OTE-2", FakeCluster.NOW, 1));

        assertThat(tsm.sign("k1", MESSAGE).players()).doesNotContainSequence(1, 2);
    }

    @Test
    void signsWithOthersWhenAPairOfTheLastQuorumWasBanned() {
        generate("k1");
        cluster.node(3).close();
        assertThat(tsm.sign("k1", MESSAGE).players()).containsExactly(1, 2);
        cluster.ban(new Pair("k1", List.of(1, 2), PairState.BANNED, "OTE-2", FakeCluster.NOW, 1));
        cluster.node(1).when("POST /v1/keys/k1/signatures", FakeNode.problem(ProblemCode.PAIR_BANNED, "pair 1-2"));

        var failure = catchThrowableOfType(TsmException.class, () -> tsm.sign("k1", MESSAGE));

        assertThat(failure.code()).isEqualTo(ProblemCode.PAIR_BANNED);
        assertThat(failure.getSuppressed()[0]).hasMessageContaining("NOT_ENOUGH_NODES");
    }

    @Test
    void namesTheNodeThatAnswersAnotherSignature() {
        generate("k1");
        cluster.node(3).when("POST /v1/keys/k1/signatures", (call, exchange) -> {
            var request = request(call);
            FakeNode.ok(new SignResult(
                            3, "k1", request.sessionId(), Bytes.parse("00".repeat(64)), Bytes.of(), request.players()))
                    .to(call, exchange);
        });

        var failure = catchThrowableOfType(
                TsmException.class, () -> tsm.sign(Signing.of("k1", MESSAGE).with(List.of(1, 2, 3))));

        assertThat(failure.code()).isEqualTo(ProblemCode.NODES_DISAGREE);
        assertThat(failure).hasMessageContaining("at node 1, 2 and 0000").hasMessageContaining("at node 3");
        assertThat(failure.sessionId()).isPresent();
    }

    @Test
    void doesNotSignAgainAfterMisbehaviour() {
        generate("k1");
        var blame = Problem.of(ProblemCode.PEER_MISBEHAVED, "z of player 2 is wrong")
                .failing("FRO-3")
                .blaming(Set.of(2));
        cluster.nodes().forEach(node -> node.when("POST /v1/keys/k1/signatures", FakeNode.problem(blame)));

        var failure = catchThrowableOfType(TsmException.class, () -> tsm.sign("k1", MESSAGE));

        assertThat(failure.culprits()).containsExactly(2);
        var attempts = cluster.nodes().stream()
                .mapToInt(node -> node.calls("POST /v1/keys/k1/signatures").size())
                .sum();
        assertThat(attempts).isEqualTo(2);
    }

    @Test
    void putsTheCauseBeforeItsConsequences() {
        generate("k1");
        cluster.node(1)
                .when("POST /v1/keys/k1/signatures", FakeNode.problem(Problem.of(ProblemCode.PEER_SILENT, "silence")
                        .missing(Set.of(2))));
        cluster.node(2).when("POST /v1/keys/k1/signatures", FakeNode.problem(ProblemCode.SHARE_STALE, "epoch 1"));

        var failure = catchThrowableOfType(
                TsmException.class, () -> tsm.sign(Signing.of("k1", MESSAGE).with(List.of(1, 2))));

        assertThat(failure.code()).isEqualTo(ProblemCode.SHARE_STALE);
        assertThat(failure).hasMessageContaining("node 1: PEER_SILENT, silence; node 2: SHARE_STALE, epoch 1");
        assertThat(failure.silent()).containsExactly(2);
    }

    @Test
    void showsAKeyWithWhatEveryNodeSays() {
        generate("k1");
        cluster.forge(2, withEpoch(cluster.key(2, "k1"), 2, 1));
        cluster.node(3).close();

        var view = tsm.showKey("k1");

        assertThat(view.agreed().epoch()).isEqualTo(1);
        assertThat(view.dissenters()).containsExactly(1);
        assertThat(view.disagreement().orElseThrow().detail()).contains("epoch is 0 at node 1 and 1 at node 2");
        assertThat(view.nodes()).hasSize(3);
        assertThat(view.nodes().getLast()).isInstanceOf(NodeAnswer.Failed.class);
    }

    @Test
    void saysThatNoNodeHasTheKey() {
        assertThatThrownBy(() -> tsm.showKey("nothing"))
                .isInstanceOfSatisfying(
                        TsmException.Answered.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.KEY_NOT_FOUND));
    }

    @Test
    void listsTheKeysOfAllNodesAndThoseThatLackThem() {
        generate("b");
        tsm.generateKey(NewKey.of(Scheme.SCHNORR, Curve.P256, 2).named("a").among(List.of(1, 2)));
        cluster.node(3).close();

        var inventory = tsm.listKeys();

        assertThat(inventory.keys().stream().map(view -> view.agreed().keyId())).containsExactly("a", "b");
        assertThat(inventory.keys().getFirst().nodes()).hasSize(2);
        assertThat(inventory.unasked()).containsOnlyKeys(3);
    }

    @Test
    void refusesPlayersThatDoNotExist() {
        assertThatThrownBy(() -> tsm.sign(Signing.of("k1", MESSAGE).with(List.of(1, 4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no node 4");
    }

    @Test
    void stopsWaitingWhenTheThreadIsInterrupted() throws InterruptedException {
        generate("k1");
        cluster.nodes().forEach(node -> node.when("POST /v1/keys/k1/signatures", FakeNode.silence()));
        var outcome = new java.util.concurrent.atomic.AtomicReference<Throwable>();
        var thread = Thread.ofVirtual().start(() -> outcome.set(
                catchThrowableOfType(TsmException.Interrupted.class, () -> tsm.sign("k1", MESSAGE))));
        while (cluster.node(1).calls("POST /v1/keys/k1/signatures").isEmpty()
                && cluster.node(2).calls("POST /v1/keys/k1/signatures").isEmpty()) {
            Thread.sleep(5);
        }

        thread.interrupt();
        thread.join();

        assertThat(outcome.get()).isInstanceOf(TsmException.Interrupted.class);
    }

    private static SignRequest request(FakeNode.Call call) {
        try {
            return Json.readRequest(call.body(), SignRequest.class);
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyInfo withEpoch(KeyInfo key, int player, long epoch) {
        return new KeyInfo(
                player,
                key.keyId(),
                key.publicKey(),
                key.point(),
                key.curve(),
                key.scheme(),
                key.threshold(),
                key.players(),
                epoch,
                key.shareId(),
                key.chainCode(),
                key.purpose(),
                key.minPathLength(),
                key.messagesOnly(),
                key.presignatures(),
                key.commitment(),
                key.state(),
                key.createdAt());
    }

    private static NodeEndpoint endpoint(FakeNode node) {
        return new NodeEndpoint(node.player(), node.api(), node.apiSha256());
    }
}
