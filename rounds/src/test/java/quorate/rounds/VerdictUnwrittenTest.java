package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** "Written durably before the abort is sent" (protocols.md 3.6): what cannot be written is not said, in no way. */
class VerdictUnwrittenTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private record Whisper(byte[] encode) implements Message.Private {}

    private final List<Outgoing> sent = new ArrayList<>();
    private final ArrayDeque<Channel.Delivery> deliveries = new ArrayDeque<>();

    private final Channel channel = new Channel() {
        @Override
        public void send(Outgoing outgoing) {
            sent.add(outgoing);
        }

        @Override
        public Optional<Delivery> receive(Duration patience) {
            return Optional.ofNullable(deliveries.poll());
        }
    };

    @Test
    void aSessionWhoseVerdictCouldNotBeWrittenSaysNoMore() {
        var session = agreeing(agreement -> {
            throw new VerdictUnwritten("the disk is full");
        });

        assertThatExceptionOfType(VerdictUnwritten.class).isThrownBy(() -> run(session));

        assertThat(sent).extracting(out -> out.frame().round()).containsExactly(0, 0);
        assertThat(session.ended()).isTrue();
    }

    @Test
    void norDoesAnotherSessionOfThePair() {
        var whispers = new ArrayList<byte[]>();
        var session = agreeing(whispering(whispers, handOver -> {
            throw new VerdictUnwritten("the disk was full");
        }));

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> run(session))
                .matches(refused -> refused.check() == Check.COM_5);

        assertThat(sent).extracting(out -> out.frame().round()).containsExactly(0, 0);
        assertThat(whispers).hasSize(2).allSatisfy(whisper -> assertThat(whisper).containsOnly(0));
    }

    @Test
    void framesThatNobodyCouldReleaseAreWiped() {
        var whispers = new ArrayList<byte[]>();
        var session = agreeing(whispering(whispers, handOver -> {
            throw new IllegalStateException("the database is closed");
        }));

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> run(session));

        assertThat(whispers).hasSize(2).allSatisfy(whisper -> assertThat(whisper).containsOnly(0));
    }

    private static Protocol<Integer> whispering(List<byte[]> whispers, Guard guard) {
        var outbox = Outbox.toEach(1, recipient -> {
            var whisper = new byte[32];
            Arrays.fill(whisper, (byte) 7);
            whispers.add(whisper);
            return new Whisper(whisper);
        });
        return agreement -> new Step.Next<>(outbox.under(guard), new Round<Integer, Whisper>() {
            @Override
            public Expected<Whisper> expects() {
                return Expected.direct(1, Whisper::new);
            }

            @Override
            public Step<Integer> receive(Inbox<Whisper> inbox) {
                return new Step.Done<>(7);
            }
        });
    }

    /** Party 1, to whom the others have said AGREE. */
    private <R> Session<R> agreeing(Protocol<R> protocol) {
        for (int party = 2; party <= 3; party++) {
            var other = new Session<R>(
                    Example.keygen(party), Example.signer(party), Example.VERIFIER, 1000, protocol);
            deliveries.add(new Channel.Delivery(party, other.start().getFirst().frame()));
        }
        return new Session<>(Example.keygen(1), Example.signer(1), Example.VERIFIER, 1000, protocol);
    }

    private <R> R run(Session<R> session) throws CeremonyException, InterruptedException {
        return new Driver(Workers.none(), () -> 0, LIMIT).run(session, channel, LIMIT, round -> {});
    }
}
