package quorate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quorate.algebra.DecodingException;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.Json;
import quorate.api.KeyAttributes;
import quorate.api.KeyInfo;
import quorate.api.MalformedJson;
import quorate.api.PartialRequest;
import quorate.api.PartialSignature;
import quorate.api.Presign;
import quorate.api.PresignatureLevels;
import quorate.api.Presigned;
import quorate.api.ProblemCode;
import quorate.api.Scheme;
import quorate.api.Taproot;
import quorate.key.ShareId;
import quorate.testkit.http.FakeCluster;
import quorate.testkit.http.FakeNode;
import quorate.testkit.verify.IndependentVerifier;

/** Signatures from presignatures, put together here of what fake nodes with real keys answer. */
class PresignatureTest {
    private static final Timeouts PATIENT =
            new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final Bytes MESSAGE = Bytes.of("pay 1".getBytes(StandardCharsets.UTF_8));
    private static final String PARTIALS = "POST /v1/keys/k/partial-signatures";

    private final FakeCluster cluster = FakeCluster.of(4);
    private final Tsm tsm = TsmTest.connect(cluster, PATIENT);

    @AfterEach
    void stop() {
        tsm.close();
        cluster.close();
    }

    /** Of players 1, 3 and 4, whose places among the parties are not their numbers. */
    private KeyInfo ecdsa(Curve curve) {
        return tsm.generateKey(NewKey.of(Scheme.ECDSA, curve, 2).named("k").among(List.of(1, 3, 4)));
    }

    private KeyInfo ed25519() {
        return tsm.generateKey(NewKey.of(Scheme.SCHNORR, Curve.ED25519, 2).named("k").among(List.of(1, 3, 4)));
    }

    private List<Bytes> presign(int count, Integer... players) {
        return tsm.presign("k", List.of(players), count).presignatureIds();
    }

    @ParameterizedTest
    @CsvSource({"SECP256K1, m", "SECP256K1, m/0/2147483647", "P256, m", "P256, m/7/0/1"})
    void combinesEcdsaAndVerifies(Curve curve, String path) {
        var key = ecdsa(curve);
        presign(2, 3, 4);

        var signed = tsm.signWithPresignature(Signing.of("k", MESSAGE).at(path));

        assertThat(signed.players()).containsExactly(3, 4);
        assertThat(signed.publicKey()).isEqualTo(KeyDerivation.publicKey(key, path));
        var digest = sha256(MESSAGE);
        var verifier = curve == Curve.P256 ? IndependentVerifier.Curve.P256 : IndependentVerifier.Curve.SECP256K1;
        var signature = signed.signature().toArray();
        assertThat(IndependentVerifier.ecdsa(verifier, signed.publicKey().toArray(), digest, signature))
                .isTrue();
        assertThat(curve == Curve.P256
                        || IndependentVerifier.lowSEcdsa(verifier, signed.publicKey().toArray(), digest, signature))
                .isTrue();
        var recoveryId = signed.recoveryId();
        assertThat(recoveryId).isNotNull();
        assertThat(IndependentVerifier.recover(verifier, digest, signature, recoveryId == null ? -1 : recoveryId))
                .hasValueSatisfying(found -> assertThat(Bytes.of(found)).isEqualTo(signed.publicKey()));
        var der = signed.der();
        assertThat(der == null ? "" : der.hex()).startsWith("30");
    }

