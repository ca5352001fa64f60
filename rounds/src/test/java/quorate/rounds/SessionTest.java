package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;

/** One session, party 1 of 3, and frames made by hand. What needs all parties is in the testkit's simulations. */
class SessionTest {
    private static final byte[] CTX = KnownAnswers.hex(KnownAnswers.field("ctx"), "keygen_ctx");
    private static final byte[] WORD = Encoding.concat(CTX, Example.ascii("word"));
    private static final byte[] SECRET = Example.ascii("secret");
    private static final int MAX_PAYLOAD = 1000;

    private record Word(byte[] encode) implements Message.Shared {}

    private record Whisper(byte[] encode) implements Message.Private {}

    private interface Answer<I extends Message> {
        Step<String> to(Inbox<I> inbox) throws CeremonyException;
    }

    private record Await<I extends Message>(Expected<I> expects, Answer<I> answer) implements Round<String, I> {
        @Override
        public Step<String> receive(Inbox<I> inbox) throws CeremonyException {
            return answer.to(inbox);
        }
    }

    private static Step<String> await(Outbox say, int round, Answer<Word> answer) {
        return new Step.Next<>(say, new Await<>(Expected.broadcast(round, Word::new), answer));
    }

    private static Step<String> listen(Outbox say, int round, Answer<Whisper> answer) {
        var expected = Expected.direct(round, payload -> new Whisper(payload.clone()));
        return new Step.Next<>(say, new Await<>(expected, answer));
    }

    /** A word from everybody, then whatever {@code then} says. */
    private static Protocol<String> word(Answer<Word> then) {
        return agreement -> {
            var word = new Word(Encoding.concat(agreement.ctx(), Example.ascii("word")));
            return await(Outbox.toAll(1, word), 1, then);
        };
    }

    private static Session<String> session(Protocol<String> protocol) {
        return new Session<>(Example.keygen(1), Example.signer(1), Example.VERIFIER, MAX_PAYLOAD, protocol);
    }

    private static Session<String> agreed(Protocol<String> protocol) {
        var session = session(protocol);
        session.start();
        session.receive(2, agree(2));
        session.receive(3, agree(3));
        return session;
    }

    private static Frame agree(int party) {
        return broadcast(party, 0, Example.keygen(party).agree().encode());
    }

    private static Frame broadcast(int party, int round, byte[] payload) {
        var binding = round == 0 ? Example.SESSION : CTX;
        var statement = Evidence.statement(binding, round, 0, party, Evidence.digestOf(payload));
        return Frame.broadcast(Example.SESSION, 1, round, party, payload, Example.signer(party).sign(statement));
    }

    /** The session wipes the payload. */
    private static Frame direct(int party, int round, byte[] payload) {
        return Frame.direct(Example.SESSION, 1, round, party, 1, payload);
    }

    private static Frame abort(int party, Check.Verdict verdict, Evidence... evidence) {
        return direct(party, Abort.ROUND, new Abort(verdict, List.of(evidence)).encode());
    }

    private static Evidence evidence(int party, int round, byte[] payload) {
        var frame = broadcast(party, round, payload);
        return new Evidence(CTX, round, 0, party, Evidence.digestOf(payload), frame.signature());
    }

    private static Abort abortIn(List<Outgoing> outgoing) throws Malformed {
        assertThat(outgoing).extracting(Outgoing::recipient).containsExactly(2, 3);
        assertThat(outgoing).extracting(out -> out.frame().round()).containsOnly(Abort.ROUND);
        return Abort.read(outgoing.getFirst().frame().payload());
    }

    @Test
    void wipesPrivateMessagesThatItDoesNotTake() throws Exception {
        var session = agreed(agreement -> listen(Outbox.silence(), 1, inbox -> new Step.Done<>("heard")));
        var first = direct(2, 1, SECRET.clone());
        session.receive(2, first);
        var again = direct(2, 1, SECRET.clone());
        var misdirected = Frame.direct(Example.SESSION, 1, 1, 3, 2, SECRET.clone());
        var farAhead = direct(3, 99, SECRET.clone());
        for (var frame : List.of(again, misdirected, farAhead)) {
            session.receive(frame.sender(), frame);
            assertThat(frame.payload()).containsOnly(0);
        }
        assertThat(first.payload()).isEqualTo(SECRET);
        session.receive(2, first); // the very same object once more
        assertThat(first.payload()).isEqualTo(SECRET);

        session.expire();

        assertThat(first.payload()).containsOnly(0);
        var late = direct(3, 1, SECRET.clone());
        session.receive(3, late);
        assertThat(late.payload()).containsOnly(0);
    }

