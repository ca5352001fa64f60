package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What leaves when a verdict of another session comes first (protocols.md 3.6). */
class GuardTest {
    private record Word(byte[] encode) implements Message.Shared {}

    private final List<Outgoing> sent = new ArrayList<>();
    private final List<String> locks = new ArrayList<>();
    private boolean banned;

    private final Guard guard = handOver -> {
        locks.add("lock");
        if (!banned) {
            handOver.run();
        }
        locks.add("unlock");
        return !banned;
    };

    private record AwaitWords(int round, Step<Integer> then) implements Round<Integer, Word> {
        @Override
        public Expected<Word> expects() {
            return Expected.broadcast(round, Word::new);
        }

        @Override
        public Step<Integer> receive(Inbox<Word> inbox) throws CeremonyException {
            if (inbox.of(2).encode()[0] == 66) {
                throw new Misbehaviour(Check.OTE_2, round, Set.of(2));
            }
            return then;
        }
    }

    private Session<Integer> session(int party, byte word) {
        Step<Integer> last = new Step.Next<>(
                Outbox.toAll(2, new Word(new byte[] {word})), new AwaitWords(2, new Step.Done<>(7)));
        return new Session<>(
                Example.keygen(party),
                Example.signer(party),
                Example.VERIFIER,
                1000,
                agreement -> new Step.Next<>(
                        Outbox.toAll(1, new Word(new byte[] {word})).under(guard), new AwaitWords(1, last)));
    }

    /** Parties 2 and 3 say everything up to the given round to party 1, which hands over what it answers. */
    private Session<Integer> talk(int rounds, byte word) {
        var me = session(1, (byte) 1);
        var others = List.of(session(2, word), session(3, (byte) 1));
        var frames = new ArrayList<Outgoing>();
        hand(me, me.start(), frames);
        var inFlight = new ArrayList<>(frames);
        for (var other : others) {
            inFlight.addAll(other.start());
        }
        while (!inFlight.isEmpty()) {
            var next = inFlight.removeFirst();
            int from = next.frame().sender();
            if (next.recipient() == 1) {
                if (next.frame().round() <= rounds) {
                    var answer = new ArrayList<Outgoing>();
                    hand(me, me.receive(from, next.frame()), answer);
                    inFlight.addAll(answer);
                }
            } else {
                inFlight.addAll(others.get(next.recipient() - 2).receive(from, next.frame()));
            }
        }
        return me;
    }

    private void hand(Session<Integer> me, List<Outgoing> frames, List<Outgoing> to) {
        me.handOver(frames, outgoing -> {
            sent.add(outgoing);
            to.add(outgoing);
        });
    }

    @Test
    void everythingAfterTheFirstGuardedMessageLeavesUnderTheGuard() throws Exception {
        assertThat(talk(2, (byte) 1).result()).isEqualTo(7);
        assertThat(sent).extracting(outgoing -> outgoing.frame().round()).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(locks).containsExactly("lock", "unlock", "lock", "unlock");
    }

    @Test
    void nothingButARefusalLeavesOnceTheGuardSaysNo() {
        var me = talk(0, (byte) 1);
        sent.clear();
        banned = true;
        hand(me, me.cancel(), new ArrayList<>());
        assertThat(sent).hasSize(2).allSatisfy(outgoing -> assertThat(
                        Abort.read(outgoing.frame().payload()).verdict())
                .isEqualTo(Check.Verdict.REFUSE));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(me::result)
                .matches(refused -> refused.check() == Check.COM_5 && refused.isOfBannedPair());
    }

    /** Its own ban is durable before it is said: the abort may say what it is. */
    @Test
    void theAbortOfTheBanItselfIsNotHeldBack() {
        var me = session(1, (byte) 1);
        banned = true;
        var relaxed = new ArrayList<Outgoing>();
        me.handOver(me.start(), relaxed::add);
        assertThat(relaxed).hasSize(2); // nothing is guarded before round 1
        banned = false;
        var ended = talk(1, (byte) 66);
        assertThat(ended.ended()).isTrue();
        assertThatExceptionOfType(Misbehaviour.class).isThrownBy(ended::result).matches(Misbehaviour::isBan);
        assertThat(sent).extracting(outgoing -> outgoing.frame().round()).contains(Abort.ROUND);
    }
}
