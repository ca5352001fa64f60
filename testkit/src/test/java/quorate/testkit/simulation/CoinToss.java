package quorate.testkit.simulation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Malformed;
import quorate.rounds.Message;
import quorate.rounds.Outbox;
import quorate.rounds.Protocol;
import quorate.rounds.Round;
import quorate.rounds.Step;

/**
 * The smallest protocol with everything: each party commits to a random value and opens it (broadcast, both
 * rounds echoed), and sends each other one a token (private) that the opening lets it check.
 */
final class CoinToss {
    static final int BYTES = 32;

    /** @param sum the XOR of all values */
    record Toss(byte[] sum, Agreement agreement) {}

    record Commitment(byte[] ctx, byte[] digest) implements Message.Shared {
        @Override
        public byte[] encode() {
            return Encoding.concat(ctx, digest);
        }

        static Commitment read(byte[] payload) throws Malformed {
            var parts = split(payload, 2);
            return new Commitment(parts[0], parts[1]);
        }
    }

    /** @param note committed to by nobody: only the echo shows whether all saw the same one */
    record Opening(byte[] d1, byte[] value, byte[] blind, byte[] note) implements Message.Shared {
        @Override
        public byte[] encode() {
            return Encoding.concat(d1, value, blind, note);
        }

        Opening noted(byte[] other) {
            return new Opening(d1, value, blind, other);
        }

        Opening after(byte[] other) {
            return new Opening(other, value, blind, note);
        }

        static Opening read(byte[] payload) throws Malformed {
            var parts = split(payload, 4);
            return new Opening(parts[0], parts[1], parts[2], parts[3]);
        }
    }

    record Token(byte[] bytes) implements Message.Private {
        @Override
        public byte[] encode() {
            return bytes.clone();
        }

        static Token read(byte[] payload) throws Malformed {
            return new Token(split(payload, 1)[0]);
        }
    }

    record Echo(byte[] d2) implements Message.Shared {
        @Override
        public byte[] encode() {
            return d2.clone();
        }

        static Echo read(byte[] payload) throws Malformed {
            return new Echo(split(payload, 1)[0]);
        }
    }

    private CoinToss() {}

    static final Player<Toss> PLAYER = (party, draw, secrets) -> protocol(draw);

    static Protocol<Toss> protocol(Draw draw) {
        return agreement -> {
            var hedged = draw.knowing(agreement.ctx());
            var mine = new Opening(
                    new byte[0],
                    hedged.draw(Draw.For.SESSION, Draw.name("value"), BYTES),
                    hedged.draw(Draw.For.SESSION, Draw.name("blind"), BYTES),
                    new byte[BYTES]);
            var commitment = new Commitment(agreement.ctx(), commit(agreement, agreement.me(), mine));
            return new Step.Next<>(Outbox.toAll(1, commitment), new AwaitCommitments(agreement, mine));
        };
    }

    private record AwaitCommitments(Agreement agreement, Opening mine) implements Round<Toss, Commitment> {
        @Override
        public Expected<Commitment> expects() {
            return Expected.broadcast(1, Commitment::read);
        }

        @Override
        public Step<Toss> receive(Inbox<Commitment> commitments) {
            var d1 = digest("toy/d1", agreement.ctx(), commitments.payloads());
            var say = Outbox.toAll(2, mine.after(d1))
                    .and(Outbox.toEach(2, j -> new Token(token(d1, agreement.me(), j, mine.blind()))));
            return new Step.Next<>(say, new AwaitOpenings(agreement, d1, commitments));
        }
    }

    private record AwaitOpenings(Agreement agreement, byte[] d1, Inbox<Commitment> commitments)
            implements Round<Toss, Opening> {
        @Override
        public Expected<Opening> expects() {
            return Expected.broadcast(2, Opening::read);
        }

        @Override
        public Step<Toss> receive(Inbox<Opening> openings) throws CeremonyException {
            openings.requireEcho(Check.DKG_6, 1, d1, Opening::d1);
            openings.require(
                    Check.DKG_3,
                    (j, opening) -> Arrays.equals(commit(agreement, j, opening), commitments.of(j).digest()));
            return new Step.Next<>(Outbox.silence(), new AwaitTokens(agreement, d1, openings));
        }
    }

    private record AwaitTokens(Agreement agreement, byte[] d1, Inbox<Opening> openings)
            implements Round<Toss, Token> {
        @Override
        public Expected<Token> expects() {
            return Expected.direct(2, Token::read);
        }

        @Override
        public Step<Toss> receive(Inbox<Token> tokens) throws CeremonyException {
            tokens.require(
                    Check.DKG_5,
                    (j, t) -> Arrays.equals(t.bytes(), token(d1, j, agreement.me(), openings.of(j).blind())));
            var d2 = digest("toy/d2", d1, openings.payloads());
            return new Step.Next<>(Outbox.toAll(3, new Echo(d2)), new AwaitEchoes(agreement, d2, openings));
        }
    }

    private record AwaitEchoes(Agreement agreement, byte[] d2, Inbox<Opening> openings) implements Round<Toss, Echo> {
        @Override
        public Expected<Echo> expects() {
            return Expected.broadcast(3, Echo::read);
        }

        @Override
        public Step<Toss> receive(Inbox<Echo> echoes) throws CeremonyException {
            echoes.requireEcho(Check.DKG_6, 2, d2, Echo::d2);
            var sum = new byte[BYTES];
            for (var opening : openings.all().values()) {
                for (int i = 0; i < BYTES; i++) {
                    sum[i] ^= opening.value()[i];
                }
            }
            return new Step.Done<>(new Toss(sum, agreement));
        }
    }

    private static byte[] commit(Agreement agreement, int party, Opening opening) {
        return Transcript.of("toy/com")
                .add(agreement.ctx())
                .addU16(party)
                .add(opening.value())
                .add(opening.blind())
                .hash();
    }

    private static byte[] token(byte[] d1, int from, int to, byte[] blind) {
        return Transcript.of("toy/token").add(d1).addU16(from).addU16(to).add(blind).hash();
    }

    private static byte[] digest(String name, byte[] before, SortedMap<Integer, byte[]> payloads) {
        var transcript = Transcript.of(name).add(before);
        payloads.forEach((party, payload) -> transcript.add(Encoding.i2osp(party, 2), payload));
        return transcript.hash();
    }

    private static byte[][] split(byte[] payload, int count) throws Malformed {
        if (payload.length != count * BYTES) {
            throw new Malformed(Check.COM_3, payload.length + " bytes instead of " + count * BYTES);
        }
        var parts = new byte[count][];
        for (int i = 0; i < count; i++) {
            parts[i] = Arrays.copyOfRange(payload, i * BYTES, (i + 1) * BYTES);
        }
        return parts;
    }

    static byte[] other(byte[] bytes) {
        var other = bytes.clone();
        other[other.length - 1] ^= 1;
        return other;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
