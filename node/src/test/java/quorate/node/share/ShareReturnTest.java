package quorate.node.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Bytes;
import quorate.api.Json;
import quorate.api.ProblemCode;
import quorate.commit.Adoption;
import quorate.commit.Octets;
import quorate.node.StoppedCluster.Dealt;
import quorate.node.StoppedCluster.Progress;
import quorate.node.StoppedCluster;
import quorate.node.identity.Bytes32;
import quorate.node.identity.Statements;
import quorate.node.key.KeyRing;
import quorate.node.key.Self;
import quorate.node.key.SettledKeys;
import quorate.node.local.LocalMessage;
import quorate.node.problem.ProblemException;
import quorate.rsa.RsaRecipient;
import quorate.rsa.RsaRecipient;
import quorate.store.Adoptions;
import quorate.store.Database;
import quorate.store.Event;
import quorate.store.KeyState;
import quorate.store.Role;
import quorate.testkit.vectors.Vectors;

/** What nodes write into share backups, and by which rules they take them back: product.md 2.3, and 2 rows 3 and 4. */
class ShareReturnTest {
    private static final byte[] NOTHING = {};

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private StoppedCluster cluster;

    @BeforeEach
    void initialise() throws Exception {
        cluster = StoppedCluster.in(folder);
    }

    @Test
    void restoresToADatabaseThatLacksTheKey() throws Exception {
        var key = cluster.generate("treasury");
        var file = plain(2, "treasury");
        cluster.lose(2);

        assertThat(restore(2, file, new ShareRules(false, false), true)).isEqualTo(ShareRules.Fate.RESTORED);
        try (var database = cluster.open(2)) {
            assertThat(database.keys().find("treasury")).isEmpty();
        }
        assertThat(restore(2, file, new ShareRules(false, false), false)).isEqualTo(ShareRules.Fate.RESTORED);
        assertHolds(2, key);
        assertThat(events(2)).containsExactly("share-restored");
    }

    @Test
    void leavesAndReplacesTheSameShare() throws Exception {
        var key = cluster.generate("treasury");
        var file = plain(2, "treasury");

        assertThat(restore(2, file, new ShareRules(false, false), false)).isEqualTo(ShareRules.Fate.UNCHANGED);
        assertThat(events(2)).isEmpty();
        assertThat(restore(2, file, new ShareRules(true, false), false)).isEqualTo(ShareRules.Fate.REPLACES);
        assertHolds(2, key);
    }

    @Test
    void refusesAnOlderEpochByNameUnlessItIsForced() throws Exception {
        var old = cluster.deal("treasury", 2);
        cluster.store(2, old, Progress.CLEAN);
        var file = plain(2, "treasury");
        var next = cluster.deal(old, 3);
        replace(2, old, next);

        for (boolean replace : new boolean[] {false, true}) {
            var refused = refusal(2, file, new ShareRules(replace, false));
            assertThat(refused.code()).isEqualTo(ProblemCode.SHARE_STALE);
            assertThat(refused).hasMessage("holds epoch 2 of key treasury, the key is at epoch 3 here");
        }
        assertThat(refusal(2, file, new ShareRules(false, true)).code()).isEqualTo(ProblemCode.TARGET_NOT_EMPTY);
        assertHolds(2, next);

        assertThat(restore(2, file, new ShareRules(true, true), false)).isEqualTo(ShareRules.Fate.FORCED);
        assertHolds(2, old);
        assertThat(events(2)).containsExactly("share-forced");
    }

    /** The row is gone, but the database remembers the operation that made a newer one. */
    @Test
    void refusesAnOlderEpochAlsoWhereTheShareItselfIsLost() throws Exception {
        var old = cluster.deal("treasury", 0);
        cluster.store(2, old, Progress.CLEAN);
        var file = plain(2, "treasury");
        cluster.lose(2);
        cluster.store(2, cluster.deal(old, 1), Progress.CLEAN);
        cluster.loseShare(2, "treasury");

        assertThat(refusal(2, file, new ShareRules(true, false)).code()).isEqualTo(ProblemCode.SHARE_STALE);
        assertThat(restore(2, file, new ShareRules(false, true), false)).isEqualTo(ShareRules.Fate.FORCED);
        assertHolds(2, old);
    }