    @Test
    void startsByAgreeing() throws Exception {
        var session = session(word(inbox -> new Step.Done<>("done")));
        assertThatIllegalStateException().isThrownBy(() -> session.receive(2, agree(2)));
        var outgoing = session.start();
        assertThat(outgoing).extracting(Outgoing::recipient).containsExactly(2, 3);
        for (var out : outgoing) {
            assertThat(out.frame()).usingRecursiveComparison().isEqualTo(agree(1));
        }
        assertThat(session.missing()).containsExactly(2, 3);
        assertThat(session.round()).isZero();
        assertThatIllegalStateException().isThrownBy(session::start);
        assertThatIllegalStateException().isThrownBy(session::result);
    }

    @Test
    void goesOnWhenARoundIsComplete() throws Exception {
        var inboxes = new ArrayList<Inbox<Word>>();
        var session = agreed(word(inbox -> {
            inboxes.add(inbox);
            return new Step.Done<>("done");
        }));
        assertThat(session.round()).isEqualTo(1);
        session.receive(2, broadcast(2, 1, WORD));
        assertThat(session.missing()).containsExactly(3);
        session.receive(3, broadcast(3, 1, WORD));
        assertThat(session.ended()).isTrue();
        assertThat(session.result()).isEqualTo("done");
        assertThat(inboxes.getFirst().all().keySet()).as("its own too").containsExactly(1, 2, 3);
        assertThat(inboxes.getFirst().payloads().values()).allSatisfy(payload -> assertThat(payload).isEqualTo(WORD));
    }

    @Test
    void signsItsBroadcasts() {
        var session = session(word(inbox -> new Step.Done<>("done")));
        session.start();
        session.receive(2, agree(2));
        var outgoing = session.receive(3, agree(3));
        assertThat(outgoing).hasSize(2).allSatisfy(out ->
                assertThat(out.frame()).usingRecursiveComparison().isEqualTo(broadcast(1, 1, WORD)));
    }

    @Test
    void saysItsLastWords() {
        var words = Outbox.toEach(2, j -> new Whisper(new byte[] {(byte) j}));
        var session = agreed(word(inbox -> new Step.Done<>(words, "done")));
        session.receive(2, broadcast(2, 1, WORD));
        var outgoing = session.receive(3, broadcast(3, 1, WORD));
        assertThat(outgoing).extracting(out -> out.frame().payload()).containsExactly(new byte[] {2}, new byte[] {3});
        assertThat(outgoing).extracting(out -> out.frame().receiver()).containsExactly(2, 3);
    }

    @Test
    void keepsFramesThatComeEarly() throws Exception {
        var session = session(word(inbox -> listen(Outbox.silence(), 2, whispers -> new Step.Done<>("done"))));
        session.start();
        for (int party = 2; party <= 3; party++) {
            session.receive(party, direct(party, 2, SECRET.clone()));
            session.receive(party, broadcast(party, 1, WORD));
            session.receive(party, agree(party));
        }
        assertThat(session.result()).isEqualTo("done");
    }

    @Test
    void waitsForTheGivenSendersOnly() throws Exception {
        var session = agreed(word(inbox -> new Step.Next<>(
                Outbox.silence(),
                new Await<>(
                        new Expected<>(2, false, Whisper::new, Set.of(3)),
                        whispers -> new Step.Done<>("from " + whispers.all().keySet())))));
        session.receive(2, broadcast(2, 1, WORD));
        session.receive(3, broadcast(3, 1, WORD));
        assertThat(session.missing()).containsExactly(3);
        session.receive(2, direct(2, 2, SECRET.clone()));
        session.receive(3, direct(3, 2, SECRET.clone()));
        assertThat(session.result()).isEqualTo("from [3]");
    }

