package quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.api.Curve;
import quorate.api.GenerateKey;
import quorate.api.Scheme;
import quorate.api.SignRequest;
import quorate.api.Status;
import quorate.node.config.NodeSetup;
import quorate.store.Bytes;
import quorate.store.Database;

/** Bans that dishonest node 3 signs with its own key and shows to honest nodes 1 and 2 (protocols.md 3.6). */
@Timeout(240)
class HostileBansTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<Integer> ALL = List.of(1, 2, 3);
    private static final List<Integer> HONEST = List.of(1, 2);
    private static final int LIAR = 3;

    @TempDir
    static Path folder;

    private static RunningCluster cluster;
    private static ExecutorService callers;

    @BeforeAll
    static void startNodes() throws Exception {
        cluster = RunningCluster.start(folder.resolve("cluster"));
        callers = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterAll
    static void stopNodes() {
        callers.shutdownNow();
        cluster.close();
    }

    @BeforeEach
    void allNodesRun() throws Exception {
        cluster.awaitAll();
    }

    @Test
    void aBanOfANodeAgainstItselfStopsNobody() throws Exception {
        generate("self");
        for (int player : HONEST) {
            pool(player).order("self", HONEST, 2);
        }
        awaitHeld("self", 2);

        // The liar shows it to the others. A node that took it in before it knew better has it for ever.
        var setup = Bytes.random(32, RANDOM);
        changed(LIAR, database -> keep(database, "self", setup, LIAR, LIAR));
        changed(1, database -> keep(database, "self", setup, LIAR, LIAR));
        cluster.awaitAll();

        awaitHeld("self", 2);
        Thread.sleep(Duration.ofMillis(1_500));
        for (int player : HONEST) {
            assertThat(cluster.node(player).ending()).as("the watch of player " + player).isNotDone();
            assertThat(pool(player).counts("self")).containsEntry(HONEST, 2);
        }
    }

    @Test
    void aBanOfAPairOfOthersChangesNothing() throws Exception {
        generate("foreign");
        var setups = new ArrayList<Bytes>();
        changed(1, database -> database.pairStates().all().stream()
                .filter(state -> state.keyId().equals("foreign") && state.peer() == 2)
                .forEach(state -> setups.add(state.setup())));
        cluster.awaitAll();
        presign("foreign", 4);
        awaitHeld("foreign", 4);

        // Statements of key generation say the names of all setups in clear.
        changed(LIAR, database -> {
            keep(database, "foreign", setups.getFirst(), LIAR, 1);
            keep(database, "foreign", setups.getFirst(), LIAR, 2);
        });
        cluster.awaitAll();
        for (int player : HONEST) {
            awaitEvent(player, "pair 3-" + player);
        }

        awaitHeld("foreign", 4);
        presign("foreign", 2);
        awaitHeld("foreign", 6);
        for (int player : HONEST) {
            assertThat(status(player).pairs()).noneMatch(pair -> pair.players().equals(HONEST));
        }
        // It has banned no setup of its own pairs.
        var request = new SignRequest(apiId(), List.of(1, LIAR), quorate.api.Bytes.of(new byte[32]), null);
        var answers = cluster.post(List.of(1, LIAR), "/v1/keys/foreign/signatures", player -> request);
        assertThat(answers.of(1).status()).isEqualTo(200);
    }

    private static Status status(int player) throws Exception {
        return cluster.call(player, "admin", "GET", "/v1/status", null).as(Status.class);
    }

    private static void awaitEvent(int player, String part) throws Exception {
        while (status(player).events().stream().noneMatch(event -> event.detail().contains(part))) {
            Thread.sleep(Duration.ofMillis(50));
        }
    }

    private static void generate(String keyId) throws Exception {
        var request = new GenerateKey(apiId(), keyId, Scheme.ECDSA, Curve.SECP256K1, 2, ALL, null);
        for (var answer : cluster.post(ALL, "/v1/keys", player -> request).all()) {
            assertThat(answer.status()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(201);
        }
    }

    private static void presign(String keyId, int count) throws Exception {
        var id = Bytes.random(32, RANDOM).toArray();
        var pending = new ArrayList<Future<?>>();
        for (int player : HONEST) {
            pending.add(callers.submit(() -> pool(player).presign(keyId, HONEST, id, count)));
        }
        for (var answer : pending) {
            answer.get();
        }
    }

    private static quorate.node.presign.Presignatures pool(int player) {
        return cluster.node(player).presignatures();
    }

    /** Under a standing order, or made before. */
    private static void awaitHeld(String keyId, int count) throws Exception {
        for (int player : HONEST) {
            while (pool(player).counts(keyId).getOrDefault(HONEST, 0) != count) {
                assertThat(cluster.node(player).ending()).as("player " + player).isNotDone();
                Thread.sleep(Duration.ofMillis(50));
            }
        }
    }

    /** Stops a node, changes its database and starts it again. */
    private static void changed(int player, Consumer<Database> change) throws Exception {
        cluster.stop(player);
        try (var database = open(player)) {
            change.accept(database);
        }
        cluster.start(player);
    }

    private static Database open(int player) throws Exception {
        var setup = setup(player);
        return Database.open(
                StorageSettings.of(setup.config(), setup.identity()),
                Bytes.random(32, RANDOM),
                RANDOM,
                Clock.systemUTC());
    }

    private static NodeSetup setup(int player) {
        try {
            return NodeSetup.load(cluster.config(player));
        } catch (quorate.node.config.ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A ban that the liar signed; it says so itself, or a node that was told. */
    private static void keep(Database database, String keyId, Bytes setup, int accuser, int accused) {
        var by = id(accuser);
        var against = id(accused);
        var digest = Transcript.of("ban")
                .add(keyId.getBytes(StandardCharsets.UTF_8))
                .add(setup.toArray())
                .add(by.toArray())
                .add(against.toArray())
                .hash();
        var body = Encoding.enc(
                keyId.getBytes(StandardCharsets.UTF_8), setup.toArray(), by.toArray(), against.toArray());
        var signature = setup(LIAR).identity().statements().sign(digest);
        var bytes = Encoding.concat(Encoding.i2osp(body.length, 4), body, signature);
        database.bans().keep(keyId, setup, by, against, "received", Bytes.of(bytes));
    }

    private static Bytes id(int player) {
        return Bytes.of(setup(player).identity().id().bytes());
    }

    private static quorate.api.Bytes apiId() {
        return quorate.api.Bytes.of(Bytes.random(GenerateKey.SESSION_ID_BYTES, RANDOM).toArray());
    }
}