    @Test
    void restoresTheEpochThatAnAdoptionRevivedAndNotTheOneThatItGaveUp() throws Exception {
        var old = cluster.deal("treasury", 0);
        cluster.store(2, old, Progress.CLEAN);
        var file = plain(2, "treasury");
        cluster.lose(2);
        var next = cluster.deal(old, 1);
        cluster.store(2, next, Progress.CLEAN);
        var givenUp = plain(2, "treasury");
        var opId = Octets.of(new byte[32]);
        approveAdoption(opId, 1, old, next);
        assertThat(refusal(2, file, new ShareRules(true, false)).code()).isEqualTo(ProblemCode.SHARE_STALE);

        approveAdoption(opId, 3, old, next);
        try (var database = cluster.open(2)) {
            database.adoptions()
                    .adopt("treasury", Optional.empty(), List.of(), old.shareId(), List.of(next.shareId()));
        }

        var refused = refusal(2, givenUp, new ShareRules(true, true));
        assertThat(refused.code()).isEqualTo(ProblemCode.SHARE_STALE);
        assertThat(refused).hasMessageContaining("was given up");
        assertThat(restore(2, file, new ShareRules(false, false), false)).isEqualTo(ShareRules.Fate.RESTORED);
        assertHolds(2, old);
    }

    /** Node 2 learns of the approval of a party. */
    private void approveAdoption(Octets opId, int party, Dealt revived, Dealt abandoned) {
        var adoption = Adoption.sign(
                Octets.of("treasury".getBytes(StandardCharsets.UTF_8)),
                Octets.of(revived.shareId().toArray()),
                List.of(Octets.of(abandoned.shareId().toArray())),
                opId,
                party,
                cluster.setup(party).identity().statements());
        try (var database = cluster.open(2)) {
            database.adoptions()
                    .keep(new Adoptions.Approval(
                            "treasury",
                            quorate.store.Bytes.of(opId.bytes()),
                            party,
                            quorate.store.Bytes.of(adoption.encode())));
        }
    }

    @Test
    void bringsALostRowBack() throws Exception {
        var key = cluster.generate("treasury");
        var file = plain(2, "treasury");
        cluster.loseShare(2, "treasury");

        assertThat(restore(2, file, new ShareRules(false, false), false)).isEqualTo(ShareRules.Fate.RESTORED);
        assertHolds(2, key);
    }

    @Test
    void putsANewerShareInPlaceOfAnOlderOneOnlyWhenTold() throws Exception {
        var old = cluster.deal("treasury", 0);
        var next = cluster.deal(old, 1);
        cluster.store(2, next, Progress.CLEAN);
        var file = plain(2, "treasury");
        cluster.lose(2);
        cluster.store(2, old, Progress.CLEAN);
        try (var database = cluster.open(2)) {
            database.shares().markStale("treasury", old.shareId());
        }

        assertThat(refusal(2, file, new ShareRules(false, false)).code()).isEqualTo(ProblemCode.TARGET_NOT_EMPTY);
        assertThat(restore(2, file, new ShareRules(true, false), false)).isEqualTo(ShareRules.Fate.REPLACES);
        assertHolds(2, next);
    }

