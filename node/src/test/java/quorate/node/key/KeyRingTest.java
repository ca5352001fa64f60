package quorate.node.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.Secrets;
import quorate.api.KeyInfo;
import quorate.api.ProblemCode;
import quorate.api.UnsoundKey;
import quorate.node.StoppedCluster;
import quorate.node.StoppedCluster.Progress;
import quorate.node.identity.Bytes32;
import quorate.node.problem.ProblemException;
import quorate.store.Database;

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

    private KeyRing ring(Database database) {
        var dbi = Bytes32.of(database.node().dbi().toArray());
        return new KeyRing(database, new Self(cluster.setup(1).identity(), Bytes32.of(new byte[32]), dbi));
    }
}
