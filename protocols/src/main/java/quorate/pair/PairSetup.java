package quorate.pair;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import quorate.algebra.DecodingException;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.key.Scheme;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Misbehaviour;
import quorate.rounds.Outbox;
import quorate.rounds.Refused;
import quorate.rounds.Round;
import quorate.rounds.Step;

/**
 * PAIRSETUP: two parties of an ECDSA key make a new state of their pair, for instance after a ban or when the former
 * one has served long enough.
 *
 * <p>Source: protocols.md 3.6. Assumes an authenticated private channel. What a party stores of it, and whether it may
 * (PAIR-4), is for its node: a session uses the newest setup that both list. Bad messages abort the set-up and ban
 * nobody, for there is no long-term secret in it yet. Cost: 4 rounds, about 900 multiplications on P-256 each.
 */
public final class PairSetup {
    /** The generation of a party that has and had no state with the other one. */
    public static final long NONE = -1;

    private static final int GENERATION_BYTES = 8;

    private PairSetup() {}

    /** params of AGREE: I2OSP(new gen,8). */
    public static List<byte[]> params(long generation) {
        return List.of(Encoding.i2osp(generation, GENERATION_BYTES));
    }

    /**
     * PAIR-3, which a node can also ask before it starts a session.
     *
     * @param generation new gen
     * @param current the highest gen that this party has or had with the other one in this sharing, banned ones
     *     included; or {@link #NONE}
     */
    public static void requireNewer(long generation, long current) throws Refused {
        if (generation < 0 || generation <= current) {
            throw new Refused(
                    Check.PAIR_3,
                    "generation " + Long.toUnsignedString(generation) + " of the pair is not above " + current);
        }
    }

    /**
     * Round 1.
     *
     * @param generation as in {@link #params}
     * @param current as in {@link #requireNewer}
     * @param secrets holds everything secret of this run, and the state
     * @throws IllegalArgumentException if these are not two parties of an ECDSA key
     */
    public static Step<PairState> start(
            Agreement agreement, long generation, long current, Draw draw, Secrets secrets) throws Refused {
        requireNewer(generation, current);
        var peers = agreement.parties();
        if (!peers.remove(agreement.me()) || peers.size() != 1 || Scheme.of(agreement.scheme()) != Scheme.ECDSA) {
            throw new IllegalArgumentException("a pair is two parties of an ECDSA key");
        }
        // round 1 [B]: ctx, nonce;
        var bound = draw.knowing(agreement.ctx());
        var nonce = bound.draw(Draw.For.BOT, Draw.name("nonce"), PairNonce.NONCE_BYTES);
        return new Step.Next<>(
                Outbox.toAll(1, new PairNonce(agreement.ctx(), nonce)),
                new AwaitNonce(agreement, peers.first(), generation, bound, secrets));
    }

    private record AwaitNonce(Agreement agreement, int peer, long generation, Draw draw, Secrets secrets)
            implements Round<PairState, PairNonce> {
        @Override
        public Expected<PairNonce> expects() {
            return Expected.broadcast(1, PairNonce::read);
        }

        @Override
        public Step<PairState> receive(Inbox<PairNonce> inbox) throws CeremonyException {
            inbox.requireSame(Check.COM_4, (j, nonce) -> Arrays.equals(nonce.ctx(), agreement.ctx()));
            // D1 = TH("pair/d1", ctx, {I2OSP(k,2)||nonce_k}_{k in {i,j}});
            var transcript = Transcript.of("pair/d1").add(agreement.ctx());
            inbox.all().forEach((k, nonce) -> transcript.add(Encoding.i2osp(k, 2), nonce.nonce()));
            var d1 = transcript.hash();
            // round 2: D1 (DKG-6), zseed, BOT1;
            var terms = new PairTerms(d1, agreement.epoch(), generation, agreement.me(), peer);
            var exchange = PairExchange.start(terms, draw, secrets);
            var say = Outbox.toEach(2, j -> new BoundInvitation(d1, exchange.invitation()));
            return new Step.Next<>(say, new AwaitInvitation(exchange, peer, d1, secrets));
        }
    }

    private record AwaitInvitation(PairExchange exchange, int peer, byte[] d1, Secrets secrets)
            implements Round<PairState, BoundInvitation> {
        @Override
        public Expected<BoundInvitation> expects() {
            return Expected.direct(2, payload -> BoundInvitation.read(payload, secrets));
        }

        @Override
        public Step<PairState> receive(Inbox<BoundInvitation> inbox) throws CeremonyException {
            inbox.requireEcho(Check.DKG_6, 1, d1, BoundInvitation::echo);
            // round 3: BOT2;
            try {
                var answered = exchange.answer(inbox.of(peer).invitation());
                return new Step.Next<>(Outbox.toEach(3, j -> answered.answer()), new AwaitAnswer(answered, peer));
            } catch (DecodingException e) {
                throw new Misbehaviour(Check.PAIR_1, 2, Set.of(peer));
            }
        }
    }

    private record AwaitAnswer(PairExchange.Answered answered, int peer) implements Round<PairState, PairAnswer> {
        @Override
        public Expected<PairAnswer> expects() {
            return Expected.direct(3, PairAnswer::read);
        }

        @Override
        public Step<PairState> receive(Inbox<PairAnswer> inbox) throws CeremonyException {
            try {
                // round 4: setup_{ij} of 1.3 with gen = new gen from params
                var state = answered.finish(inbox.of(peer));
                return new Step.Next<>(Outbox.toEach(4, j -> new SetupEcho(state.setup())), new AwaitEcho(state));
            } catch (DecodingException e) {
                throw new Misbehaviour(Check.PAIR_1, 3, Set.of(peer));
            }
        }
    }

    private record AwaitEcho(PairState state) implements Round<PairState, SetupEcho> {
        @Override
        public Expected<SetupEcho> expects() {
            return Expected.direct(4, SetupEcho::read);
        }

        @Override
        public Step<PairState> receive(Inbox<SetupEcho> inbox) throws CeremonyException {
            // A difference in round 4 is FAIL (PAIR-2) and the new state is dropped.
            inbox.requireSame(Check.PAIR_2, (j, echo) -> Arrays.equals(echo.setup(), state.setup()));
            return new Step.Done<>(state);
        }
    }
}
