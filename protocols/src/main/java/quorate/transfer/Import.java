package quorate.transfer;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import quorate.algebra.Draw;
import quorate.algebra.HashCommitment;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.Participant;
import quorate.dealing.NewShare;
import quorate.dealing.NewSharing;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Commitments;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.Contribution;
import quorate.dealing.internal.Opening;
import quorate.dealing.internal.SecretPoint;
import quorate.pair.PairAnswer;
import quorate.pair.PairExchanges;
import quorate.pair.PairInvitation;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Entry;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Outbox;
import quorate.rounds.Refused;
import quorate.rounds.Round;
import quorate.rounds.Step;

/**
 * The session of an import: nodes that each hold one share that was wrapped for them make a new sharing of the key.
 *
 * <p>Source: protocols.md 7.3: "the redistribution 5.2 with these inputs: old record := the header (pk, cc, epoch, n, t, Y in
 * place of X; A_k unused); S := the t+1 lowest indices, dealer i shares lag(S,i)*y_i (IMP-2: A_{i,0} == lag(S,i)*Y_i); N :=
 * 1..n, t' = t, node i is both dealer i and receiver i, entry role 01. Nodes outside S check and do not deal." A node has one
 * entry, so it says one thing to everybody in a round, and one to each other node. Deviations: docs/protocols/transfer.md.
 *
 * <p>Letters: f_i the polynomial of dealer i and A_i its commitment, s_ij = f_i(j), x'_j the sum of the s_ij, D1 and D2 the
 * digests of what was broadcast. Assumes authenticated private channels, signed broadcasts, and that IMP-3 and IMP-1 were
 * checked before. On abort names whom this party caught; nothing is stored. What it yields is in force once the nodes have
 * committed to it (5.4). Cost: as key generation.
 */
public final class Import {
    private Import() {}

    /** What a participant refuses that has no result: known once all have agreed. */
    public static Operation operation(Agreement agreement) {
        return new Operation(
                agreement.protocolId(),
                Octets.of(agreement.sessionId()),
                Octets.of(agreement.keyId()),
                Octets.EMPTY,
                agreement.newEpoch(),
                Octets.EMPTY,
                agreement.participants().stream().map(Participant::of).toList(),
                Octets.EMPTY);
    }

    /**
     * Rounds 0 and 1.
     *
     * @param brought the share of this node, of index {@code agreement.me()}
     * @param draw hedged with the node's own secret
     * @param secrets holds everything secret of this run, and the share and pair states of the result
     * @throws Refused COM-5 if what was agreed on is not what the header says
     */
    public static Step<NewShare> start(Agreement agreement, ImportedShare brought, Draw draw, Secrets secrets)
            throws Refused {
        requireFits(agreement, brought.header());
        var importing = new Importing(agreement, brought, draw.knowing(agreement.ctx()), secrets);
        var header = new CommonHeader(brought.header().common().encode());
        var say = Outbox.toEach(0, j -> header);
        if (!importing.deals()) {
            // receiver j: ctx, nonce'_j
            var greeting = new Greeting(agreement.ctx(), nonce(importing, "nonce'"));
            return new Step.Next<>(
                    say.and(Outbox.toAll(1, greeting)), new AwaitHeaders(importing, header, Optional.empty()));
        }
        // dealer i: ctx, nonce_i, com_i with f_i of degree t', f_i(0) = lag(S,i)*y_i
        var bound = importing.draw();
        var nonce = nonce(importing, "nonce");
        var f = SecretPolynomial.sampleWith(importing.part(), agreement.degree(), bound, secrets);
        var blind = bound.draw(Draw.For.DKG, Draw.name("blind"), HashCommitment.BLIND_BYTES);
        var mine = new Contribution(f, f.commitment(), new byte[0], blind);
        var offering = new Offering(
                mine.announce(agreement.ctx(), agreement.me(), nonce), nonce(importing, "nonce'"));
        return new Step.Next<>(
                say.and(Outbox.toAll(1, offering)), new AwaitHeaders(importing, header, Optional.of(mine)));
    }

    private static byte[] nonce(Importing importing, String name) {
        return importing.draw().draw(Draw.For.DKG, Draw.name(name), Greeting.NONCE_BYTES);
    }

    private static void requireFits(Agreement agreement, ExportHeader header) throws Refused {
        var all = new TreeSet<>(IntStream.rangeClosed(1, header.players()).boxed().toList());
        boolean fits = agreement.role() == 1
                && agreement.me() == header.index()
                && agreement.parties().isEmpty()
                && agreement.newParties().equals(all)
                && agreement.n() == header.players()
                && agreement.degree() == header.degree()
                && agreement.epoch() == header.epoch()
                && agreement.scheme() == header.scheme().code()
                && agreement.group().equals(header.publicKey().group());
        if (!fits) {
            throw new Refused(Check.COM_5, "the header is not of the key and node that the session is about");
        }
    }

