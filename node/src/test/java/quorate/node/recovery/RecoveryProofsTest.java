package quorate.node.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Bytes;
import quorate.api.CreateRecoveryProof;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.node.StoppedCluster;
import quorate.node.StoppedCluster.Progress;
import quorate.node.identity.Bytes32;
import quorate.node.key.KeyRing;
import quorate.node.key.Self;
import quorate.node.key.SettledKeys;
import quorate.node.problem.ProblemException;
import quorate.rsa.Fingerprint;
import quorate.store.Database;
import quorate.testkit.vectors.Vectors;

/** What a node gives for emergency recovery and to whom (PVE-0), and what it accepts of others (PVE-1 to PVE-3). */
class RecoveryProofsTest {
    private static final byte[] SPKI = Vectors.hex(Vectors.known("rsa"), "spki");
    private static final Set<Bytes32> LISTED = Set.of(Bytes32.of(Fingerprint.of(SPKI).bytes()));

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private StoppedCluster cluster;

    @BeforeEach
    void initialise() throws Exception {
        cluster = StoppedCluster.in(folder);
    }

    @Test
    void everyNodeValidatesThePartOfEveryOther() throws Exception {
        cluster.generate("treasury");
        cluster.generate("payroll");
        byte[] part;
        try (var database = cluster.open(2)) {
            part = proofs(2, database, LISTED).prove(asking("treasury", "payroll")).encode();
        }
        for (int player = 1; player <= 3; player++) {
            try (var database = cluster.open(player)) {
                var validated = proofs(player, database, LISTED).validate(part);
                assertThat(validated.player()).isEqualTo(player);
                assertThat(validated.index()).isEqualTo(2);
                assertThat(validated.keyIds()).containsExactly("treasury", "payroll");
                assertThat(validated.digest().toArray()).isEqualTo(Vectors.sha256(part));
            }
        }
    }

    @Test
    void anUnlistedKeyIsRefusedWhenProvingAndWhenValidating() throws Exception {
        cluster.generate("treasury");
        try (var database = cluster.open(1)) {
            var part = proofs(1, database, LISTED).prove(asking("treasury")).encode();
            for (var recipients : List.of(Set.<Bytes32>of(), Set.of(Bytes32.sha256(new byte[1])))) {
                var proofs = proofs(1, database, recipients);
                for (Attempt attempt : new Attempt[] {
                    () -> proofs.prove(asking("treasury")), () -> proofs.validate(part)
                }) {
                    var refused = refused(attempt);
                    assertThat(refused.code()).isEqualTo(ProblemCode.RECIPIENT_REFUSED);
                    assertThat(refused.check()).isEqualTo("PVE-0");
                }
            }
        }
    }

    @Test
    void aPartOfAnotherEpochIsNotAsThisNodeKnowsTheKey() throws Exception {
        var old = cluster.deal("treasury", 0);
        cluster.store(1, old, Progress.CLEAN);
        cluster.store(2, cluster.deal(old, 1), Progress.CLEAN);
        byte[] part;
        try (var database = cluster.open(1)) {
            part = proofs(1, database, LISTED).prove(asking("treasury")).encode();
        }
        try (var database = cluster.open(2)) {
            var refused = refused(() -> proofs(2, database, LISTED).validate(part));
            assertThat(refused.code()).isEqualTo(ProblemCode.RECOVERY_INVALID);
            assertThat(refused.check()).isEqualTo("PVE-1");
        }
    }

    @Test
    void aPartThatWasChangedOrIsNoneIsRefusedByItsCheck() throws Exception {
        cluster.generate("treasury");
        try (var database = cluster.open(1)) {
            var proofs = proofs(1, database, LISTED);
            var part = proofs.prove(asking("treasury")).encode();
            part[part.length - 1] ^= 1;
            assertThat(refused(() -> proofs.validate(part)).check()).isEqualTo("PVE-3");
            assertThat(refused(() -> proofs.validate(new byte[100])).check()).isEqualTo("PVE-2");
        }
    }

    @Test
    void aTimeFarFromTheClockAndAnUnknownKeyAreRefused() throws Exception {
        cluster.generate("treasury");
        try (var database = cluster.open(1)) {
            var proofs = proofs(1, database, LISTED);
            var late = new CreateRecoveryProof(
                    List.of("treasury"), Bytes.of(SPKI), "policy", Instant.now().minus(Duration.ofMinutes(11)));
            assertThat(refused(() -> proofs.prove(late)).code()).isEqualTo(ProblemCode.BAD_REQUEST);
            assertThat(refused(() -> proofs.prove(asking("nobody"))).code()).isEqualTo(ProblemCode.KEY_NOT_FOUND);
        }
    }

    private interface Attempt {
        Object run() throws InterruptedException;
    }

    private static Problem refused(Attempt attempt) {
        return catchThrowableOfType(ProblemException.class, attempt::run).problem();
    }

    private static CreateRecoveryProof asking(String... keyIds) {
        return new CreateRecoveryProof(List.of(keyIds), Bytes.of(SPKI), "policy", Instant.now());
    }

    private RecoveryProofs proofs(int player, Database database, Set<Bytes32> recipients) {
        var self = new Self(
                cluster.setup(player).identity(),
                Bytes32.of(new byte[32]),
                Bytes32.of(database.node().dbi().toArray()));
        var ring = new KeyRing(database, self);
        return new RecoveryProofs(
                ring, new SettledKeys(database, ring), self, recipients, StoppedCluster.RANDOM, Clock.systemUTC());
    }
}
