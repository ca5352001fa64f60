package quorate.node.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.commit.Degrees;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.SetupVector;
import quorate.commit.State;
import quorate.commit.StatusReport;
import quorate.node.StoppedCluster;
import quorate.node.StoppedCluster.Dealt;
import quorate.store.KeyState;

class CommitsTest {
    private static final Duration MINUTE = Duration.ofSeconds(61);
    private static final long SEED = 20261122;

    @TempDir
    Path folder;

    private StoppedCluster cluster;
    private CommitNet net;

    @BeforeEach
    void start() throws Exception {
        cluster = StoppedCluster.in(folder);
        net = new CommitNet(cluster);
    }

    @AfterEach
    void stop() {
        net.close();
    }

    @Test
    void reachesCleanInAnyOrderOfDelivery() throws Exception {
        for (long seed = SEED; seed < SEED + 6; seed++) {
            var random = new Random(seed);
            var key = cluster.deal("key-" + seed, 0);
            var operation = net.operation(key, CommitNet.opId());
            net.prepare(1, operation, key);
            net.prepare(2, operation, key);
            for (int early = random.nextInt(4); early > 0 && net.flying() > 0; early--) {
                net.deliverAny(random);
            }
            var end = net.begin(3, operation, key);
            for (int left = 400; net.flying() > 0 && left > 0; left--) {
                net.deliverAny(random);
            }
            net.deliverAll();

            assertClean(operation, "seed " + seed);
            assertThat(end).isCompletedWithValue(State.CLEAN);
        }
    }

    @Test
    void recoversLostFramesByTheExchangeOfEveryMinute() throws Exception {
        var operation = prepareEverywhere("treasury");
        net.loseEverything();

        net.tick();
        assertThat(net.flying()).isZero();
        for (int minute = 0; minute < 4; minute++) {
            net.pass(MINUTE);
            net.tick();
            net.deliverAll();
        }

        assertClean(operation, "");
    }

    @Test
    void recoversLostFramesWhenTheLinksComeUp() throws Exception {
        var operation = prepareEverywhere("treasury");
        net.loseEverything();

        for (int round = 0; round < 3; round++) {
            linkAll();
            net.deliverAll();
        }

        assertClean(operation, "");
    }

    @Test
    void finishesAfterACrashAtAnyPoint() throws Exception {
        for (int delivered = 0; delivered <= 12; delivered += 2) {
            var operation = prepareEverywhere("key-" + delivered);
            for (int frame = 0; frame < delivered && net.flying() > 0; frame++) {
                net.deliverFirst();
            }

            net.restart(2);
            for (int round = 0; round < 3; round++) {
                linkAll();
                net.deliverAll();
            }

            assertClean(operation, "crash after " + delivered + " frames");
            assertThat(net.node(2).rolledBack()).isEmpty();
        }
    }

    @Test
    void givesAnOperationUpOnlyAfterEverybodyReachableWasAsked() throws Exception {
        var key = cluster.deal("treasury", 0);
        var operation = net.operation(key, CommitNet.opId());
        net.unreachable(3);
        var end = net.begin(1, operation, key);
        net.prepare(2, operation, key);
        net.deliverAll();

        net.pass(CommitNet.PENDING_DEADLINE);
        net.node(1).commits().tick();
        assertThat(net.state(1, operation)).contains(State.PENDING);
        net.node(1).commits().tick();
        assertThat(net.state(1, operation)).contains(State.PENDING);
        net.deliverAll();
        net.node(1).commits().tick();

        assertThat(net.state(1, operation)).contains(State.REFUSED);
        assertThat(end).isCompletedWithValue(State.REFUSED);
        assertThat(net.node(1).database().keys().find("treasury")).isEmpty();
    }

    @Test
    void doesNotWaitForeverForAPeerThatDoesNotAnswer() throws Exception {
        var key = cluster.deal("treasury", 0);
        var operation = net.operation(key, CommitNet.opId());
        net.prepare(1, operation, key);

        net.pass(CommitNet.PENDING_DEADLINE);
        net.node(1).commits().tick();
        net.pass(Duration.ofSeconds(9));
        net.node(1).commits().tick();
        assertThat(net.state(1, operation)).contains(State.PENDING);
        net.pass(Duration.ofSeconds(2));
        net.node(1).commits().tick();

        assertThat(net.state(1, operation)).contains(State.REFUSED);
    }

    @Test
    void nodesThatOnlyRepeatThemselvesDoNotKeepAnOperationAlive() throws Exception {
        var key = cluster.deal("treasury", 0);
        var operation = net.operation(key, CommitNet.opId());
        net.unreachable(3);
        net.prepare(1, operation, key);
        net.prepare(2, operation, key);

        for (int minute = 0; minute < 13; minute++) {
            net.deliverAll();
            net.pass(MINUTE);
            net.tick();
        }

        assertThat(net.state(1, operation)).contains(State.REFUSED);
        assertThat(net.state(2, operation)).contains(State.REFUSED);
    }

    @Test
    void answersAQuestionAboutAnOperationThatItNeverSawWithRefused() throws Exception {
        var key = cluster.deal("treasury", 0);
        var operation = net.operation(key, CommitNet.opId());
        net.prepare(1, operation, key);
        net.loseEverything();

        net.linkUp(1, 3);
        net.deliverAll();

        assertThat(net.state(3, operation)).contains(State.REFUSED);
        var one = net.node(1).commits().find(operation.keyId(), operation.opId()).orElseThrow();
        assertThat(one.statements().all()).hasSize(2);
    }