    @Test
    void refusesTheShareThatIsThereAndIsStale() throws Exception {
        var key = cluster.generate("treasury");
        var file = plain(2, "treasury");
        try (var database = cluster.open(2)) {
            database.shares().markStale("treasury", key.shareId());
        }

        for (boolean force : new boolean[] {false, true}) {
            assertThat(refusal(2, file, new ShareRules(true, force)).code()).isEqualTo(ProblemCode.SHARE_STALE);
        }
        try (var database = cluster.open(2)) {
            assertThat(database.keys().find("treasury").orElseThrow().state()).isEqualTo(KeyState.STALE);
            var refused = catchThrowableOfType(
                    ProblemException.class, () -> backups(2, database).plain("treasury", ""));
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.SHARE_STALE);
        }
    }

    @Test
    void refusesAForkAndAnotherKeyOfTheSameName() throws Exception {
        var key = cluster.deal("treasury", 0);
        cluster.store(2, key, Progress.CLEAN);
        var file = plain(2, "treasury");

        cluster.lose(2);
        cluster.store(2, cluster.deal(key, 0), Progress.CLEAN);
        assertThat(refusal(2, file, new ShareRules(true, true)).code()).isEqualTo(ProblemCode.SHARE_STALE);

        cluster.lose(2);
        cluster.store(2, cluster.deal("treasury", 5), Progress.CLEAN);
        var refused = refusal(2, file, new ShareRules(true, true));
        assertThat(refused.code()).isEqualTo(ProblemCode.BACKUP_KEY);
        assertThat(refused).hasMessageContaining("its public key is");
    }

    @Test
    void refusesTheShareOfAnotherPlayerOrOfAKeyThatIsNotMeant() throws Exception {
        cluster.generate("treasury");
        var file = plain(1, "treasury");
        assertThat(refusal(2, file, new ShareRules(true, true)).code()).isEqualTo(ProblemCode.BACKUP_NODE);

        try (var database = cluster.open(1)) {
            var refused = catchThrowableOfType(ShareRefused.class, () -> returns(1, database)
                    .restore(file, NOTHING, Optional.of("payroll"), new ShareRules(true, true), false));
            assertThat(refused.code()).isEqualTo(ProblemCode.BACKUP_KEY);
            assertThat(refused).hasMessage("is of key treasury, not of payroll");
        }
    }

    @Test
    void refusesAKeyThatWasDeletedHere() throws Exception {
        cluster.generate("treasury");
        var file = plain(2, "treasury");
        try (var database = cluster.open(2)) {
            database.shares().delete("treasury", Optional.empty());
        }

        assertThat(refusal(2, file, new ShareRules(true, true)).code()).isEqualTo(ProblemCode.KEY_DELETED);
    }

    @Test
    void neitherBacksUpNorRestoresWhileAnOperationIsOpen() throws Exception {
        var key = cluster.generate("treasury");
        var file = plain(2, "treasury");
        cluster.lose(2);
        cluster.store(2, key, Progress.COMMITTED);

        assertThat(refusal(2, file, new ShareRules(true, true)).code()).isEqualTo(ProblemCode.BUSY);
        try (var database = cluster.open(2)) {
            var refused = catchThrowableOfType(
                    ProblemException.class, () -> backups(2, database).plain("treasury", ""));
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.BUSY);
        }
    }

    @Test
    void backsUpNoShareThatDoesNotFitItsKey() throws Exception {
        var key = cluster.deal("treasury", 0);
        cluster.store(2, key, StoppedCluster.otherShare(key.share(2)), Progress.CLEAN);

        try (var database = cluster.open(2)) {
            var refused = catchThrowableOfType(
                    ProblemException.class, () -> backups(2, database).plain("treasury", ""));
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.KEY_UNUSABLE);
            assertThat(catchThrowableOfType(ProblemException.class, () -> backups(2, database).plain("payroll", ""))
                            .problem()
                            .code())
                    .isEqualTo(ProblemCode.KEY_NOT_FOUND);
        }
    }

    @Test
    void sealsForListedKeysAndForNoOther() throws Exception {
        cluster.generate("treasury");
        var spki = Vectors.hex(Vectors.known("rsa"), "spki");
        var listed = Bytes32.of(RsaRecipient.of(spki).fingerprint().bytes());
        try (var database = cluster.open(2)) {
            var written = backups(2, database, Set.of(listed)).sealedFor(spki, "treasury", "");
            assertThat(written.header().protection())
                    .isEqualTo(Protection.rsa(Bytes.of(listed.bytes())));

            for (var recipients : Set.of(Set.<Bytes32>of(), Set.of(Bytes32.sha256(spki.clone())))) {
                var others = recipients.contains(listed) ? Set.of(Bytes32.sha256(NOTHING)) : recipients;
                var refused = catchThrowableOfType(
                        ProblemException.class,
                        () -> backups(2, database, others).sealedFor(spki, "treasury", ""));
                assertThat(refused.problem().code()).isEqualTo(ProblemCode.RECIPIENT_REFUSED);
                assertThat(refused.problem().detail()).contains(listed.hex());
            }
            var weak = catchThrowableOfType(
                    ProblemException.class,
                    () -> backups(2, database, Set.of(listed)).sealedFor(new byte[] {1}, "treasury", ""));
            assertThat(weak.problem().code()).isEqualTo(ProblemCode.RECIPIENT_REFUSED);
        }
    }

    @Test
    void answersTheLocalSocket() throws Exception {
        cluster.generate("treasury");
        try (var database = cluster.open(2)) {
            var restored = new ArrayList<String>();
            var local = new LocalShares(database, backups(2, database), returns(2, database), restored::add);
            var order = new ShareOrder.Backup("treasury", "", Protection.Kind.PLAIN, null, null);
            var backup = local.answer(LocalMessage.of(Json.write(new ShareOrder(order, null))));
            var restore = new ShareOrder.Restore(null, true, false, false);
            var back = local.answer(LocalMessage.of(Json.write(new ShareOrder(null, restore)), backup.attachment(0)));

            assertThat(said(back).fate()).isEqualTo(ShareRules.Fate.REPLACES);
            assertThat(restored).containsExactly("treasury");
            assertThat(database.events().latest(9).stream().map(Event::kind))
                    .containsExactly("share-restored", "share-backed-up");
            assertThat(problem(local.answer(LocalMessage.of("{}".getBytes(StandardCharsets.UTF_8)))))
                    .isEqualTo(ProblemCode.BAD_REQUEST);
            assertThat(problem(local.answer(LocalMessage.of(Json.write(new ShareOrder(null, restore))))))
                    .isEqualTo(ProblemCode.BACKUP_FORMAT);
            var password = new ShareOrder.Backup("treasury", "", Protection.Kind.PASSWORD, null, null);
            assertThat(problem(local.answer(LocalMessage.of(Json.write(new ShareOrder(password, null))))))
                    .isEqualTo(ProblemCode.BAD_REQUEST);
            var noKey = new ShareOrder.Backup("payroll", "", Protection.Kind.PLAIN, null, null);
            assertThat(problem(local.answer(LocalMessage.of(Json.write(new ShareOrder(noKey, null))))))
                    .isEqualTo(ProblemCode.KEY_NOT_FOUND);
        }
    }

    private static ProblemCode problem(LocalMessage answer) throws Exception {
        return Optional.ofNullable(said(answer).problem()).orElseThrow().code();
    }

    private static ShareAnswer said(LocalMessage answer) throws Exception {
        return Json.readAnswer(answer.json(), ShareAnswer.class);
    }

    private byte[] plain(int player, String keyId) {
        try (var database = cluster.open(player)) {
            return backups(player, database).plain(keyId, "").file();
        }
    }

    private ShareBackups backups(int player, Database database) {
        return backups(player, database, Set.of());
    }

    private ShareBackups backups(int player, Database database, Set<Bytes32> recipients) {
        var self = self(player, database);
        var ring = new KeyRing(database, self);
        return new ShareBackups(
                new SettledKeys(database, ring),
                ring,
                self,
                recipients,
                "0.1.0",
                StoppedCluster.RANDOM,
                Clock.systemUTC());
    }

    private ShareReturn returns(int player, Database database) {
        return new ShareReturn(database, self(player, database), new Statements());
    }

    private Self self(int player, Database database) {
        return new Self(
                cluster.setup(player).identity(),
                Bytes32.of(new byte[32]),
                Bytes32.of(database.node().dbi().toArray()));
    }

    private ShareRules.Fate restore(int player, byte[] file, ShareRules rules, boolean dryRun) throws ShareRefused {
        try (var database = cluster.open(player)) {
            return returns(player, database)
                    .restore(file, NOTHING, Optional.empty(), rules, dryRun)
                    .fate();
        }
    }

    private ShareRefused refusal(int player, byte[] file, ShareRules rules) throws Exception {
        var before = cluster.rows(player);
        var refused = catchThrowableOfType(ShareRefused.class, () -> restore(player, file, rules, false));
        assertThat(refused).isNotNull();
        assertThat(cluster.rows(player)).isEqualTo(before);
        return refused;
    }

    private void replace(int player, Dealt from, Dealt to) {
        try (var database = cluster.open(player)) {
            database.shares()
                    .install(
                            to.description(),
                            to.key(player).stored(),
                            to.share(player),
                            Optional.of(from.shareId()));
        }
    }

    private void assertHolds(int player, Dealt key) {
        var keyId = key.description().keyId();
        try (var database = cluster.open(player)) {
            assertThat(database.keys().find(keyId).orElseThrow().state()).isEqualTo(KeyState.USABLE);
            assertThat(database.keys().sharing(keyId, Role.ACTIVE).orElseThrow().sharing().shareId())
                    .isEqualTo(key.shareId());
            byte[] share = database.shares().use(keyId, key.shareId(), byte[]::clone);
            assertThat(share).isEqualTo(key.share(player));
        }
    }

    private List<String> events(int player) {
        try (var database = cluster.open(player)) {
            return database.events().latest(9).stream().map(Event::kind).toList();
        }
    }
}
