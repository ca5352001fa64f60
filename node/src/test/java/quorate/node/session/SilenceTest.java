package quorate.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quorate.node.key.Self;
import quorate.rounds.Aborted;
import quorate.rounds.Frame;
import quorate.rounds.Outgoing;

/** After a ban nothing is repeated to the other node of the pair (protocols.md 3.6). */
@Timeout(60)
class SilenceTest {
    private final SessionPair pair = new SessionPair();

    @AfterEach
    void stop() {
        pair.close();
    }

    @Test
    void repeatsNothingToAPlayerWhosePairIsBanned() throws Exception {
        var session = pair.one.liveSession(1 << 10);
        session.send(said());
        awaitSaid(1);
        session.repeat(2);
        awaitSaid(2);
        // It asked for a repetition, and waits for it.
        assertThat(session.postpone(2)).isPresent();

        session.silence(2);
        session.repeat(2);
        session.repeatAfterWait(2);
        session.close();

        assertNothingMoreIsSaid(2);
    }

    @Test
    void owesNothingAtTheEndToAPlayerWhosePairIsBanned() throws Exception {
        var session = pair.one.liveSession(1 << 10);
        session.send(said());
        awaitSaid(1);
        assertThat(session.postpone(2)).isPresent();

        session.silence(2);
        session.close();

        assertNothingMoreIsSaid(1);
    }

    @Test
    void aLinkThatComesBackAfterTheBanBringsTheAbortOnly() throws Exception {
        pair.cut();
        var one = pair.one.begin(SessionPair.sessionId());
        while (pair.one.sessions.running() == 0) {
            Thread.sleep(Duration.ofMillis(5));
        }
        Thread.sleep(Duration.ofMillis(200));
        Self peer = pair.two.self;

        pair.one.sessions.abort(new byte[] {'k'}, 2);
        pair.mend();
        pair.one.sessions.linkUp(2, peer.incarnation().bytes());

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> one.get(5, TimeUnit.SECONDS))
                .withCauseInstanceOf(Aborted.class);
        // Whatever of an unknown session arrives is answered NOT_YET: at most its abort did.
        Thread.sleep(Duration.ofMillis(300));
        assertThat(pair.two.saidNotYet).hasValueLessThanOrEqualTo(1);
    }

    private static Outgoing said() {
        return new Outgoing(2, Frame.direct(SessionPair.sessionId(), 1, 2, 1, 2, new byte[32]));
    }

    private void awaitSaid(int times) throws InterruptedException {
        while (pair.two.saidNotYet.get() < times) {
            Thread.sleep(Duration.ofMillis(5));
        }
    }

    private void assertNothingMoreIsSaid(int times) throws InterruptedException {
        Thread.sleep(Duration.ofMillis(300));
        assertThat(pair.two.saidNotYet).hasValue(times);
    }
}
