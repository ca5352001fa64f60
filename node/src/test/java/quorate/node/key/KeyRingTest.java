package quorate.node.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.Secrets;
import quorate.api.KeyInfo;
import quorate.api.ProblemCode;
import quorate.api.UnsoundKey;
import quorate.node.StoppedCluster;
import quorate.node.StoppedCluster.Dealt;
import quorate.node.StoppedCluster.Progress;
import quorate.node.identity.Bytes32;
import quorate.node.problem.ProblemException;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.Operation;
import quorate.store.Part;

class KeyRingTest {
    @TempDir
    Path folder;

    private StoppedCluster cluster;

    @BeforeEach
    void makeKeys() throws Exception {
        cluster = StoppedCluster.in(folder);
        cluster.store(1, cluster.deal("payroll", 0), Progress.CLEAN);
        cluster.store(1, cluster.deal("treasury", 0), Progress.CLEAN);
        cluster.spoil(1, "treasury");
    }

    @Test
    void listsAKeyWhoseRecordContradictsItselfWithItsDefect() {
        try (var database = cluster.open(1)) {
            var list = ring(database).list();

            assertThat(list.keys()).extracting(KeyInfo::keyId).containsExactly("payroll");
            assertThat(list.unsound())
                    .containsExactly(new UnsoundKey("treasury", "DKG-7", "the public key is not A_0"));
        }
    }

    @Test
    void signsWithTheOthersOnly() {
        try (var database = cluster.open(1)) {
            var ring = ring(database);

            assertThat(ring.offers("payroll")).hasSize(1);
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> ring.offers("treasury"))
                    .satisfies(refused -> {
                        assertThat(refused.problem().code()).isEqualTo(ProblemCode.KEY_UNUSABLE);
                        assertThat(refused.problem().check()).isEqualTo("DKG-7");
                        assertThat(refused.problem().detail()).contains("the public key is not A_0");
                    });
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> ring.show("treasury"))
                    .satisfies(refused ->
                            assertThat(refused.problem().code()).isEqualTo(ProblemCode.KEY_UNUSABLE));
        }
    }

    @Test
    void saysThatAKeyWasDeletedWhileItsSessionBegan() {
        try (var database = cluster.open(1);
                var secrets = new Secrets()) {
            var ring = ring(database);
            var offered = ring.offers("payroll").getFirst();
            ring.delete("payroll", Optional.empty());

            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> ring.open(offered, secrets))
                    .satisfies(refused ->
                            assertThat(refused.problem().code()).isEqualTo(ProblemCode.KEY_DELETED));
        }
    }

    @Test
    void deletesAShareThatItCannotUse() {
        try (var database = cluster.open(1)) {
            var ring = ring(database);
            ring.delete("treasury", Optional.empty());

            assertThat(ring.list().unsound()).isEmpty();
        }
    }

    /** R3 is about one operation: a sharing that came back is PREVIOUS again in the next one, and offered then. */
    @Test
    void offersASharingAgainThatCameBackAfterItWasRetired() {
        var base = cluster.deal("ledger", 0);
        var next = cluster.deal(base, 1);
        var third = cluster.deal(base, 2);
        cluster.store(1, base, Progress.CLEAN);
        try (var database = cluster.open(1)) {
            var ring = ring(database);
            var first = commit(database, base, next);
            ring.retire("ledger", base.shareId());
            ring.forgetRetired();
            assertThat(ring.offers("ledger")).hasSize(1);
            database.operations().clean("ledger", first, List.of());
            ring.forgetRetired();

            database.shares()
                    .install(base.description(), base.key(1).stored(), base.share(1), Optional.of(next.shareId()));
            commit(database, base, third);

            assertThat(ring.offers("ledger")).hasSize(2);
        }
    }

    @Test
    void helpsWithNothingThatAFrozenOperationMayTakeBack() {
        var base = cluster.deal("ledger", 0);
        var next = cluster.deal(base, 1);
        cluster.store(1, base, Progress.CLEAN);
        try (var database = cluster.open(1)) {
            var sharings = new RepairSharings(database, ring(database), keyId -> List.of());
            var operation = commit(database, base, next);
            assertThat(sharings.offers("ledger")).hasSize(2);
            assertThat(sharings.isProven("ledger", next.shareId())).isFalse();

            database.operations().freeze("ledger", operation, List.of());

            assertThat(sharings.offers("ledger")).singleElement().satisfies(offer ->
                    assertThat(Bytes.of(offer.sharing().shareId())).isEqualTo(base.shareId()));
            database.operations().clean("ledger", operation, List.of());
            assertThat(sharings.offers("ledger")).singleElement().satisfies(offer ->
                    assertThat(Bytes.of(offer.sharing().shareId())).isEqualTo(next.shareId()));
            assertThat(sharings.isProven("ledger", next.shareId())).isTrue();
        }
    }

    private static Bytes commit(Database database, Dealt from, Dealt to) {
        var opId = Bytes.random(32, StoppedCluster.RANDOM);
        var operation = new Operation(
                "ledger",
                opId,
                2,
                Part.STAYS,
                Optional.of(from.shareId()),
                Optional.of(to.shareId()),
                to.key(1).sharing().epoch(),
                Bytes.of(new byte[0]));
        database.operations().writePending(operation, to.key(1).stored(), to.share(1), List.of());
        database.operations().commit("ledger", opId, List.of());
        return opId;
    }

    private KeyRing ring(Database database) {
        var dbi = Bytes32.of(database.node().dbi().toArray());
        return new KeyRing(database, new Self(cluster.setup(1).identity(), Bytes32.of(new byte[32]), dbi));
    }
}
