package quorate.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quorate.node.link.Recorder.Event;

/** PSG-4 of protocols.md 15.2 over sockets: at most one current process per player. */
class ProcessesTest {
    private final TestMesh mesh = new TestMesh(3);

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void refusesASecondProcessWhileTheFirstAnswersAndTellsBoth() throws Exception {
        var three = mesh.start(3);
        var first = mesh.start(1);
        three.told().awaitUp(1, first.incarnation());
        mesh.move(1, TestMesh.ANY);
        var second = mesh.start(1, Samples.restarted(first.incarnation()));
        second.told().awaitRefused(3, Refusal.DUPLICATE_PLAYER, true);
        three.told().awaitRefused(1, Refusal.DUPLICATE_PLAYER, false);
        assertThat(three.links().current(1)).contains(first.incarnation());
        assertThat(three.told().events(Event.Down.class)).isEmpty();
        assertThat(second.told().events(Event.Up.class)).isEmpty();
    }

    @Test
    void acceptsTheSecondProcessAsSoonAsTheFirstIsClosed() throws Exception {
        var three = mesh.start(3);
        var first = mesh.start(1);
        three.told().awaitUp(1, first.incarnation());
        mesh.move(1, TestMesh.ANY);
        var second = mesh.start(1, Samples.restarted(first.incarnation()));
        second.told().awaitRefused(3, Refusal.DUPLICATE_PLAYER, true);
        first.links().close();
        three.told().awaitUp(1, second.incarnation());
        second.told().awaitUp(3, three.incarnation());
    }

    @Test
    void acceptsANewProcessWhenTheOldOneLeavesTwoPingsUnanswered() throws Exception {
        var three = mesh.startImpatient(3, Samples.incarnation());
        try (var relay = new Relay(mesh.address(3))) {
            var direct = mesh.address(3);
            mesh.move(3, relay.address());
            var first = mesh.startImpatient(1, Samples.incarnation());
            three.told().awaitUp(1, first.incarnation());
            relay.fallSilent();
            mesh.move(3, direct);
            mesh.move(1, TestMesh.ANY);
            var second = mesh.startImpatient(1, Samples.restarted(first.incarnation()));
            three.told().awaitUp(1, second.incarnation());
            var events = three.told().events();
            assertThat(events.subList(0, 3))
                    .containsExactly(
                            new Event.Up(1, first.incarnation()),
                            new Event.Down(1, first.incarnation()),
                            new Event.Up(1, second.incarnation()));
            assertThat(second.told().events(Event.Refused.class)).isEmpty();
        }
    }

    @Test
    void findsAHalfOpenLinkAndMakesItAgain() throws Exception {
        var three = mesh.startImpatient(3, Samples.incarnation());
        try (var relay = new Relay(mesh.address(3))) {
            mesh.move(3, relay.address());
            var one = mesh.startImpatient(1, Samples.incarnation());
            three.told().awaitUp(1);
            one.told().awaitUp(3);
            relay.fallSilent();
            three.told().awaitDown(1);
            one.told().awaitDown(3);
        }
    }

    @Test
    void keepsAnIdleLinkByPings() throws Exception {
        var nodes = mesh.startAll();
        Thread.sleep(2500);
        nodes.forEach(node -> assertThat(node.told().events(Event.Down.class)).isEmpty());
    }

    @Test
    void neverAcceptsAReplacedProcessAgain() throws Exception {
        var three = mesh.start(3);
        var first = Samples.incarnation();
        var second = Samples.restarted(first);
        bringUpAndClose(three, first, 1);
        bringUpAndClose(three, second, 1);
        assertRefused(three, first, 2, Refusal.REPLACED_INCARNATION);
        bringUpAndClose(three, second, 2);
    }

    @Test
    void refusesAnEarlierStartAndShowsWhatItRemembers() throws Exception {
        var three = mesh.start(3);
        var later = new Incarnation(Samples.random32(), Samples.random32(), 7);
        bringUpAndClose(three, later, 4);
        var earlier = new Incarnation(Samples.random32(), later.dbi(), 6);
        try (var impostor = dial(1)) {
            var said = impostor.introduce(Samples.link(1, 3, earlier, 1), new byte[0]);
            assertThat(SignedLink.decode(said.remembered())).isEqualTo(Samples.link(1, 3, later, 4));
            assertThat(impostor.expectRefusal()).isEqualTo(Refusal.EARLIER_START);
        }
        three.told().awaitRefused(1, Refusal.EARLIER_START, false);
    }

    @Test
    void refusesALinkThatIsNotNewer() throws Exception {
        var three = mesh.start(3);
        var incarnation = Samples.incarnation();
        bringUpAndClose(three, incarnation, 5);
        assertRefused(three, incarnation, 5, Refusal.EARLIER_LINK);
        assertRefused(three, new Incarnation(incarnation.inc(), incarnation.dbi(), 9), 6, Refusal.CONTRADICTION);
    }

