package quorate.node.presign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quorate.algebra.Groups;
import quorate.rounds.Agreement;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Message;
import quorate.rounds.Outbox;
import quorate.rounds.Protocol;
import quorate.rounds.Round;
import quorate.rounds.Step;

/** Whatever comes between the last round and its caller, the shares that were made are wiped. */
class YieldedTest {
    private final List<String> wiped = new ArrayList<>();
    private final Yielded<String> yielded = new Yielded<>(wiped::add);

    private record Word() implements Message.Shared {
        @Override
        public byte[] encode() {
            return new byte[0];
        }
    }

    /** One round, of which comes a share. */
    private record Only() implements Round<String, Word> {
        @Override
        public Expected<Word> expects() {
            return Expected.broadcast(1, payload -> new Word());
        }

        @Override
        public Step<String> receive(Inbox<Word> inbox) {
            return new Step.Done<>("share");
        }
    }

    @Test
    void wipesWhatNobodyTook() throws Exception {
        run(agreement -> new Step.Next<>(Outbox.silence(), new Only()));
        assertThat(wiped).isEmpty();

        yielded.close();
        yielded.close();

        assertThat(wiped).containsExactly("share");
    }

    @Test
    void seesAResultWithoutRounds() throws Exception {
        run(agreement -> new Step.Done<>("share"));

        yielded.close();

        assertThat(wiped).containsExactly("share");
    }

    @Test
    void leavesAloneWhatHasANewOwner() throws Exception {
        run(agreement -> new Step.Next<>(Outbox.silence(), new Only()));

        yielded.handOver();
        yielded.close();

        assertThat(wiped).isEmpty();
    }

    @Test
    void hasNothingToWipeOfASessionThatFailedBefore() throws Exception {
        yielded.of(agreement -> new Step.Next<>(Outbox.silence(), new Only())).start(agreement());

        yielded.close();

        assertThat(wiped).isEmpty();
    }

    private void run(Protocol<String> protocol) throws Exception {
        finish(yielded.of(protocol).start(agreement()));
    }

    private static void finish(Step<String> step) throws Exception {
        switch (step) {
            case Step.Done<String> done -> assertThat(done.result()).isEqualTo("share");
            case Step.Next<String, ?> next -> advance(next);
        }
    }

    private static <I extends Message> void advance(Step.Next<String, I> next) throws Exception {
        finish(next.then().receive(new Inbox<>(1, 1, Map.of(), Map.of())));
    }

    private static Agreement agreement() {
        return new Agreement(
                new byte[32],
                6,
                Groups.ED25519,
                2,
                new byte[] {'k'},
                3,
                1,
                new byte[32],
                List.of(),
                1,
                0,
                new byte[32],
                new byte[32]);
    }
}