    /** "Round 0 carries the common header: all equal, else FAIL." */
    private record AwaitHeaders(Importing importing, CommonHeader mine, Optional<Contribution> dealt)
            implements Round<NewShare, CommonHeader> {
        @Override
        public Expected<CommonHeader> expects() {
            return Expected.direct(0, CommonHeader::read);
        }

        @Override
        public Step<NewShare> receive(Inbox<CommonHeader> inbox) throws CeremonyException {
            inbox.requireSame(Check.IMP_1, (j, theirs) -> theirs.isSame(mine));
            return new Step.Next<>(Outbox.silence(), new AwaitOfferings(importing, dealt));
        }
    }

    private record AwaitOfferings(Importing importing, Optional<Contribution> dealt)
            implements Round<NewShare, Offering> {
        @Override
        public Expected<Offering> expects() {
            return Expected.broadcast(1, Offering::read).from(importing.dealing());
        }

        @Override
        public Step<NewShare> receive(Inbox<Offering> inbox) throws CeremonyException {
            var ctx = importing.agreement().ctx();
            inbox.requireSame(Check.COM_4, (i, offering) -> Arrays.equals(offering.dealt().ctx(), ctx));
            return importing.silent().isEmpty()
                    ? open(importing, dealt, inbox, Map.of())
                    : new Step.Next<>(Outbox.silence(), new AwaitGreetings(importing, dealt, inbox));
        }
    }

    private record AwaitGreetings(Importing importing, Optional<Contribution> dealt, Inbox<Offering> offered)
            implements Round<NewShare, Greeting> {
        @Override
        public Expected<Greeting> expects() {
            return Expected.broadcast(1, Greeting::read).from(importing.silent());
        }

        @Override
        public Step<NewShare> receive(Inbox<Greeting> inbox) throws CeremonyException {
            var ctx = importing.agreement().ctx();
            inbox.requireSame(Check.COM_4, (j, greeting) -> Arrays.equals(greeting.ctx(), ctx));
            return open(importing, dealt, offered, inbox.all());
        }
    }

    /**
     * Round 2 [B]: dealer i: D1, A_{i,0..t'}, blind_i, PoK of A_{i,0} (ctx' = D1, index = old index i); receiver j: D1, which
     * for a dealer is in its opening already. P2P: dealer i to receiver j: s_{i,j} = f_i(j); everybody (ECDSA): zseed, BOT1.
     */
    private static Step<NewShare> open(
            Importing importing, Optional<Contribution> dealt, Inbox<Offering> offered, Map<Integer, Greeting> greeted) {
        var d1 = importing.d1(offered, greeted);
        var pairs = importing.pairs(d1);
        var commitments = new Commitments();
        var announced = new TreeMap<Integer, Announcement>();
        offered.all().forEach((i, offering) -> announced.put(i, offering.dealt()));
        var heard = new Heard(
                new Inbox<>(1, importing.agreement().address(), announced, new TreeMap<>()),
                commitments,
                d1,
                pairs,
                dealt);
        var say = dealt.map(mine -> opened(importing, mine, heard)).orElseGet(() -> echoed(importing, heard));
        return importing.silent().isEmpty()
                ? new Step.Next<>(say, new AwaitOpenings(importing, heard))
                : new Step.Next<>(say, new AwaitEchoes(importing, heard));
    }

    private static Outbox opened(Importing importing, Contribution mine, Heard heard) {
        heard.commitments.put(importing.agreement().address(), mine.commitment());
        var opening = mine.open(heard.d1, importing.me(), importing.draw(), importing.secrets());
        return Outbox.toAll(2, opening).and(Outbox.toEach(2, j -> new SecretPoint(
                mine.f().at(Entry.indexOf(j)), heard.pairs.invitation(j))));
    }

    private static Outbox echoed(Importing importing, Heard heard) {
        var say = Outbox.toAll(2, new Confirmation(heard.d1));
        return importing.hasPairs()
                ? say.and(Outbox.toEach(2, j -> new Invitation(heard.pairs.invitation(j))))
                : say;
    }

    /** What is known when round 2 begins. */
    private record Heard(
            Inbox<Announcement> announced,
            Commitments commitments,
            byte[] d1,
            PairExchanges pairs,
            Optional<Contribution> dealt) {}

    private record AwaitEchoes(Importing importing, Heard heard) implements Round<NewShare, Confirmation> {
        @Override
        public Expected<Confirmation> expects() {
            return Expected.broadcast(2, Confirmation::read).from(importing.silent());
        }

        @Override
        public Step<NewShare> receive(Inbox<Confirmation> inbox) throws CeremonyException {
            inbox.requireEcho(Check.DKG_6, 1, heard.d1, Confirmation::echo);
            return new Step.Next<>(Outbox.silence(), new AwaitOpenings(importing, heard));
        }
    }