    @Test
    void wipesPrivatePayloadsWhenTheRoundIsOver() {
        var heard = new ArrayList<byte[]>();
        var first = SECRET.clone();
        var second = SECRET.clone();
        var late = SECRET.clone();
        var session = agreed(word(inbox -> listen(Outbox.silence(), 2, whispers -> {
            whispers.all().values().forEach(whisper -> heard.add(whisper.encode()));
            return await(Outbox.silence(), 3, inbox3 -> new Step.Done<>("done"));
        })));
        session.receive(2, direct(2, 2, first));
        session.receive(3, direct(3, 4, late));
        session.receive(2, broadcast(2, 1, WORD));
        session.receive(3, broadcast(3, 1, WORD));
        assertThat(first).isEqualTo(SECRET);
        session.receive(3, direct(3, 2, second));
        assertThat(heard).hasSize(2).allSatisfy(whisper -> assertThat(whisper).isEqualTo(SECRET));
        assertThat(first).containsOnly(0);
        assertThat(second).containsOnly(0);
        assertThat(late).isEqualTo(SECRET);
        session.cancel();
        assertThat(late).containsOnly(0);
    }

    @Test
    void knowsARepetitionOfAWipedPayload() {
        var session = agreed(word(inbox -> listen(Outbox.silence(), 2, whispers ->
                await(Outbox.silence(), 2, inbox2 -> new Step.Done<>("done")))));
        for (int party = 2; party <= 3; party++) {
            session.receive(party, broadcast(party, 1, WORD));
        }
        for (int party = 2; party <= 3; party++) {
            session.receive(party, direct(party, 2, SECRET.clone()));
        }
        session.receive(2, direct(2, 2, SECRET.clone()));
        assertThat(session.ended()).isFalse();
        session.receive(2, direct(2, 2, new byte[SECRET.length]));
        assertBlames(session, Check.COM_2, 2);
    }

    @Test
    void keepsNothingOfRoundsFarAhead() { // COM-1
        var session = session(word(inbox -> new Step.Done<>("done")));
        session.start();
        session.receive(2, direct(2, Session.LOOKAHEAD + 1, SECRET.clone()));
        session.receive(2, direct(2, Session.LOOKAHEAD + 1, WORD.clone()));
        assertThat(session.ended()).isFalse();
        session.receive(2, direct(2, Session.LOOKAHEAD, SECRET.clone()));
        session.receive(2, direct(2, Session.LOOKAHEAD, WORD.clone()));
        assertBlames(session, Check.COM_2, 2);
    }

    @Test
    void dropsFramesOfPastRounds() { // COM-1
        var session = agreed(word(inbox -> new Step.Done<>("done")));
        session.receive(2, broadcast(2, 0, WORD));
        assertThat(session.ended()).isFalse();
    }

    @Test
    void dropsWhatIsNotForIt() { // COM-1
        var session = agreed(word(inbox -> new Step.Done<>("done")));
        session.receive(2, Frame.direct(Example.SESSION, 1, Abort.ROUND, 2, 3, new byte[] {1, 0}));
        session.receive(2, Frame.direct(CTX, 1, Abort.ROUND, 2, 1, new byte[] {1, 0}));
        session.receive(3, abort(2, Check.Verdict.FAIL));
        session.receive(4, abort(4, Check.Verdict.FAIL));
        session.receive(1, abort(1, Check.Verdict.FAIL));
        session.receive(2, broadcast(3, 1, WORD));
        assertThat(session.missing()).containsExactly(2, 3);
        assertThat(session.ended()).isFalse();
    }

    @Test
    void namesWhoSendsMoreThanAnyMessageHas() { // COM-3
        var session = agreed(word(inbox -> new Step.Done<>("done")));
        session.receive(3, direct(3, 2, new byte[MAX_PAYLOAD + 1]));
        assertBlames(session, Check.COM_3, 3);
    }

    @Test
    void namesEverybodyWhoseMessageIsMalformed() { // COM-3
        var session = agreed(agreement -> new Step.Next<>(
                Outbox.toEach(1, j -> new Whisper(SECRET)),
                new Await<>(
                        new Expected<Whisper>(
                                1,
                                false,
                                payload -> {
                                    throw new Malformed(payload.length == 0 ? Check.COM_3 : Check.DKG_1, "odd");
                                },
                                Set.of()),
                        whispers -> new Step.Done<>("done"))));
        session.receive(3, direct(3, 1, SECRET.clone()));
        session.receive(2, direct(2, 1, new byte[0]));
        assertBlames(session, Check.COM_3, 2, 3);
    }

