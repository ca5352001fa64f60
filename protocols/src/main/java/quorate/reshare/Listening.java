package quorate.reshare;

import java.util.Arrays;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Opening;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Outbox;
import quorate.rounds.Round;
import quorate.rounds.Step;

/** The broadcasts of rounds 1 and 2, which every participant hears and checks in the same way. */
final class Listening {
    private Listening() {}

    /** From round 1 on. */
    static <R> Round<R, Announcement> to(Hearing hearing, Part<R> part) {
        return new AwaitAnnouncements<>(hearing, part);
    }

    private record AwaitAnnouncements<R>(Hearing hearing, Part<R> part) implements Round<R, Announcement> {
        @Override
        public Expected<Announcement> expects() {
            return Expected.broadcast(1, Announcement::read).from(hearing.dealers());
        }

        @Override
        public Step<R> receive(Inbox<Announcement> inbox) throws CeremonyException {
            inbox.requireSame(Check.COM_4, (i, a) -> Arrays.equals(a.ctx(), hearing.agreement().ctx()));
            return new Step.Next<>(Outbox.silence(), new AwaitGreetings<>(hearing, part, inbox));
        }
    }

    private record AwaitGreetings<R>(Hearing hearing, Part<R> part, Inbox<Announcement> announced)
            implements Round<R, Greeting> {
        @Override
        public Expected<Greeting> expects() {
            return Expected.broadcast(1, Greeting::read).from(hearing.receivers());
        }

        @Override
        public Step<R> receive(Inbox<Greeting> inbox) throws CeremonyException {
            inbox.requireSame(Check.COM_4, (j, g) -> Arrays.equals(g.ctx(), hearing.agreement().ctx()));
            var d1 = hearing.d1(announced, inbox);
            var opened = part.open(d1);
            return new Step.Next<>(opened.say(), new AwaitEchoes<>(hearing, opened, announced, d1));
        }
    }

    private record AwaitEchoes<R>(
            Hearing hearing, Part.Opened<R> mine, Inbox<Announcement> announced, byte[] d1)
            implements Round<R, Echo> {
        @Override
        public Expected<Echo> expects() {
            return Expected.broadcast(2, Echo::read).from(hearing.receivers());
        }

        @Override
        public Step<R> receive(Inbox<Echo> inbox) throws CeremonyException {
            inbox.requireEcho(Check.DKG_6, 1, d1, Echo::d1);
            return new Step.Next<>(Outbox.silence(), new AwaitOpenings<>(hearing, mine, announced, d1));
        }
    }

    private record AwaitOpenings<R>(
            Hearing hearing, Part.Opened<R> mine, Inbox<Announcement> announced, byte[] d1)
            implements Round<R, Opening> {
        @Override
        public Expected<Opening> expects() {
            return Expected.broadcast(2, payload -> Opening.read(hearing.dealing(), payload))
                    .from(hearing.dealers());
        }

        @Override
        public Step<R> receive(Inbox<Opening> inbox) throws CeremonyException {
            inbox.requireEcho(Check.DKG_6, 1, d1, Opening::echo);
            // Every participant checks: t'+1 points, none = O (RSH-2); commitment; PoK;
            var commitments = mine.mine();
            hearing.dealing().examine(inbox, announced, d1, commitments);
            hearing.requireSharesOfTheKey(inbox, commitments);
            var made = hearing.made(commitments, hearing.d2(d1, inbox));
            return mine.then().take(commitments, made);
        }
    }
}