    private record AwaitOpenings(Importing importing, Heard heard) implements Round<NewShare, Opening> {
        @Override
        public Expected<Opening> expects() {
            return Expected.broadcast(2, payload -> Opening.read(importing.openings(), payload))
                    .from(importing.dealing());
        }

        @Override
        public Step<NewShare> receive(Inbox<Opening> inbox) throws CeremonyException {
            inbox.requireEcho(Check.DKG_6, 1, heard.d1, Opening::echo);
            importing.openings().examine(inbox, heard.announced, heard.d1, heard.commitments);
            importing.requireSharesOfTheKey(inbox, heard.commitments);
            var made = importing.made(heard.commitments.sum(), importing.d2(heard.d1, inbox));
            return new Step.Next<>(Outbox.silence(), new AwaitPoints(importing, heard, made));
        }
    }

    private record AwaitPoints(Importing importing, Heard heard, NewSharing made)
            implements Round<NewShare, SecretPoint> {
        @Override
        public Expected<SecretPoint> expects() {
            return Expected.<SecretPoint>direct(2, payload -> SecretPoint.read(
                            importing.group(), importing.hasPairs(), importing.secrets(), payload))
                    .from(importing.otherDealers());
        }

        @Override
        public Step<NewShare> receive(Inbox<SecretPoint> inbox) throws CeremonyException {
            int me = importing.me();
            // Receivers: the share equation at j.
            inbox.require(Check.DKG_5, (i, s) -> importing.group()
                    .multiplyBase(s.value())
                    .equals(heard.commitments.of(i).at(me)));
            // x'_j = sum_i s_{i,j}, the own one included
            var x = heard.dealt
                    .map(mine -> mine.f().at(me))
                    .orElseGet(() -> SecretScalar.of(importing.secrets(), importing.group().scalar(0)));
            var invitations = new TreeMap<Integer, PairInvitation>();
            for (var s : inbox.all().entrySet()) {
                x = x.plus(s.getValue().value());
                invitations.put(s.getKey(), s.getValue().invitation());
            }
            var share = importing.share(made, x);
            return importing.hasPairs() && !importing.otherSilent().isEmpty()
                    ? new Step.Next<>(Outbox.silence(), new AwaitInvitations(importing, heard, share, invitations))
                    : confirm(importing, heard, share, invitations);
        }
    }

    private record AwaitInvitations(
            Importing importing, Heard heard, NewShare share, SortedMap<Integer, PairInvitation> ofDealers)
            implements Round<NewShare, Invitation> {
        @Override
        public Expected<Invitation> expects() {
            return Expected.<Invitation>direct(2, payload -> Invitation.read(payload, importing.secrets()))
                    .from(importing.otherSilent());
        }

        @Override
        public Step<NewShare> receive(Inbox<Invitation> inbox) throws CeremonyException {
            var invitations = new TreeMap<>(ofDealers);
            inbox.all().forEach((j, invitation) -> invitations.put(j, invitation.pair()));
            return confirm(importing, heard, share, invitations);
        }
    }

    /** Round 3: D2, and BOT2 among N. */
    private static Step<NewShare> confirm(
            Importing importing, Heard heard, NewShare share, SortedMap<Integer, PairInvitation> invitations)
            throws CeremonyException {
        var say = Outbox.toAll(3, new Confirmation(share.made().d2()));
        if (!importing.hasPairs()) {
            return new Step.Next<>(say, new AwaitConfirmations(share, new Step.Done<>(share)));
        }
        var answers = heard.pairs.answer(2, invitations);
        var then = new Step.Next<>(Outbox.silence(), new AwaitAnswers(share, answers));
        return new Step.Next<>(say.and(Outbox.toEach(3, answers::to)), new AwaitConfirmations(share, then));
    }

    private record AwaitConfirmations(NewShare share, Step<NewShare> then) implements Round<NewShare, Confirmation> {
        @Override
        public Expected<Confirmation> expects() {
            return Expected.broadcast(3, Confirmation::read);
        }

        @Override
        public Step<NewShare> receive(Inbox<Confirmation> inbox) throws Disagreement {
            inbox.requireEcho(Check.DKG_6, 2, share.made().d2(), Confirmation::echo);
            return then;
        }
    }

    private record AwaitAnswers(NewShare share, PairExchanges.Answers answers) implements Round<NewShare, PairAnswer> {
        @Override
        public Expected<PairAnswer> expects() {
            return Expected.direct(3, PairAnswer::read);
        }

        @Override
        public Step<NewShare> receive(Inbox<PairAnswer> inbox) throws CeremonyException {
            return new Step.Done<>(share.with(answers.finish(3, inbox.all())));
        }
    }
}