    @Test
    void signsAHashMixingANonceOfTheCaller() {
        var key = ecdsa(Curve.SECP256K1);
        presign(2, 1, 3);
        var digest = Bytes.parse("ff".repeat(32));
        var signing = Signing.of("k", new ToSign.Hash(digest)).mixing(Bytes.parse("07".repeat(32)));

        var signed = tsm.signWithPresignature(signing);

        assertThat(IndependentVerifier.lowSEcdsa(
                        IndependentVerifier.Curve.SECP256K1,
                        key.publicKey().toArray(),
                        digest.toArray(),
                        signed.signature().toArray()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"m", "m/1/2"})
    void combinesEd25519AndVerifies(String path) {
        var key = ed25519();
        presign(1, 1, 4);

        var signed = tsm.signWithPresignature(Signing.of("k", MESSAGE).at(path));

        assertThat(signed.publicKey()).isEqualTo(KeyDerivation.publicKey(key, path));
        assertThat(IndependentVerifier.ed25519(
                        signed.publicKey().toArray(), MESSAGE.toArray(), signed.signature().toArray()))
                .isTrue();
        assertThat(signed.der()).isNull();
    }

    @Test
    void makesPresignaturesInRequestsThatTheApiTakes() {
        ecdsa(Curve.SECP256K1);

        var batch = tsm.presign("k", List.of(), 2001);

        assertThat(batch.players()).hasSize(2);
        assertThat(new HashSet<>(batch.presignatureIds())).hasSize(2001);
        var counts = batch.players().stream()
                .flatMap(player -> cluster.node(player).calls("POST /v1/keys/k/presignatures").stream())
                .map(call -> read(call, Presign.class))
                .toList();
        assertThat(counts.stream().map(Presign::sessionId).distinct()).hasSize(3);
        assertThat(counts.stream().mapToInt(Presign::count).max()).hasValue(1000);
    }

    @Test
    void usesTheNamedPresignatureOnceAndFindsItsPlayers() {
        ecdsa(Curve.SECP256K1);
        var id = presign(3, 1, 4).get(1);

        var signed = tsm.signWithPresignature(Signing.of("k", MESSAGE), id);

        assertThat(signed.presignatureId()).isEqualTo(id);
        assertThat(signed.players()).containsExactly(1, 4);
        var failure = catchThrowableOfType(
                TsmException.class, () -> tsm.signWithPresignature(Signing.of("k", MESSAGE), id));
        assertThat(failure.code()).isEqualTo(ProblemCode.PRESIGNATURE_SPENT);
        assertThat(cluster.presignatures(1, "k")).isEqualTo(2);
    }

    @Test
    void saysThatTheProcessesOfAPresignatureNoLongerRun() {
        ecdsa(Curve.SECP256K1);
        var made = presign(1, 1, 4).getFirst().hex();
        var ofAnotherProcess = Bytes.parse(made.substring(0, made.length() - 16) + "00".repeat(8));

        var failure = catchThrowableOfType(
                TsmException.class, () -> tsm.signWithPresignature(Signing.of("k", MESSAGE), ofAnotherProcess));

        assertThat(failure.code()).isEqualTo(ProblemCode.PRESIGNATURE_SPENT);
        assertThat(failure).hasMessageContaining("only those of nodes [1] still run");
        assertThat(cluster.node(1).calls(PARTIALS)).isEmpty();
    }

    @Test
    void takesAnotherOneWhenSomebodyElseWasFaster() {
        ecdsa(Curve.SECP256K1);
        var first = presign(2, 1, 3).getFirst();
        cluster.node(3).when(PARTIALS, (call, exchange) -> {
            cluster.node(3).asUsual(PARTIALS);
            FakeNode.problem(ProblemCode.PRESIGNATURE_SPENT, "claimed").to(call, exchange);
        });

        var signed = tsm.signWithPresignature(Signing.of("k", MESSAGE).with(List.of(1, 3)));

        assertThat(signed.presignatureId()).isNotEqualTo(first);
        assertThat(cluster.node(3).calls(PARTIALS)).hasSize(2);
        assertThat(read(cluster.node(3).calls(PARTIALS).getFirst(), PartialRequest.class).presignature())
                .isEqualTo(first);
    }

    @Test
    void signsWithPlayersThatAllHoldSome() {
        ecdsa(Curve.SECP256K1);
        presign(1, 1, 3);
        presign(1, 3, 4);
        cluster.node(1).close();

        assertThat(tsm.signWithPresignature(Signing.of("k", MESSAGE)).players()).containsExactly(3, 4);
    }

    @Test
    void saysThatNobodyHoldsAnyTogether() {
        ecdsa(Curve.SECP256K1);
        presign(1, 1, 3);
        cluster.forgetPresignatures(3);

        var failure =
                catchThrowableOfType(TsmException.class, () -> tsm.signWithPresignature(Signing.of("k", MESSAGE)));

        assertThat(failure.code()).isEqualTo(ProblemCode.NO_PRESIGNATURE);
        assertThat(failure).hasMessageContaining("node 1 holds 1").hasMessageContaining("node 3 holds 0");
    }

    @Test
    void namesNobodyForAWrongEcdsaPart() {
        ecdsa(Curve.SECP256K1);
        var id = presign(1, 1, 3).getFirst();
        lie(3, id, Bytes.parse("01".repeat(64)));

        var failure = catchThrowableOfType(
                TsmException.class, () -> tsm.signWithPresignature(Signing.of("k", MESSAGE), id));

        assertThat(failure.code()).isEqualTo(ProblemCode.SIGNATURE_INVALID);
        assertThat(failure.problem().check()).isEqualTo("SIG-9");
        assertThat(failure.culprits()).isEmpty();
    }

    @Test
    void namesThePlayerOfAWrongFrostPart() {
        ed25519();
        var id = presign(1, 1, 4).getFirst();
        lie(4, id, Bytes.parse("01" + "00".repeat(31)));

        var failure = catchThrowableOfType(
                TsmException.class, () -> tsm.signWithPresignature(Signing.of("k", MESSAGE), id));

        assertThat(failure.code()).isEqualTo(ProblemCode.PEER_MISBEHAVED);
        assertThat(failure.problem().check()).isEqualTo("FRO-3");
        assertThat(failure.culprits()).containsExactly(4);
    }

    /** Node 1 answers its part, and the other the same with another share. */
    private void lie(int liar, Bytes id, Bytes share) {
        var honest = cluster.node(1);
        var request = new PartialRequest(id, List.of(1, liar), MESSAGE, null, null, null, null);
        try (var client = new TsmClient(
                new NodeEndpoint(1, honest.api(), honest.apiSha256()), ApiKey.of(FakeCluster.USER_KEY), PATIENT)) {
            var part = client.signPartially("k", request);
            honest.when(PARTIALS, FakeNode.ok(part));
            cluster.node(liar)
                    .when(
                            PARTIALS,
                            FakeNode.ok(new PartialSignature(
                                    liar,
                                    "k",
                                    id,
                                    part.request(),
                                    share,
                                    part.nonce(),
                                    part.commitments(),
                                    part.publicKey())));
        }
    }

    @Test
    void namesTheNodesWhosePartsAreOfDifferentRequests() {
        ecdsa(Curve.SECP256K1);
        var id = presign(1, 1, 3).getFirst();
        cluster.node(3).when(PARTIALS, FakeNode.ok(new PartialSignature(
                3, "k", id, Bytes.parse("00".repeat(32)), Bytes.of(), Bytes.of(), Bytes.of(), Bytes.of())));

        var failure = catchThrowableOfType(
                TsmException.class, () -> tsm.signWithPresignature(Signing.of("k", MESSAGE), id));

        assertThat(failure.code()).isEqualTo(ProblemCode.NODES_DISAGREE);
        assertThat(failure).hasMessageContaining("request is");
    }

    @Test
    void namesTheNodesThatMadeDifferentPresignatures() {
        ecdsa(Curve.SECP256K1);
        cluster.node(3)
                .when(
                        "POST /v1/keys/k/presignatures",
                        FakeNode.ok(new Presigned(3, "k", List.of(1, 3), List.of(Bytes.parse("00".repeat(48))))));

        var failure = catchThrowableOfType(TsmException.class, () -> presign(1, 1, 3));

        assertThat(failure.code()).isEqualTo(ProblemCode.NODES_DISAGREE);
        assertThat(failure.sessionId()).isPresent();
    }

    @Test
    void presignsOnceMoreWhereAPairWasJustBeingSetUp() {
        ecdsa(Curve.SECP256K1);
        var route = "POST /v1/keys/k/presignatures";
        cluster.node(3).when(route, FakeNode.problem(ProblemCode.PAIR_STATE_DIVERGED, "not yet"));

        var failure = catchThrowableOfType(TsmException.class, () -> presign(1, 1, 3));

        assertThat(failure.code()).isEqualTo(ProblemCode.PAIR_STATE_DIVERGED);
        var sessions = cluster.node(3).calls(route).stream()
                .map(call -> read(call, Presign.class).sessionId())
                .toList();
        assertThat(sessions).hasSize(2).doesNotHaveDuplicates();
        cluster.node(3).asUsual(route);
        assertThat(presign(1, 1, 3)).hasSize(1);
    }

    @Test
    void refusesAPathWithoutSpendingAnything() {
        ecdsa(Curve.SECP256K1);
        var id = presign(1, 1, 3).getFirst();

        var failure = catchThrowableOfType(
                TsmException.class, () -> tsm.signWithPresignature(Signing.of("k", MESSAGE).at("m/44'"), id));

        assertThat(failure.code()).isEqualTo(ProblemCode.PATH_REFUSED);
        assertThat(cluster.presignatures(1, "k")).isEqualTo(1);
    }

    @Test
    void refusesAKeyWhoseRecordContradictsItself() {
        var key = ecdsa(Curve.SECP256K1);
        presign(1, 1, 3);
        for (int player : List.of(1, 3)) {
            cluster.forge(player, withShareId(key, player, Bytes.parse("00".repeat(32))));
        }

        var failure = catchThrowableOfType(
                TsmException.class, () -> tsm.signWithPresignature(Signing.of("k", MESSAGE).with(List.of(1, 3))));

        assertThat(failure.code()).isEqualTo(ProblemCode.NODE_ANSWER_INVALID);
        assertThat(failure).hasMessageContaining("contradicts itself");
        assertThat(cluster.presignatures(1, "k")).isEqualTo(1);
    }

    @Test
    void asksAgainWhenWhatItRemembersOfAKeyDoesNotFit() {
        var key = ecdsa(Curve.SECP256K1);
        var other = tsm.generateKey(NewKey.of(Scheme.ECDSA, Curve.SECP256K1, 2).named("other"));
        presign(2, 1, 3);
        var signing = Signing.of("k", MESSAGE).with(List.of(1, 3));
        List.of(1, 3).forEach(player -> cluster.forge(player, withKeyOf(key, player, other)));
        assertThat(catchThrowableOfType(TsmException.class, () -> tsm.signWithPresignature(signing))
                        .code())
                .isEqualTo(ProblemCode.NODES_DISAGREE);

        List.of(1, 3).forEach(player -> cluster.forge(player, withShareId(key, player, key.shareId())));

        assertThat(tsm.signWithPresignature(signing).publicKey()).isEqualTo(key.publicKey());
    }

    @Test
    void countsRefillsAndDeletesOnEveryNode() {
        ecdsa(Curve.SECP256K1);
        presign(3, 1, 3);

        var orders = tsm.refill("k", List.of(1, 3), 50);

        assertThat(orders.given()).containsOnlyKeys(1, 3);
        var counts = tsm.presignatureCount("k");
        assertThat(counts.given().values().stream().map(PresignatureLevels::count)).containsExactly(3, 3, 0);
        assertThat(counts.failures()).containsOnlyKeys(2);
        var pools = counts.given().firstEntry().getValue().pools();
        assertThat(pools.getFirst().level()).isEqualTo(50);
        tsm.deletePresignatures("k");
        assertThat(cluster.presignatures(1, "k")).isZero();
    }

    @Test
    void wipesOnePresignatureOrThoseOfAKeyOnOneNode() {
        ecdsa(Curve.SECP256K1);
        var ids = presign(3, 1, 3);
        var node = cluster.node(1);
        var endpoint = new NodeEndpoint(1, node.api(), node.apiSha256());
        try (var user = new TsmClient(endpoint, ApiKey.of(FakeCluster.USER_KEY), PATIENT);
                var admin = new AdminClient(endpoint, ApiKey.of(FakeCluster.ADMIN_KEY), PATIENT)) {
            assertThat(user.deletePresignature("k", ids.get(1)).deleted()).isEqualTo(1);
            assertThat(user.deletePresignature("k", ids.get(1)).deleted()).isZero();
            assertThat(admin.deletePresignatures("k").deleted()).isEqualTo(2);
        }
        assertThat(cluster.presignatures(3, "k")).isEqualTo(3);
    }

    @Test
    void makesNoPresignaturesOfAKeyWithoutThem() {
        tsm.generateKey(NewKey.of(Scheme.ECDSA, Curve.P256, 2).named("k").with(new KeyAttributes(0, true, false)));

        var failure = catchThrowableOfType(TsmException.class, () -> presign(1, 1, 2));

        assertThat(failure.code()).isEqualTo(ProblemCode.PRESIGNATURES_OFF);
    }

    @Test
    void derivesTheOutputKeyOfBip341FromThePointWithItsSign() {
        var key = tsm.generateKey(NewKey.of(Scheme.BIP340, Curve.SECP256K1, 2).named("k"));

        assertThat(KeyDerivation.publicKey(key, "m")).isEqualTo(key.publicKey());
        assertThat(KeyDerivation.publicKey(key, "m/0").size()).isEqualTo(32);
        assertThat(KeyDerivation.effective(key, "m", new Taproot(null)))
                .isNotEqualTo(KeyDerivation.effective(key, "m", new Taproot(Bytes.parse("00".repeat(32)))));
    }

    private static KeyInfo withShareId(KeyInfo key, int player, Bytes shareId) {
        return new KeyInfo(
                player,
                key.keyId(),
                key.publicKey(),
                key.point(),
                key.curve(),
                key.scheme(),
                key.threshold(),
                key.players(),
                key.epoch(),
                shareId,
                key.chainCode(),
                key.purpose(),
                key.minPathLength(),
                key.messagesOnly(),
                key.presignatures(),
                key.commitment(),
                key.state(),
                key.createdAt());
    }

    private static KeyInfo withKeyOf(KeyInfo key, int player, KeyInfo other) {
        var coefficients = new ArrayList<Point>();
        try {
            for (var coefficient : other.commitment()) {
                coefficients.add(Groups.SECP256K1.decodePoint(coefficient.toArray()));
            }
        } catch (DecodingException e) {
            throw new IllegalStateException(e);
        }
        var shareId = ShareId.of(
                key.keyId().getBytes(StandardCharsets.UTF_8), key.epoch(), new PublicPolynomial(coefficients));
        return new KeyInfo(
                player,
                key.keyId(),
                other.publicKey(),
                other.point(),
                key.curve(),
                key.scheme(),
                key.threshold(),
                key.players(),
                key.epoch(),
                Bytes.of(shareId),
                key.chainCode(),
                key.purpose(),
                key.minPathLength(),
                key.messagesOnly(),
                key.presignatures(),
                other.commitment(),
                key.state(),
                key.createdAt());
    }

    private static <T> T read(FakeNode.Call call, Class<T> type) {
        try {
            return Json.readRequest(call.body(), type);
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(Bytes message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message.toArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
