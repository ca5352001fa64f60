package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.store.TestNode.generate;
import static quorate.store.TestNode.id;
import static quorate.store.TestNode.key;
import static quorate.store.TestNode.keygen;
import static quorate.store.TestNode.reshare;
import static quorate.store.TestNode.says;
import static quorate.store.TestNode.share;
import static quorate.store.TestNode.shareOf;
import static quorate.store.TestNode.sharing;
import static quorate.store.TestNode.startReshare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each row of the table of protocols.md 5.4, and each step that is not in it. */
class OperationsTest {
    @TempDir
    Path root;

    private TestNode node;
    private Database database;
    private Operations operations;

    @BeforeEach
    void open() {
        node = TestNode.prepared(root);
        database = node.open();
        operations = database.operations();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void generatedKeyIsUsableOnlyWhenItsOperationIsClean() {
        operations.writePending(
                key("k"), keygen("k", "op", "k/0"), sharing("k/0", 0), share(7), says(Verb.PREPARED));
        assertThat(database.keys().usable()).isEmpty();
        assertThat(database.keys().offers("k")).isEmpty();

        assertThat(operations.commit("k", id("op"), says(Verb.COMMITTED))).isEqualTo(Outcome.DONE);
        assertThat(database.keys().usable()).isEmpty();
        assertThat(database.keys().offers("k")).isEmpty();

        assertThat(operations.clean("k", id("op"), says(Verb.CLEAN))).isEqualTo(Outcome.DONE);
        assertThat(database.keys().usable()).extracting(StoredKey::keyId).containsExactly("k");
        assertThat(database.keys().offers("k")).containsExactly(new Offer(0, id("k/0")));
        assertThat(shareOf(database, "k", "k/0")).isEqualTo(share(7));
    }

    @Test
    void keepsWhatWasWritten() {
        var operation = keygen("k", "op", "k/0");
        operations.writePending(key("k"), operation, sharing("k/0", 0), share(7), says(Verb.PREPARED));

        var stored = operations.find("k", id("op")).orElseThrow();
        assertThat(stored.operation()).isEqualTo(operation);
        assertThat(stored.state()).isEqualTo(OperationState.PENDING);
        assertThat(stored.createdAt()).isEqualTo(node.clock.instant());
        assertThat(operations.open()).containsExactly(stored);
        assertThat(operations.open("k")).contains(stored);
        assertThat(operations.ofKey("k")).containsExactly(stored);
        assertThat(database.statements().of("k", id("op"))).isEqualTo(says(Verb.PREPARED));
        var sharing = database.keys().sharing("k", Role.PENDING).orElseThrow();
        assertThat(sharing.sharing()).isEqualTo(sharing("k/0", 0));
        assertThat(sharing.opId()).contains(id("op"));
        assertThat(database.keys().find("k").orElseThrow().description()).isEqualTo(key("k"));
    }

    @Test
    void offersBothSharingsFromCommitToClean() {
        generate(database, "k", 1);
        var op = startReshare(database, "k", 1, 2);
        assertThat(database.keys().offers("k")).containsExactly(new Offer(0, id("k/0")));

        operations.commit("k", op, says(Verb.COMMITTED));
        assertThat(database.keys().offers("k")).containsExactly(new Offer(1, id("k/1")), new Offer(0, id("k/0")));
        assertThat(database.keys().sharing("k", Role.ACTIVE).orElseThrow().sharing()).isEqualTo(sharing("k/1", 1));

        operations.clean("k", op, says(Verb.CLEAN));
        assertThat(database.keys().offers("k")).containsExactly(new Offer(1, id("k/1")));
        assertThat(database.keys().sharing("k", id("k/0"))).isEmpty();
        assertThat(shareOf(database, "k", "k/1")).isEqualTo(share(2));
    }

    @Test
    void refusalWipesTheNewShareAndLeavesTheOldOne() {
        generate(database, "k", 1);
        var op = startReshare(database, "k", 1, 2);
        assertThat(operations.refuse("k", op, says(Verb.REFUSED))).isEqualTo(Outcome.DONE);
        assertThat(database.keys().sharings("k")).hasSize(1);
        assertThat(database.keys().offers("k")).containsExactly(new Offer(0, id("k/0")));
        assertThat(operations.find("k", op).orElseThrow().state()).isEqualTo(OperationState.REFUSED);
    }

    @Test
    void refusedKeygenFreesTheKeyId() {
        operations.writePending(key("k"), keygen("k", "op", "k/0"), sharing("k/0", 0), share(1), List.of());
        assertThat(database.keys().isFree("k")).isFalse();
        operations.refuse("k", id("op"), says(Verb.REFUSED));
        assertThat(database.keys().isFree("k")).isTrue();
        assertThat(database.keys().all()).isEmpty();
        generate(database, "k", 2);
        assertThat(operations.ofKey("k")).hasSize(2);
    }

    @Test
    void refusalOfAnUnseenOperationIsFinal() {
        var operation = new Operation(
                "k", id("op"), 1, Part.NEW_KEY, Optional.empty(), Optional.empty(), 0, TestNode.bytes("S"));
        assertThat(operations.refuseUnseen(operation, says(Verb.REFUSED))).isTrue();
        assertThat(operations.refuseUnseen(operation, says(Verb.REFUSED))).isFalse();
        assertThat(operations.find("k", id("op")).orElseThrow().state()).isEqualTo(OperationState.REFUSED);
        assertThat(operations.commit("k", id("op"), List.of())).isEqualTo(Outcome.WRONG_STATE);
        assertThatThrownBy(() -> operations.writePending(
                        key("k"), keygen("k", "op", "k/0"), sharing("k/0", 0), share(1), List.of()))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("UNIQUE");
        assertThat(database.keys().all()).isEmpty();
    }

    @Test
    void commitIsACompareAndSetOnTheBase() {
        generate(database, "k", 1);
        var op = "late";
        operations.writePending(
                reshare("k", op, Part.STAYS, "another base", "k/1", 1), sharing("k/1", 1), share(2), List.of());
        assertThat(operations.commit("k", id(op), says(Verb.COMMITTED))).isEqualTo(Outcome.BASE_DIFFERS);
        assertThat(operations.find("k", id(op)).orElseThrow().state()).isEqualTo(OperationState.PENDING);
        assertThat(database.statements().of("k", id(op))).isEmpty();
        assertThat(database.keys().sharing("k", Role.ACTIVE).orElseThrow().sharing()).isEqualTo(sharing("k/0", 0));
        assertThat(operations.refuse("k", id(op), says(Verb.REFUSED))).isEqualTo(Outcome.DONE);
    }

    @Test
    void frozenOperationRevertsToTheOldSharing() {
        generate(database, "k", 1);
        var op = startReshare(database, "k", 1, 2);
        operations.commit("k", op, says(Verb.COMMITTED));
        assertThat(operations.freeze("k", op, says(Verb.FROZEN))).isEqualTo(Outcome.DONE);
        assertThat(database.keys().offers("k")).hasSize(2);
        assertThat(operations.revert("k", op, List.of())).isEqualTo(Outcome.DONE);
        assertThat(database.keys().offers("k")).containsExactly(new Offer(0, id("k/0")));
        assertThat(database.keys().sharings("k")).hasSize(1);
        assertThat(shareOf(database, "k", "k/0")).isEqualTo(share(1));
        assertThat(operations.find("k", op).orElseThrow().state()).isEqualTo(OperationState.REVERTED);
    }

    @Test
    void frozenOperationCanStillBecomeClean() {
        generate(database, "k", 1);
        var op = startReshare(database, "k", 1, 2);
        operations.commit("k", op, says(Verb.COMMITTED));
        operations.freeze("k", op, says(Verb.FROZEN));
        assertThat(operations.clean("k", op, says(Verb.CLEAN))).isEqualTo(Outcome.DONE);
        assertThat(database.keys().offers("k")).containsExactly(new Offer(1, id("k/1")));
    }

    @Test
    void revertedKeygenFreesTheKeyId() {
        operations.writePending(key("k"), keygen("k", "op", "k/0"), sharing("k/0", 0), share(1), List.of());
        operations.commit("k", id("op"), List.of());
        operations.freeze("k", id("op"), List.of());
        assertThat(operations.revert("k", id("op"), List.of())).isEqualTo(Outcome.DONE);
        assertThat(database.keys().isFree("k")).isTrue();
        assertThat(database.keys().sharings("k")).isEmpty();
    }

    @Test
    void everyStepOutsideTheTableIsRefusedAndChangesNothing() {
        generate(database, "k", 1);
        var clean = id("keygen of k");
        assertThat(operations.commit("k", clean, List.of())).isEqualTo(Outcome.WRONG_STATE);
        assertThat(operations.refuse("k", clean, List.of())).isEqualTo(Outcome.WRONG_STATE);
        assertThat(operations.freeze("k", clean, List.of())).isEqualTo(Outcome.WRONG_STATE);
        assertThat(operations.revert("k", clean, List.of())).isEqualTo(Outcome.WRONG_STATE);
        assertThat(operations.clean("k", clean, List.of())).isEqualTo(Outcome.WRONG_STATE);

        var pending = startReshare(database, "k", 1, 2);
        assertThat(operations.clean("k", pending, List.of())).isEqualTo(Outcome.WRONG_STATE);
        assertThat(operations.freeze("k", pending, List.of())).isEqualTo(Outcome.WRONG_STATE);
        assertThat(operations.revert("k", pending, List.of())).isEqualTo(Outcome.WRONG_STATE);

        operations.commit("k", pending, List.of());
        assertThat(operations.refuse("k", pending, List.of())).isEqualTo(Outcome.WRONG_STATE);
        assertThat(operations.commit("k", pending, List.of())).isEqualTo(Outcome.WRONG_STATE);

        operations.freeze("k", pending, List.of());
        assertThat(operations.commit("k", pending, List.of())).isEqualTo(Outcome.WRONG_STATE);
        assertThat(operations.refuse("k", pending, List.of())).isEqualTo(Outcome.WRONG_STATE);
        assertThat(operations.freeze("k", id("no such"), List.of())).isEqualTo(Outcome.WRONG_STATE);
        assertThat(database.keys().offers("k")).hasSize(2);
    }

    /** R8: a node without a voice takes it back on the refusals of all others, and says nothing in between. */
    @Test
    void revertsFromCommittedToo() {
        generate(database, "k", 1);
        var op = startReshare(database, "k", 1, 2);
        operations.commit("k", op, List.of());

        assertThat(operations.revert("k", op, List.of())).isEqualTo(Outcome.DONE);
        assertThat(database.keys().offers("k")).hasSize(1);
    }

    @Test
    void databaseItselfRefusesStepsOutsideTheTable() {
        generate(database, "k", 1);
        assertThatThrownBy(() -> node.tamper("UPDATE operation SET state = 'PENDING'"))
                .hasRootCauseMessage(
                        "[SQLITE_CONSTRAINT_TRIGGER] A RAISE function within a trigger fired, causing the SQL statement "
                                + "to abort (no such transition of an operation)");
        assertThatThrownBy(() -> node.tamper("DELETE FROM operation")).hasStackTraceContaining("kept for ever");
        assertThatThrownBy(() -> node.tamper("DELETE FROM statement")).hasStackTraceContaining("kept for ever");
        assertThatThrownBy(() -> node.tamper("UPDATE statement SET bytes = x'00'"))
                .hasStackTraceContaining("stay as they are");
    }

    @Test
    void secondOperationOfAKeyIsBusy() {
        generate(database, "k", 1);
        var first = startReshare(database, "k", 1, 2);
        assertThatThrownBy(() -> operations.writePending(
                        reshare("k", "second", Part.STAYS, "k/0", "k/1b", 1), sharing("k/1b", 1), share(3), List.of()))
                .isInstanceOfSatisfying(OperationOpen.class, busy -> {
                    assertThat(busy.opId()).isEqualTo(first);
                    assertThat(busy.state()).isEqualTo(OperationState.PENDING);
                    assertThat(busy.code()).isEqualTo("BUSY");
                    assertThat(busy.check()).contains("TPC-2");
                    assertThat(busy).hasMessage("key k is busy: operation " + first.hex()
                            + " is PENDING; join or resolve that operation first");
                });
        operations.commit("k", first, List.of());
        operations.freeze("k", first, List.of());
        assertThatThrownBy(() -> operations.writeLeaving(
                        reshare("k", "third", Part.LEAVES, "k/1", "k/2", 2), List.of()))
                .isInstanceOf(OperationOpen.class)
                .hasMessageContaining("FROZEN");
    }

    @Test
    void databaseItselfRefusesASecondOpenOperation() {
        generate(database, "k", 1);
        startReshare(database, "k", 1, 2);
        assertThatThrownBy(() -> node.tamper(
                        """
                        INSERT INTO operation SELECT key_id, randomblob(32), protocol_id, part, state, base_share_id,
                            new_share_id, new_epoch, subject, created_at, updated_at FROM operation
                        WHERE state = 'PENDING'
                        """))
                .hasStackTraceContaining("UNIQUE constraint failed: operation.key_id");
    }

    @Test
    void databaseItselfRefusesASecondSharingOfARole() {
        generate(database, "k", 1);
        startReshare(database, "k", 1, 2);
        assertThatThrownBy(() -> node.tamper("UPDATE sharing SET role = 'ACTIVE'"))
                .hasStackTraceContaining("UNIQUE constraint failed: sharing.key_id, sharing.role");
    }

    @Test
    void newKeyNeedsAFreeId() {
        generate(database, "k", 1);
        assertThatThrownBy(() -> operations.writePending(
                        key("k"), keygen("k", "op", "x"), sharing("x", 0), share(1), List.of()))
                .isInstanceOfSatisfying(
                        KeyIdTaken.class, taken -> assertThat(taken.check()).contains("COM-5"))
                .hasMessage("key id k is taken by another key; choose another id");

        database.shares().delete("k", Optional.empty());
        assertThatThrownBy(() -> operations.writePending(
                        key("k"), keygen("k", "op", "x"), sharing("x", 0), share(1), List.of()))
                .isInstanceOf(KeyIdTaken.class)
                .hasMessageContaining("tombstone");
    }

    @Test
    void importMayTakeTheIdOfADeletedKey() {
        generate(database, "k", 1);
        database.shares().delete("k", Optional.empty());
        var operation = new Operation(
                "k", id("import"), 11, Part.IMPORTED_KEY, Optional.empty(), Optional.of(id("i/4")), 4,
                TestNode.bytes("S"));
        operations.writePending(key("k"), operation, sharing("i/4", 4), share(9), List.of());
        operations.commit("k", id("import"), List.of());
        assertThat(database.keys().usable()).isEmpty();
        operations.clean("k", id("import"), List.of());
        assertThat(database.keys().offers("k")).containsExactly(new Offer(4, id("i/4")));
    }

    @Test
    void joiningNodeOffersFromCommitOn() {
        var operation = reshare("k", "join", Part.JOINS, "k/0", "k/1", 1);
        operations.writePending(key("k"), operation, sharing("k/1", 1), share(5), List.of());
        assertThat(database.keys().offers("k")).isEmpty();
        operations.commit("k", id("join"), List.of());
        assertThat(database.keys().offers("k")).containsExactly(new Offer(1, id("k/1")));
        operations.freeze("k", id("join"), List.of());
        operations.revert("k", id("join"), List.of());
        assertThat(database.keys().offers("k")).isEmpty();
        assertThat(database.keys().find("k").orElseThrow().state()).isEqualTo(KeyState.ABSENT);
        assertThat(database.keys().isFree("k")).isFalse();
    }

    @Test
    void leavingNodeOffersTheOldSharingUntilClean() {
        generate(database, "k", 1);
        operations.writeLeaving(reshare("k", "leave", Part.LEAVES, "k/0", "k/1", 1), says(Verb.PREPARED));
        operations.commit("k", id("leave"), List.of());
        assertThat(database.keys().sharing("k", Role.ACTIVE)).isEmpty();
        assertThat(database.keys().offers("k")).containsExactly(new Offer(0, id("k/0")));
        operations.clean("k", id("leave"), List.of());
        assertThat(database.keys().sharings("k")).isEmpty();
        assertThat(database.keys().find("k").orElseThrow().state()).isEqualTo(KeyState.ABSENT);

        operations.writePending(
                key("k"), reshare("k", "rejoin", Part.JOINS, "k/1", "k/2", 2), sharing("k/2", 2), share(6), List.of());
        operations.commit("k", id("rejoin"), List.of());
        assertThat(database.keys().offers("k")).containsExactly(new Offer(2, id("k/2")));
    }

    @Test
    void leavingCanBeReverted() {
        generate(database, "k", 1);
        operations.writeLeaving(reshare("k", "leave", Part.LEAVES, "k/0", "k/1", 1), List.of());
        operations.commit("k", id("leave"), List.of());
        operations.freeze("k", id("leave"), List.of());
        assertThat(operations.revert("k", id("leave"), List.of())).isEqualTo(Outcome.DONE);
        assertThat(database.keys().offers("k")).containsExactly(new Offer(0, id("k/0")));
    }

    @Test
    void deadParticipantsAreDeclaredOncePerOpenOperation() {
        generate(database, "k", 1);
        var op = startReshare(database, "k", 1, 2);
        var dead = new Participant(0, 3);
        assertThat(operations.declareDead("k", op, dead)).isTrue();
        assertThat(operations.declareDead("k", op, dead)).isFalse();
        assertThat(operations.find("k", op).orElseThrow().dead()).containsExactly(dead);
        assertThat(operations.declareDead("k", id("keygen of k"), dead)).isFalse();
        assertThat(operations.declareDead("k", id("no such"), dead)).isFalse();
    }

    @Test
    void keepsStatementsOfUnknownOperations() {
        var statements = database.statements();
        assertThat(statements.keep("k", id("elsewhere"), says(1, Verb.CLEAN))).isEqualTo(1);
        assertThat(statements.keep("k", id("elsewhere"), says(1, Verb.CLEAN))).isZero();
        assertThat(statements.of("k", id("elsewhere"))).hasSize(1);
        assertThat(statements.operationsOf("k")).containsExactly(id("elsewhere"));
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations.writePending(
                        key("k"), keygen("k", "op", "k/0"), sharing("other", 0), share(1), List.of()))
                .withMessage("the operation makes another sharing than the one given");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations.writePending(
                        key("other"), keygen("k", "op", "k/0"), sharing("k/0", 0), share(1), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations.writePending(
                        reshare("k", "op", Part.STAYS, "k/0", "k/1", 1), sharing("k/1", 1), share(1), List.of()))
                .withMessage("there is no key k");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations.writeLeaving(keygen("k", "op", "k/0"), List.of()))
                .withMessage("NEW_KEY is not written this way");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Operation(
                        "k", id("op"), 2, Part.STAYS, Optional.empty(), Optional.of(id("s")), 1, TestNode.bytes("S")))
                .withMessage("STAYS needs a base sharing");
        assertThatIllegalArgumentException().isThrownBy(() -> key("a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> key("x".repeat(65)));
        assertThatIllegalArgumentException().isThrownBy(() -> key(""));
    }
}
