package quorate.node.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.commit.Octets;
import quorate.node.identity.Statements;
import quorate.node.key.KeyRing;
import quorate.node.key.Presence;
import quorate.node.session.PeerLinks;
import quorate.node.session.Sessions;
import quorate.rounds.Driver;
import quorate.rounds.Workers;
import quorate.store.Bytes;

/** What one node answers about set-ups, to peers that may be anybody. The set-up itself: PairsClusterTest. */
@Timeout(60)
class PairSetupsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LIMIT = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private PairNode node;
    private PairSetups setups;
    private final List<PairFrame> sent = new CopyOnWriteArrayList<>();

    private static final class NoLinks implements PeerLinks {
        @Override
        public void sendFrame(int player, byte[] envelope) {}

        @Override
        public void sendNotYet(int player, byte[] sessionId) {}

        @Override
        public void sendDeclined(int player, byte[] declined) {}
    }

    @BeforeEach
    void openNode() throws Exception {
        node = new PairNode(folder);
        setups = setups(node);
    }

    @AfterEach
    void closeNode() throws Exception {
        await(() -> !setups.isRunning(node.key, 2) && !setups.isRunning(node.key, 3));
        node.close();
    }

    private PairSetups setups(PairNode node) {
        var presence = new Presence(
                node.self,
                player -> Optional.of(new Presence.Incarnation(node.self.incarnation(), node.self.database())),
                Duration.ZERO);
        var driver = new Driver(Workers.none(), System::nanoTime, Duration.ofMillis(100));
        var sessions = new Sessions(
                new NoLinks(), driver, node.self.identity().statements(), new Statements(), 1 << 16, () -> 0L);
        return new PairSetups(
                node.database,
                new KeyRing(node.database, node.self),
                new PairBook(node.database, Clock.systemUTC(), Duration.ZERO),
                presence,
                sessions,
                (player, frame) -> sent.add(PairFrameTest.decoded(frame)),
                RANDOM,
                Clock.systemUTC(),
                LIMIT);
    }

    @Test
    void aFloodOfWishesStartsOneSetUpOfThePair() throws Exception {
        var wish = new PairFrame.Wish(Octets.of(node.key.sharing().keyId()), Octets.of(node.key.sharing().shareId()));
        for (int i = 0; i < 1000; i++) {
            setups.received(2, wish);
        }

        awaitInvitation();
        assertThat(sent).singleElement().isInstanceOf(PairFrame.Invitation.class);
        decline(2);
    }

    @Test
    void takesTheAnswerOfTheInvitedPlayerOnly() throws Exception {
        setups.begin(node.key, 2);
        awaitInvitation();
        decline(3);
        assertThat(setups.isRunning(node.key, 2)).isTrue();

        decline(2);

        await(() -> !setups.isRunning(node.key, 2));
    }

    @Test
    void runsNoGenerationFarAhead() throws Exception {
        setups.begin(node.key, 2);
        awaitInvitation();
        var invitation = (PairFrame.Invitation) sent.getFirst();
        setups.received(2, new PairFrame.Acceptance(invitation.sessionId(), Long.MAX_VALUE));

        await(() -> !setups.isRunning(node.key, 2));
        assertThat(node.database.pairStates().all()).isEmpty();
    }

    @Test
    void declinesWhatIsNotThePeersToInviteTo() throws Exception {
        setups.received(2, invitation(0, node.key.sharing().shareId()));
        setups.received(2, invitation(0, new byte[32]));

        assertThat(sent).hasSize(2).allSatisfy(answer -> assertThat(answer).isInstanceOf(PairFrame.Decline.class));
    }

    @Test
    void aFloodOfInvitationsStartsOneSetUpOfThePair() throws Exception {
        try (var invited = new PairNode(folder.resolve("invited"), 3)) {
            var theirs = setups(invited);
            var shareId = invited.key.sharing().shareId();
            theirs.received(2, invitation(Long.MAX_VALUE, shareId));
            assertThat(sent).singleElement().isInstanceOf(PairFrame.Decline.class);
            sent.clear();

            for (int i = 0; i < 500; i++) {
                theirs.received(2, invitation(5, shareId));
            }

            assertThat(sent).hasSize(500).filteredOn(PairFrame.Acceptance.class::isInstance).singleElement()
                    .isEqualTo(new PairFrame.Acceptance(Octets.of(new byte[32]), 5));
            await(() -> !theirs.isRunning(invited.key, 2));
            sent.clear();
            theirs.received(2, invitation(5, shareId));
            assertThat(sent).as("one has just ended").singleElement().isInstanceOf(PairFrame.Decline.class);
        }
    }

    @Test
    void invitesNobodyOverABanThatIsNotApproved() throws Exception {
        var ban = node.ban(2, 2, 1);
        node.database
                .bans()
                .keep(PairNode.KEY, PairNode.named(2, 0), node.id(2), node.id(1), "received", Bytes.of(ban.encode()));
        assertThat(setups.isApproved(node.key, 2)).isFalse();
        assertThat(setups.isApproved(node.key, 3)).isTrue();
        setups.begin(node.key, 2);
        assertThat(sent).isEmpty();

        setups.approve(node.key, 2, "alice");

        assertThat(setups.isApproved(node.key, 2)).isTrue();
        awaitInvitation();
        assertThat(sent.getFirst()).isInstanceOf(PairFrame.Invitation.class);
        decline(2);
    }

    private PairFrame.Invitation invitation(long generations, byte[] shareId) {
        return new PairFrame.Invitation(
                Octets.of(node.key.sharing().keyId()), Octets.of(shareId), Octets.of(new byte[32]), generations);
    }

    private void decline(int player) {
        var invitation = (PairFrame.Invitation) sent.getFirst();
        setups.received(player, new PairFrame.Decline(invitation.sessionId(), "no"));
    }

    private void awaitInvitation() throws InterruptedException {
        await(() -> !sent.isEmpty());
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            Thread.sleep(10);
        }
    }
}