    @Test
    void doesNotRefuseAnOperationWhoseSessionRuns() throws Exception {
        var key = cluster.deal("treasury", 0);
        var operation = net.operation(key, CommitNet.opId());
        net.node(3).commits().began(operation.opId());
        net.prepare(1, operation, key);
        net.prepare(2, operation, key);
        net.linkUp(1, 3);
        net.deliverAll();
        assertThat(net.state(3, operation)).isEmpty();

        net.prepare(3, operation, key);
        net.node(3).commits().ended(operation.opId());
        net.deliverAll();

        assertClean(operation, "");
    }

    @Test
    void afterARefusalTheOthersDoNotFinish() throws Exception {
        var key = cluster.deal("treasury", 0);
        var operation = net.operation(key, CommitNet.opId());
        net.node(3).commits().refuse(operation.withoutResult(), Degrees.of(1));
        var end = net.begin(1, operation, key);
        net.prepare(2, operation, key);

        for (int minute = 0; minute < 13; minute++) {
            net.deliverAll();
            net.pass(MINUTE);
            net.tick();
        }

        assertThat(net.states(operation)).containsOnly(Optional.of(State.REFUSED));
        assertThat(end).isCompletedWithValue(State.REFUSED);
        for (int player = 1; player <= 3; player++) {
            assertThat(net.node(player).database().keys().isFree("treasury")).isTrue();
        }
    }

    @Test
    void aFloodOfUnknownOperationsDoesNotGrowTheDatabase() throws Exception {
        var operation = prepareEverywhere("treasury");
        net.deliverAll();
        var machine = net.machine(net.node(2).self());
        var known = cluster.deal("treasury", 0);
        var unknown = cluster.deal("unknown", 0);

        for (int number = 0; number < Unseen.OPERATIONS + 40; number++) {
            for (var key : new Dealt[] {known, unknown}) {
                var other = net.operation(key, CommitNet.opId());
                var said = machine.refuseWithoutResult(other, Degrees.of(1)).writeTo(change -> {});
                net.node(1).commits().received(
                        2, new CommitFrame.Said(said.statements().getFirst()).encode());
            }
        }

        var statements = net.node(1).database().statements();
        assertThat(statements.operationsOf("treasury")).hasSize(Unseen.OPERATIONS + 1);
        assertThat(statements.operationsOf("unknown")).isEmpty();
        assertThat(net.state(1, operation)).contains(State.CLEAN);
    }

    @Test
    void aFloodOfQuestionsDoesNotGrowTheDatabase() throws Exception {
        var machine = net.machine(net.node(2).self());
        int refused = 0;
        for (int number = 0; number < 50; number++) {
            var key = cluster.deal("key-" + number, 0);
            var operation = net.operation(key, CommitNet.opId());
            var said = machine.prepare(
                            operation, SetupVector.NONE, Degrees.of(1), Octets.EMPTY, Optional.empty())
                    .writeTo(change -> {});
            var question = new StatusReport(operation.opId(), said.statements());
            net.node(1).commits().received(2, new CommitFrame.Question(question).encode());
            refused += net.state(1, operation).isPresent() ? 1 : 0;
        }

        assertThat(refused).isEqualTo(1);
    }

    @Test
    void dropsWhatIsNoFrame() throws Exception {
        var operation = prepareEverywhere("treasury");
        var random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            var garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            if (garbage.length > 0) {
                garbage[0] = (byte) (1 + random.nextInt(5));
            }
            net.node(1).commits().received(2, garbage);
        }
        net.deliverAll();

        assertClean(operation, "");
    }

    @Test
    void noticesThatItsDatabaseWasRolledBack() throws Exception {
        var key = cluster.deal("treasury", 0);
        var operation = net.operation(key, CommitNet.opId());
        var old = folder.resolve("old.db");
        net.restartAfter(2, () -> Files.copy(cluster.database(2), old));
        var later = net.operation(key, operation.opId());
        net.prepare(1, later, key);
        net.prepare(2, later, key);
        net.deliverAll();

        net.restartAfter(2, () -> Files.copy(old, cluster.database(2), StandardCopyOption.REPLACE_EXISTING));
        net.linkUp(1, 2);
        net.deliverAll();

        assertThat(net.node(2).rolledBack()).isNotEmpty().allMatch(detail -> detail.startsWith("TPC-4"));
        assertThat(net.state(2, later)).isEmpty();
        assertThat(net.node(1).rolledBack()).isEmpty();
    }

    @Test
    void tellsTheEndOfAnOperationThatIsClosedAlready() throws Exception {
        var operation = prepareEverywhere("treasury");
        net.deliverAll();

        assertThat(net.node(1).commits().end(operation.keyId(), operation.opId()))
                .isCompletedWithValue(State.CLEAN);
    }

    private Operation prepareEverywhere(String keyId) throws Exception {
        var key = cluster.deal(keyId, 0);
        var operation = net.operation(key, CommitNet.opId());
        for (int player = 1; player <= 3; player++) {
            net.prepare(player, operation, key);
        }
        return operation;
    }

    private void linkAll() {
        net.linkUp(1, 2);
        net.linkUp(1, 3);
        net.linkUp(2, 3);
    }

    private void assertClean(Operation operation, String description) {
        assertThat(net.states(operation)).as(description).containsOnly(Optional.of(State.CLEAN));
        var keyId = new String(operation.keyId().bytes(), StandardCharsets.UTF_8);
        for (int player = 1; player <= 3; player++) {
            var key = net.node(player).database().keys().find(keyId).orElseThrow();
            assertThat(key.state()).as(description).isEqualTo(KeyState.USABLE);
        }
    }
}