    @Test
    void letsTheSameProcessReplaceItsOwnLink() throws Exception {
        var three = mesh.start(3);
        var incarnation = Samples.incarnation();
        try (var old = dial(1)) {
            old.bringUp(Samples.link(1, 3, incarnation, 1));
            three.told().awaitUp(1);
            three.told().forget();
            try (var fresh = dial(1)) {
                fresh.bringUp(Samples.link(1, 3, incarnation, 2));
                three.told().awaitUp(1);
                assertThat(three.told().events())
                        .containsExactly(new Event.Down(1, incarnation), new Event.Up(1, incarnation));
            }
            old.awaitEnd();
        }
    }

    @Test
    void tellsANodeWhoseDatabaseWasRolledBack() throws Exception {
        var three = mesh.start(3);
        var before = mesh.start(1, new Incarnation(Samples.random32(), Samples.random32(), 7));
        three.told().awaitUp(1, before.incarnation());
        before.links().close();
        three.told().awaitDown(1);
        mesh.move(1, TestMesh.ANY);
        var restored = new Incarnation(Samples.random32(), before.incarnation().dbi(), 6);
        var rolledBack = mesh.start(1, restored, new MemoryLinkStore());
        rolledBack.told().await("evidence", event -> event instanceof Event.RolledBack);
        var evidence = rolledBack.told().events(Event.RolledBack.class).getFirst();
        assertThat(evidence.witness()).isEqualTo(3);
        assertThat(evidence.evidence().incarnation()).isEqualTo(before.incarnation());
        assertThat(rolledBack.told().events(Event.Up.class)).isEmpty();
        assertThat(three.told().events(Event.Up.class)).hasSize(1);
    }

    @Test
    void tellsAProcessThatIsAnOlderCopyOfItself() throws Exception {
        var three = mesh.start(3);
        var original = mesh.start(1);
        three.told().awaitUp(1);
        original.links().close();
        three.told().awaitDown(1);
        mesh.move(1, TestMesh.ANY);
        var copy = mesh.start(1, original.incarnation(), new MemoryLinkStore());
        copy.told().await("evidence", event -> event instanceof Event.OlderCopy);
        assertThat(copy.told().events(Event.Up.class)).isEmpty();
    }

    @Test
    void isNotStoppedByAPeerThatShowsItsOwnLatestLink() throws Exception {
        var three = mesh.start(3);
        try (var impostor = dial(1)) {
            impostor.send(FrameType.LINK, Samples.link(1, 3, Samples.incarnation(), 1).encode());
            var said = impostor.expect(FrameType.LINK);
            impostor.send(FrameType.REMEMBERED, said);
            impostor.expect(FrameType.REMEMBERED);
            impostor.expect(FrameType.ACCEPTED);
            impostor.send(FrameType.ACCEPTED, new byte[0]);
            three.told().awaitUp(1);
        }
        assertThat(three.told().events(Event.OlderCopy.class)).isEmpty();
    }

    @Test
    void ignoresEvidenceThatItHasNotSigned() throws Exception {
        var three = mesh.start(3);
        var forged = SignedLink.sign(
                Samples.identity(3).id(),
                Samples.identity(1).id(),
                new Incarnation(Samples.random32(), three.incarnation().dbi(), 99),
                1,
                1,
                Samples.identity(1).statements());
        try (var impostor = dial(1)) {
            impostor.introduce(Samples.link(1, 3, Samples.incarnation(), 1), forged.encode());
            impostor.expect(FrameType.ACCEPTED);
            impostor.send(FrameType.ACCEPTED, new byte[0]);
            three.told().awaitUp(1);
        }
        assertThat(three.told().events(Event.RolledBack.class)).isEmpty();
    }

    private void bringUpAndClose(TestMesh.Node node, Incarnation incarnation, long linkNo) throws Exception {
        try (var impostor = dial(1)) {
            impostor.bringUp(Samples.link(1, 3, incarnation, linkNo));
            node.told().awaitUp(1, incarnation);
        }
        node.told().awaitDown(1);
        node.told().forget();
    }

    private void assertRefused(TestMesh.Node node, Incarnation incarnation, long linkNo, Refusal why)
            throws Exception {
        try (var impostor = dial(1)) {
            impostor.introduce(Samples.link(1, 3, incarnation, linkNo), new byte[0]);
            assertThat(impostor.expectRefusal()).isEqualTo(why);
        }
        node.told().awaitRefused(1, why, false);
        assertThat(node.links().current(1)).isEmpty();
    }

    private Impostor dial(int as) throws java.io.IOException {
        return Impostor.dial(Samples.identity(as), mesh.roster(), 3, mesh.address(3));
    }
}
