package quorate.rounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The signed broadcasts of one session (protocols.md 0.4): signs ours, verifies theirs, and remembers who
 * signed what, so that a party that told different things to different peers is caught (COM-8).
 */
final class Broadcasts {
    private static final int CTX_BYTES = 32;

    private record Slot(int round, int sender) {}

    private final Proposal proposal;
    private final StatementSigner signer;
    private final StatementVerifier verifier;
    private final Map<Slot, Evidence> signed = new HashMap<>();
    private final List<Evidence> proof = new ArrayList<>();
    private byte[] ctx = new byte[0];

    Broadcasts(Proposal proposal, StatementSigner signer, StatementVerifier verifier) {
        this.proposal = proposal;
        this.signer = signer;
        this.verifier = verifier;
    }

    /** The parties have agreed: from round 1 on, ctx is what signatures are bound to. */
    void bind(byte[] ctx) {
        this.ctx = ctx.clone();
    }

    /** Our broadcast of {@code round}. */
    Frame sign(int round, byte[] payload) {
        var me = proposal.me();
        var digest = Evidence.digestOf(payload);
        var signature = signer.sign(Evidence.statement(binding(round), round, me.role(), me.index(), digest));
        remember(new Evidence(ctx, round, me.role(), me.index(), digest, signature));
        return Frame.broadcast(
                proposal.sessionId(), proposal.operation().protocolId(), round, me.address(), payload, signature);
    }

    /**
     * COM-4 and COM-7, before anything else is done with broadcasts.
     *
     * @throws Disagreement if round 1 carries another ctx: its signature is bound to that, so a wrong one
     *     would prove nothing
     * @throws Misbehaviour naming everybody whose signature is wrong
     */
    void examine(int round, Collection<Frame> frames) throws CeremonyException {
        var others = new TreeSet<Integer>();
        var forgers = new TreeSet<Integer>();
        for (var frame : frames) {
            if (round == 1 && hasOtherCtx(frame.payload())) {
                others.add(frame.sender());
            } else if (!isSigned(frame)) {
                forgers.add(frame.sender());
            }
        }
        if (!others.isEmpty()) {
            throw new Disagreement(Check.COM_4, round, List.of(Difference.at("ctx", others)));
        }
        if (!forgers.isEmpty()) {
            throw new Misbehaviour(Check.COM_7, round, forgers);
        }
    }

    /** Every round 1 broadcast begins with ctx (protocols.md Appendix C). Too short a one is malformed. */
    private boolean hasOtherCtx(byte[] payload) {
        return payload.length >= CTX_BYTES && !Arrays.equals(payload, 0, CTX_BYTES, ctx, 0, CTX_BYTES);
    }

    private boolean isSigned(Frame frame) {
        var sender = participant(frame.sender());
        var evidence = new Evidence(
                binding(frame.round()),
                frame.round(),
                sender.role(),
                sender.index(),
                Evidence.digestOf(frame.payload()),
                frame.signature());
        if (isValid(sender, evidence)) {
            remember(evidence);
            return true;
        }
        return frame.round() == 0 && namesOthers(frame.payload());
    }

    /**
     * Whether an AGREE lists other nodes than ours does: then we may hold the wrong key for its sender, so a
     * wrong signature proves nothing. Comparing it with ours ends the session anyway (COM-6).
     */
    private boolean namesOthers(byte[] payload) {
        try {
            var theirs = Agree.read(payload);
            var ours = proposal.agree();
            return !Arrays.equals(theirs.term(Term.WHO), ours.term(Term.WHO))
                    || !Arrays.equals(theirs.term(Term.ROSTER), ours.term(Term.ROSTER));
        } catch (Malformed e) {
            return false;
        }
    }

    /** What everybody signed in {@code round}, from 1, as far as it has reached us. */
    List<Evidence> evidence(int round) {
        return signed.values().stream()
                .filter(evidence -> round > 0 && evidence.round() == round)
                .sorted(Comparator.comparingInt(Evidence::address))
                .toList();
    }

    /** COM-8: compares what a peer was shown with what we were; returns who signed two different digests. */
    SortedSet<Integer> learn(List<Evidence> shown) {
        var culprits = new TreeSet<Integer>();
        for (var theirs : shown) {
            if (!isOfThisSession(theirs)) {
                continue;
            }
            var ours = signed.get(new Slot(theirs.round(), theirs.address()));
            if (ours != null && Arrays.equals(ours.digest(), theirs.digest())) {
                continue;
            }
            if (isValid(participant(theirs.address()), theirs)) {
                remember(theirs);
                if (ours != null) {
                    culprits.add(theirs.address());
                    proof.add(ours);
                    proof.add(theirs);
                }
            }
        }
        return culprits;
    }

    /** Pairs of statements of one party for one round that contradict each other. */
    List<Evidence> proof() {
        return List.copyOf(proof);
    }

    /** Round 0 is signed before there is a ctx, and nobody echoes it. */
    private boolean isOfThisSession(Evidence evidence) {
        return evidence.round() > 0
                && Arrays.equals(evidence.ctx(), ctx)
                && proposal.participant(evidence.address())
                        .filter(entry -> entry.role() == evidence.role())
                        .isPresent();
    }

    private boolean isValid(Entry signatory, Evidence evidence) {
        return verifier.verify(signatory.statementKey(), evidence.statement(), evidence.signature());
    }

    private void remember(Evidence evidence) {
        signed.putIfAbsent(new Slot(evidence.round(), evidence.address()), evidence);
    }

    private byte[] binding(int round) {
        return round == 0 ? proposal.sessionId() : ctx;
    }

    private Entry participant(int address) {
        return proposal.participant(address)
                .orElseThrow(() -> new IllegalArgumentException("party " + address + " does not take part"));
    }
}