    @Test
    void examinesEarlyBroadcastsWhenTheirRoundComes() { // COM-7
        var session = session(word(inbox -> new Step.Done<>("done")));
        session.start();
        var forged = Frame.broadcast(Example.SESSION, 1, 1, 2, WORD, new byte[64]);
        session.receive(2, forged);
        session.receive(2, agree(2));
        assertThat(session.ended()).isFalse();
        session.receive(3, agree(3));
        assertBlames(session, Check.COM_7, 2);
    }

    @Test
    void tellsTheOthersWhyItGaveUp() throws Exception {
        var session = agreed(word(inbox -> new Step.Done<>("done")));
        var outgoing = session.receive(2, Frame.broadcast(Example.SESSION, 1, 1, 2, WORD, new byte[64]));
        assertThat(abortIn(outgoing).verdict()).isEqualTo(Check.Verdict.BLAME);
        assertThat(session.receive(2, abort(2, Check.Verdict.FAIL))).isEmpty();
        assertThat(session.expire()).isEmpty();
        assertThat(session.cancel()).isEmpty();
        assertBlames(session, Check.COM_7, 2);
    }

    @Test
    void namesWhoIsMissingAtTheDeadline() throws Exception {
        var session = agreed(word(inbox -> new Step.Done<>("done")));
        session.receive(2, broadcast(2, 1, WORD));
        assertThat(abortIn(session.expire()).verdict()).isEqualTo(Check.Verdict.FAIL);
        assertThatExceptionOfType(Unresponsive.class).isThrownBy(session::result).satisfies(reason -> {
            assertThat(reason.silent()).containsExactly(3);
            assertThat(reason.round()).isEqualTo(1);
        });
        assertThat(session.missing()).isEmpty();
    }

    @Test
    void canBeCancelled() throws Exception {
        var session = agreed(word(inbox -> new Step.Done<>("done")));
        assertThat(abortIn(session.cancel()).verdict()).isEqualTo(Check.Verdict.FAIL);
        assertThatExceptionOfType(Aborted.class)
                .isThrownBy(session::result)
                .matches(reason -> reason.by() == 1);
    }

    @Test
    void endsWhenAnotherPartyGivesUp() throws Exception {
        var session = agreed(word(inbox -> new Step.Done<>("done")));
        var outgoing = session.receive(3, abort(3, Check.Verdict.REFUSE));
        assertThat(abortIn(outgoing).verdict()).isEqualTo(Check.Verdict.FAIL);
        assertThatExceptionOfType(Aborted.class).isThrownBy(session::result).satisfies(reason -> {
            assertThat(reason.by()).isEqualTo(3);
            assertThat(reason.reported()).isEqualTo(Check.Verdict.REFUSE);
        });
    }

    @Test
    void refusesBeforeItSaysAnythingElse() throws Exception { // COM-5
        var signing = Example.signing(1);
        var session = new Session<String>(signing, Example.signer(1), Example.VERIFIER, MAX_PAYLOAD, agreement -> {
            throw new AssertionError();
        });
        assertThat(abortIn(session.start()).verdict()).isEqualTo(Check.Verdict.REFUSE);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(session::result)
                .matches(reason -> reason.check() == Check.COM_5);
    }

    @Test
    void aProtocolMayRefuseWhatWasAgreed() {
        var session = agreed(agreement -> {
            throw new Refused(Check.PSG_3, "not here");
        });
        assertThatExceptionOfType(Refused.class).isThrownBy(session::result);
    }

    /** Party 1 heard {@code WORD} from everybody, and somebody echoes another digest. */
    private static Session<String> settling(List<Outgoing> outgoing) {
        var session = agreed(word(inbox -> {
            throw new Disagreement(Check.DKG_6, 2, List.of(Difference.at("digest of round 1", List.of(2))), 1);
        }));
        session.receive(2, broadcast(2, 1, WORD));
        outgoing.addAll(session.receive(3, broadcast(3, 1, WORD)));
        assertThat(session.settling()).isTrue();
        assertThat(session.ended()).isFalse();
        assertThat(session.missing()).containsExactly(2, 3);
        return session;
    }

