package quorate.rounds;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One party in one run of a protocol: turns frames into rounds and rounds into frames (protocols.md 0.4).
 *
 * <p>It agrees in round 0, signs and verifies broadcasts, waits until a round is complete, and tells the
 * others when it gives up. When parties turn out to have been told different things, it shows the others what
 * was signed to it and waits for what was signed to them: two signed versions name the liar (COM-8).
 *
 * <p>A session knows no socket and no clock. Every call returns the frames to send now; no failure of the
 * ceremony comes out of a call: once the session has {@link #ended}, {@link #result} has the outcome. A bug
 * of the protocol does come out, as a {@link RuntimeException}: {@link #cancel} the session then, which after a
 * {@link VerdictUnwritten} says nothing. Not thread-safe.
 *
 * <p>A private payload is wiped when its round is over: a {@link Expected.Reader} copies what it keeps.
 *
 * @param <R> what the protocol yields
 */
public final class Session<R> {
    /** How far ahead of us an honest peer can be: one round, and what it says together with that. */
    static final int LOOKAHEAD = 3;

    private sealed interface State<R> {
        record Waiting<R, I extends Message>(Round<R, I> round, Expected<I> expected) implements State<R> {}

        /** It has failed, but what the others were told may still name who is to blame. */
        record Settling<R>(CeremonyException otherwise, int disputed, SortedSet<Integer> awaited)
                implements State<R> {}

        record Ended<R>(Outcome<R> outcome) implements State<R> {}
    }

    private interface Outcome<R> {
        R get() throws CeremonyException;
    }

    private final Proposal proposal;
    private final Protocol<R> protocol;
    private final int maxPayload;
    private final int me;
    private final SortedSet<Integer> others = new TreeSet<>();
    private final Broadcasts broadcasts;
    private final Mailbox mailbox;
    private final Postbox postbox;
    private State<R> state;
    private int round;
    private boolean started;
    private Guard guard = Guard.none();

    /**
     * @param maxPayload the longest payload of any message of this protocol, AGREE included
     * @param protocol what to run once the participants have agreed
     */
    public Session(
            Proposal proposal,
            StatementSigner signer,
            StatementVerifier verifier,
            int maxPayload,
            Protocol<R> protocol) {
        this.proposal = proposal;
        this.protocol = protocol;
        this.maxPayload = maxPayload;
        this.me = proposal.me().address();
        this.broadcasts = new Broadcasts(proposal, signer, verifier);
        proposal.participants().forEach(entry -> others.add(entry.address()));
        others.remove(me);
        this.mailbox = new Mailbox(me, others);
        this.postbox = new Postbox(proposal, others, broadcasts);
        var agreeing = new Agreeing();
        this.state = new State.Waiting<>(agreeing, agreeing.expects());
    }

    /** Says AGREE, or refuses (COM-5). Comes before every other call. */
    public List<Outgoing> start() {
        if (started) {
            throw new IllegalStateException("a session starts once");
        }
        started = true;
        try {
            proposal.check();
            postbox.say(Outbox.toAll(0, proposal.agree()));
        } catch (Refused e) {
            fail(e);
        }
        return postbox.flush();
    }

    /**
     * Takes in a frame, whose payload is this session's from then on. What does not belong here is dropped
     * (COM-1), and so is everything once the session has ended.
     *
     * @param authenticatedSender {@link Entry#address} of the participant at the other end of the channel
     */
    public List<Outgoing> receive(int authenticatedSender, Frame frame) {
        if (!started) {
            throw new IllegalStateException("the session has not started");
        }
        boolean fromOther = frame.sender() == authenticatedSender && others.contains(authenticatedSender);
        boolean toMe = frame.isBroadcast() || frame.receiver() == me;
        if (fromOther && toMe && Arrays.equals(frame.sessionId(), proposal.sessionId())) { // COM-1
            boolean abort = frame.round() == Abort.ROUND;
            switch (state) {
                case State.Waiting<R, ?> waiting when abort -> heed(frame);
                case State.Waiting<R, ?> waiting -> collect(frame);
                case State.Settling<R> settling when abort -> weigh(settling, frame);
                case State.Settling<R> settling -> frame.wipe();
                case State.Ended<R> ended -> frame.wipe();
            }
        } else {
            frame.wipe();
        }
        return postbox.flush();
    }

    /** The deadline has passed. */
    public List<Outgoing> expire() {
        return stop(new Unresponsive(round, missing()));
    }

    /** This node gives the session up for a reason of its own. */
    public List<Outgoing> cancel() {
        return stop(new Aborted(me, Check.Verdict.FAIL));
    }

    /**
     * Hands what a call returned to the transport, under the guard of what was said (protocols.md 3.6). If a verdict of
     * another session came first, nothing of it leaves: whatever came of this session is void, and the others are told
     * no more than that; if that verdict could not be written, they are told nothing. Frames that do not leave are wiped.
     */
    public void handOver(List<Outgoing> frames, Consumer<Outgoing> transport) {
        boolean handedOver = false;
        try {
            release(frames, transport);
            handedOver = true;
        } catch (VerdictUnwritten e) {
            end(new Refused(Check.COM_5, "a verdict about a pair of these parties could not be written"));
        } finally {
            if (!handedOver) {
                frames.forEach(outgoing -> outgoing.frame().wipe());
            }
        }
    }

    private void release(List<Outgoing> frames, Consumer<Outgoing> transport) {
        if (!frames.isEmpty() && !guard.release(() -> frames.forEach(transport))) {
            frames.forEach(outgoing -> outgoing.frame().wipe());
            guard = Guard.none();
            var refused = Refused.ofBannedPair("a pair of these parties is banned");
            postbox.abort(new Abort(Check.Verdict.REFUSE, List.of()));
            end(refused);
            postbox.flush().forEach(transport);
        }
    }

    /** Whether there is an outcome. */
    public boolean ended() {
        return state instanceof State.Ended;
    }

    /** Whether it has failed and waits for what the others were told, which should not take long. */
    public boolean settling() {
        return state instanceof State.Settling;
    }

    /** The outcome of a session that has {@link #ended}. */
    public R result() throws CeremonyException {
        if (state instanceof State.Ended<R> ended) {
            return ended.outcome().get();
        }
        throw new IllegalStateException("the session has not ended");
    }

    /** Whom this session waits for. */
    public SortedSet<Integer> missing() {
        return switch (state) {
            case State.Waiting<R, ?> waiting -> mailbox.missing(waiting.expected());
            case State.Settling<R> settling -> new TreeSet<>(settling.awaited());
            case State.Ended<R> ended -> new TreeSet<>();
        };
    }

    /** The round this session waits in, or ended in. */
    public int round() {
        return round;
    }

    /** For {@link Check#COM_8}: pairs of signed digests that contradict each other, for anybody to verify. */
    public List<Evidence> proof() {
        return broadcasts.proof();
    }

    private void collect(Frame frame) {
        boolean plausible = frame.round() >= round && frame.round() <= round + LOOKAHEAD;
        // In round 0 another protocol is a difference to report (COM-6), not a stray frame.
        boolean ofProtocol = frame.round() == 0 || frame.protocolId() == proposal.operation().protocolId();
        if (!plausible || !ofProtocol) {
            frame.wipe();
            return; // COM-1
        }
        try {
            if (frame.payload().length > maxPayload) {
                frame.wipe();
                throw new Misbehaviour(Check.COM_3, frame.round(), Set.of(frame.sender()));
            }
            if (mailbox.put(frame)) {
                if (frame.isBroadcast() && frame.round() == round) {
                    broadcasts.examine(round, List.of(frame));
                }
                proceed();
            }
        } catch (CeremonyException e) {
            fail(e);
        }
    }

    private void proceed() throws CeremonyException {
        while (state instanceof State.Waiting<R, ?> waiting && mailbox.missing(waiting.expected()).isEmpty()) {
            switch (answer(waiting)) {
                case Step.Done<R> done -> {
                    guard = done.say().guard().orElse(guard);
                    postbox.say(done.say());
                    end(done::result);
                }
                case Step.Next<R, ?> next -> {
                    guard = next.say().guard().orElse(guard);
                    postbox.say(next.say());
                    await(next.then());
                }
            }
        }
    }

    private <I extends Message> Step<R> answer(State.Waiting<R, I> waiting) throws CeremonyException {
        var expected = waiting.expected();
        try {
            return waiting.round().receive(mailbox.open(expected, postbox.own(expected.round())));
        } catch (VerdictUnwritten e) {
            // Ended, it has nothing to say when it is cancelled.
            postbox.discard();
            end(new Refused(Check.COM_5, "a verdict about a pair of these parties could not be written"));
            throw e;
        } finally {
            mailbox.wipe(expected);
        }
    }

    private <I extends Message> void await(Round<R, I> next) throws CeremonyException {
        var expected = next.expects();
        if (expected.round() < round) {
            throw new IllegalStateException("round " + expected.round() + " after round " + round);
        }
        state = new State.Waiting<>(next, expected);
        if (expected.round() > round) {
            round = expected.round();
            mailbox.forgetBefore(round);
            broadcasts.examine(round, mailbox.broadcasts(round).values());
        }
    }

    private List<Outgoing> stop(CeremonyException reason) {
        postbox.discard(); // what a bug left there
        switch (state) {
            case State.Waiting<R, ?> waiting -> fail(reason);
            case State.Settling<R> settling -> end(settling.otherwise());
            case State.Ended<R> ended -> {}
        }
        return postbox.flush();
    }

    private void fail(CeremonyException reason) {
        if (reason instanceof Misbehaviour misbehaviour && misbehaviour.isBan()) {
            guard = Guard.none(); // the ban is our own and durable: the abort may say so
        }
        if (reason instanceof Disagreement disagreement && disagreement.echoedRound().isPresent()) {
            settle(reason, disagreement.echoedRound().getAsInt());
        } else {
            postbox.abort(new Abort(verdict(reason), List.of()));
            end(reason);
        }
    }

    /** A peer has given up. If it shows what was signed to it, show what was signed to us (COM-8). */
    private void heed(Frame frame) {
        try {
            var abort = Abort.read(frame.payload());
            var reason = new Aborted(frame.sender(), abort.verdict());
            if (abort.evidence().isEmpty()) {
                fail(reason);
            } else {
                weigh(settle(reason, abort.evidence().getFirst().round()), frame);
            }
        } catch (Malformed e) {
            fail(new Misbehaviour(e.check(), round, Set.of(frame.sender()), e.reason()));
        }
    }

    private State.Settling<R> settle(CeremonyException otherwise, int disputed) {
        postbox.abort(new Abort(verdict(otherwise), broadcasts.evidence(disputed)));
        var settling = new State.Settling<R>(otherwise, disputed, new TreeSet<>(others));
        state = settling;
        return settling;
    }

    private void weigh(State.Settling<R> settling, Frame frame) {
        if (!settling.awaited().remove(frame.sender())) {
            return;
        }
        var culprits = broadcasts.learn(evidence(frame));
        if (!culprits.isEmpty()) {
            end(new Misbehaviour(Check.COM_8, settling.disputed(), culprits));
        } else if (settling.awaited().isEmpty()) {
            end(settling.otherwise());
        }
    }

    /** Of a malformed abort nothing counts but that it is one. */
    private static List<Evidence> evidence(Frame frame) {
        try {
            return Abort.read(frame.payload()).evidence();
        } catch (Malformed e) {
            return List.of();
        }
    }

    private static Check.Verdict verdict(CeremonyException reason) {
        return switch (reason) {
            case Misbehaviour misbehaviour -> misbehaviour.check().verdict();
            case Disagreement disagreement -> Check.Verdict.FAIL;
            case Unresponsive unresponsive -> Check.Verdict.FAIL;
            case Aborted aborted -> Check.Verdict.FAIL;
            case Refused refused -> Check.Verdict.REFUSE;
        };
    }

    private void end(CeremonyException reason) {
        end(() -> {
            throw reason;
        });
    }

    private void end(Outcome<R> outcome) {
        state = new State.Ended<>(outcome);
        mailbox.clear();
    }

    /** Round 0. */
    private final class Agreeing implements Round<R, Agree> {
        @Override
        public Expected<Agree> expects() {
            return Expected.broadcast(0, Agree::read);
        }

        @Override
        public Step<R> receive(Inbox<Agree> inbox) throws CeremonyException {
            var agreement = proposal.agree(inbox.all());
            broadcasts.bind(agreement.ctx());
            return protocol.start(agreement);
        }
    }
}
