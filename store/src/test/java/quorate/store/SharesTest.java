package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.store.TestNode.bytes;
import static quorate.store.TestNode.generate;
import static quorate.store.TestNode.id;
import static quorate.store.TestNode.key;
import static quorate.store.TestNode.share;
import static quorate.store.TestNode.shareOf;
import static quorate.store.TestNode.sharing;
import static quorate.store.TestNode.startReshare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {
    @TempDir
    Path root;

    private TestNode node;
    private Database database;
    private Shares shares;

    @BeforeEach
    void open() {
        node = TestNode.prepared(root);
        database = node.open();
        shares = database.shares();
        generate(database, "k", 1);
        generate(database, "l", 2);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void opensAShareForOneUseAndWipesIt() throws Exception {
        var kept = shares.<byte[], RuntimeException>use("k", id("k/0"), secret -> {
            assertThat(secret).isEqualTo(share(1));
            return secret;
        });
        assertThat(kept).containsOnly(0);
        assertThatThrownBy(() -> shares.<Void, IOException>use("k", id("k/0"), secret -> {
                    throw new IOException("of the caller");
                }))
                .isInstanceOf(IOException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shares.<Integer, RuntimeException>use("k", id("l/0"), secret -> 1))
                .withMessageContaining("this node holds no sharing");
    }

    /** Whoever can write the file moves a sealed share to where it does not belong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE sharing SET sealed_share = (SELECT sealed_share FROM sharing WHERE key_id = 'l') WHERE key_id = 'k'",
                "UPDATE sharing SET epoch = 1 WHERE key_id = 'k'",
                "UPDATE sharing SET chain_code = zeroblob(32) WHERE key_id = 'k'",
                "UPDATE sharing SET sealed_share = zeroblob(61) WHERE key_id = 'k'",
                "UPDATE sharing SET sealed_share = x'' WHERE key_id = 'k'",
                "UPDATE sharing SET sealed_share = substr(sealed_share, 1, 60) WHERE key_id = 'k'",
                "UPDATE sharing SET sealed_share = CAST(sealed_share || x'00' AS BLOB) WHERE key_id = 'k'",
                "UPDATE sharing SET sealed_share = (SELECT sealed_node_secret FROM node) WHERE key_id = 'k'"
            })
    void refusesASealedShareThatWasChangedOrMoved(String sql) {
        node.tamper(sql);
        assertThatThrownBy(() -> shareOf(database, "k", "k/0"))
                .isInstanceOfSatisfying(
                        Damaged.class, refusal -> assertThat(refusal.code()).isEqualTo("DAMAGED"))
                .hasMessageContaining("the secret of table sharing, key k, player 2, epoch ")
                .hasMessageEndingWith("does not open: it is damaged or was put there from elsewhere");
        assertThat(shareOf(database, "l", "l/0")).isEqualTo(share(2));
    }

    @Test
    void refusesAShareUnderTheIdOfAnotherSharing() {
        node.tamper("UPDATE sharing SET share_id = zeroblob(32) WHERE key_id = 'k'");
        assertThatThrownBy(() ->
                        shares.<Integer, RuntimeException>use("k", Bytes.of(new byte[32]), secret -> secret.length))
                .isInstanceOf(Damaged.class);
    }

    @Test
    void aRowOutsideItsDomainIsDamage() {
        node.tamper("PRAGMA ignore_check_constraints = ON; UPDATE sharing SET my_index = 7 WHERE key_id = 'k'");
        assertThatThrownBy(() -> database.keys().sharings("k"))
                .isInstanceOf(Damaged.class)
                .hasMessage("the database holds a row that nothing writes: no sharing has n = 3, degree = 1, index = 7");
        database.close();
        assertThatThrownBy(node::open)
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("CHECK constraint failed in sharing");
        node.tamper("UPDATE sharing SET my_index = 2 WHERE key_id = 'k'");
        database = node.open();
    }

    @Test
    void refusesTheShareOfAnotherPlayerAndOfAnotherDatabase() {
        var dataKey = new byte[Vault.DATA_KEY_BYTES];
        var mine = new NodeName(2, id("node 2"));
        var theirs = new NodeName(3, id("node 2"));
        try (var vault = new Vault(mine, dataKey, TestNode.RANDOM);
                var otherPlayer = new Vault(theirs, dataKey, TestNode.RANDOM)) {
            var sealed = vault.sealShare("k", sharing("k/0", 0), share(1));
            assertThat(vault.<Integer, RuntimeException>useShare("k", sharing("k/0", 0), sealed, s -> s.length))
                    .isEqualTo(32);
            assertThatThrownBy(() -> otherPlayer.<Integer, RuntimeException>useShare(
                            "k", sharing("k/0", 0), sealed, s -> s.length))
                    .isInstanceOf(Damaged.class)
                    .hasMessageContaining("player 3");
            dataKey[0] = 1;
            try (var otherDatabase = new Vault(mine, dataKey, TestNode.RANDOM)) {
                assertThatThrownBy(() -> otherDatabase.<Integer, RuntimeException>useShare(
                                "k", sharing("k/0", 0), sealed, s -> s.length))
                        .isInstanceOf(Damaged.class);
            }
        }
    }

    @Test
    void installsARepairedShareInPlaceOfAStaleOne() {
        assertThat(shares.markStale("k", id("another"))).isEqualTo(Outcome.BASE_DIFFERS);
        assertThat(shares.markStale("k", id("k/0"))).isEqualTo(Outcome.DONE);
        assertThat(shares.markStale("k", id("k/0"))).isEqualTo(Outcome.WRONG_STATE);
        assertThat(database.keys().offers("k")).isEmpty();
        assertThat(database.keys().usable()).extracting(StoredKey::keyId).containsExactly("l");

        assertThat(shares.install(key("k"), sharing("k/3", 3), share(9), Optional.empty()))
                .isEqualTo(Outcome.BASE_DIFFERS);
        assertThat(shares.install(key("k"), sharing("k/3", 3), share(9), Optional.of(id("k/0"))))
                .isEqualTo(Outcome.DONE);
        assertThat(database.keys().offers("k")).containsExactly(new Offer(3, id("k/3")));
        assertThat(database.keys().sharings("k")).hasSize(1);
        assertThat(shareOf(database, "k", "k/3")).isEqualTo(share(9));
    }

    @Test
    void installsAShareOfTheSameSharingOverADamagedOne() {
        node.tamper("UPDATE sharing SET sealed_share = zeroblob(61) WHERE key_id = 'k'");
        assertThat(shares.install(key("k"), sharing("k/0", 0), share(1), Optional.of(id("k/0"))))
                .isEqualTo(Outcome.DONE);
        assertThat(shareOf(database, "k", "k/0")).isEqualTo(share(1));
    }

    @Test
    void installsAKeyThatThisDatabaseNeverKnew() {
        assertThat(shares.install(key("m"), sharing("m/2", 2), share(3), Optional.empty())).isEqualTo(Outcome.DONE);
        assertThat(database.keys().offers("m")).containsExactly(new Offer(2, id("m/2")));
        assertThat(database.keys().sharing("m", Role.ACTIVE).orElseThrow().opId()).isEmpty();
    }

    @Test
    void doesNotInstallOverAnotherKeyOrADeletedOne() {
        var other = new KeyDescription("k", "ecdsa", "secp256k1", "payments", bytes("other"));
        assertThatThrownBy(() -> shares.install(other, sharing("x", 1), share(3), Optional.of(id("k/0"))))
                .isInstanceOf(KeyIdTaken.class)
                .hasMessageContaining("other attributes");
        assertThat(shareOf(database, "k", "k/0")).isEqualTo(share(1));
        shares.delete("k", Optional.empty());
        assertThatThrownBy(() -> shares.install(key("k"), sharing("k/0", 0), share(1), Optional.empty()))
                .isInstanceOf(KeyIdTaken.class)
                .hasMessageContaining("tombstone");
        assertThat(database.keys().find("k")).isEmpty();
    }

    @Test
    void neitherInstallsNorDeletesWhileAnOperationIsOpen() {
        startReshare(database, "k", 1, 3);
        assertThatThrownBy(() -> shares.install(key("k"), sharing("x", 1), share(3), Optional.of(id("k/0"))))
                .isInstanceOf(OperationOpen.class);
        assertThatThrownBy(() -> shares.delete("k", Optional.empty())).isInstanceOf(OperationOpen.class);
        assertThat(shareOf(database, "k", "k/0")).isEqualTo(share(1));
    }

    @Test
    void aRepairEndsTheOpenOperationThatItIsGiven() {
        startReshare(database, "k", 1, 3);
        var opId = database.operations().open("k").orElseThrow().operation().opId();
        var base = Optional.of(id("k/0"));
        assertThat(shares.install(
                        key("k"), sharing("k/9", 9), share(9), base, id("another"), OperationState.CLEAN, List.of()))
                .isEqualTo(Outcome.WRONG_STATE);
        assertThat(shares.install(
                        key("k"), sharing("k/9", 9), share(9), Optional.empty(), opId, OperationState.CLEAN, List.of()))
                .isEqualTo(Outcome.BASE_DIFFERS);
        assertThat(database.operations().open("k")).isPresent();

        assertThat(shares.install(
                        key("k"), sharing("k/9", 9), share(9), base, opId, OperationState.REVERTED, List.of()))
                .isEqualTo(Outcome.DONE);

        assertThat(database.operations().open("k")).isEmpty();
        assertThat(database.operations().find("k", opId).orElseThrow().state()).isEqualTo(OperationState.REVERTED);
        assertThat(database.keys().sharings("k")).hasSize(1);
        assertThat(database.keys().offers("k")).containsExactly(new Offer(9, id("k/9")));
        assertThat(shareOf(database, "k", "k/9")).isEqualTo(share(9));
    }

    @Test
    void deletionLeavesATombstoneForEver() {
        var certificate = bytes("certificate");
        assertThat(shares.delete("k", Optional.of(certificate))).isEqualTo(Outcome.DONE);
        assertThat(shares.delete("k", Optional.of(certificate))).isEqualTo(Outcome.WRONG_STATE);
        assertThat(database.keys().sharings("k")).isEmpty();
        assertThat(database.keys().find("k")).isEmpty();
        assertThat(database.keys().isFree("k")).isFalse();
        var expected =
                new Tombstone(2, "k", bytes("public key"), Optional.of(certificate), node.clock.instant());
        assertThat(database.tombstones().of(2)).containsExactly(expected);
        assertThatThrownBy(() -> node.tamper("DELETE FROM tombstone")).hasStackTraceContaining("kept for ever");
        assertThatThrownBy(() -> node.tamper("UPDATE tombstone SET certificate = NULL"))
                .hasStackTraceContaining("stay as they are");
    }

    @Test
    void keepsTombstonesOfPeersWithoutTakingTheirIds() {
        var theirs = new Tombstone(1, "m", bytes("pk"), Optional.empty(), node.clock.instant());
        assertThat(database.tombstones().keep(theirs)).isTrue();
        assertThat(database.tombstones().keep(theirs)).isFalse();
        assertThat(database.tombstones().of(1)).isEqualTo(List.of(theirs));
        assertThat(database.keys().isFree("m")).isTrue();
        var returned = new Tombstone(2, "m", bytes("pk"), Optional.empty(), node.clock.instant());
        assertThat(database.tombstones().keep(returned)).isTrue();
        assertThat(database.keys().isFree("m")).isFalse();
    }
}