    @Test
    void showsWhatWasSignedToItWhenPartiesDisagree() throws Exception { // COM-8
        var outgoing = new ArrayList<Outgoing>();
        settling(outgoing);
        var abort = abortIn(outgoing);
        assertThat(abort.verdict()).isEqualTo(Check.Verdict.FAIL);
        assertThat(abort.evidence())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrder(evidence(1, 1, WORD), evidence(2, 1, WORD), evidence(3, 1, WORD));
    }

    @Test
    void twoSignedVersionsNameTheirSigner() { // COM-8
        var session = settling(new ArrayList<>());
        var other = evidence(3, 1, SECRET);
        session.receive(2, abort(2, Check.Verdict.FAIL, evidence(1, 1, WORD), evidence(2, 1, WORD), other));
        assertBlames(session, Check.COM_8, 3);
        assertThat(session.proof())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(evidence(3, 1, WORD), other);
    }

    @Test
    void othersMayContradictEachOther() { // COM-8: party 1 has not heard party 3 in this round
        var session = agreed(word(inbox -> new Step.Done<>("done")));
        session.receive(2, broadcast(2, 1, WORD));
        var answer = session.receive(2, abort(2, Check.Verdict.FAIL, evidence(3, 1, WORD)));
        assertThat(answer).hasSize(2);
        assertThat(session.settling()).isTrue();
        session.receive(3, abort(3, Check.Verdict.FAIL, evidence(3, 1, SECRET)));
        assertBlames(session, Check.COM_8, 3);
    }

    @Test
    void evidenceOfAnythingElseProvesNothing() { // COM-8
        var session = settling(new ArrayList<>());
        var good = evidence(3, 1, SECRET);
        var forged = new Evidence(CTX, 1, 0, 3, good.digest(), new byte[64]);
        var otherCtx = Example.SHARE_ID;
        var ofOtherSession = Example.signer(3).sign(Evidence.statement(otherCtx, 1, 0, 3, good.digest()));
        var otherSession = new Evidence(otherCtx, 1, 0, 3, good.digest(), ofOtherSession);
        var otherRound = new Evidence(CTX, 2, 0, 3, good.digest(), good.signature());
        var otherRole = new Evidence(CTX, 1, 1, 3, good.digest(), good.signature());
        var stranger = evidence(4, 1, SECRET);
        var agreeing = new Evidence(CTX, 0, 0, 3, good.digest(), good.signature());
        var shown = Stream.of(forged, otherSession, otherRound, otherRole, stranger, agreeing).toArray(Evidence[]::new);
        session.receive(2, abort(2, Check.Verdict.FAIL, shown));
        assertThat(session.ended()).isFalse();
        session.receive(2, abort(2, Check.Verdict.FAIL, good));
        assertThat(session.ended()).as("one abort of each counts").isFalse();
        session.receive(3, direct(3, Abort.ROUND, new byte[99]));
        assertThatExceptionOfType(Disagreement.class)
                .isThrownBy(session::result)
                .matches(reason -> reason.check() == Check.DKG_6);
        assertThat(session.proof()).isEmpty();
    }

    @Test
    void settlesForTheDisagreementAtTheDeadline() {
        var session = settling(new ArrayList<>());
        session.receive(2, abort(2, Check.Verdict.FAIL));
        assertThat(session.missing()).containsExactly(3);
        assertThat(session.expire()).isEmpty();
        assertThatExceptionOfType(Disagreement.class).isThrownBy(session::result);
    }

    @Test
    void aBugOfTheProtocolComesOut() {
        var backwards = agreed(word(inbox -> await(Outbox.silence(), 0, again -> new Step.Done<>("done"))));
        backwards.receive(2, broadcast(2, 1, WORD));
        assertThatIllegalStateException()
                .isThrownBy(() -> backwards.receive(3, broadcast(3, 1, WORD)))
                .withMessage("round 0 after round 1");
        assertThat(backwards.cancel()).hasSize(2);
    }

    private static void assertBlames(Session<String> session, Check check, Integer... culprits) {
        assertThatExceptionOfType(Misbehaviour.class).isThrownBy(session::result).satisfies(reason -> {
            assertThat(reason.check()).isEqualTo(check);
            assertThat(reason.culprits()).containsExactly(culprits);
        });
    }
}
