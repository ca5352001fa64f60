package quorate.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.simulation.CoinToss.BYTES;
import static quorate.testkit.simulation.CoinToss.other;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.rounds.Abort;
import quorate.rounds.Agree;
import quorate.rounds.Check;
import quorate.rounds.Evidence;
import quorate.rounds.Frame;
import quorate.rounds.Offer;
import quorate.rounds.Operation;
import quorate.rounds.Outgoing;
import quorate.testkit.simulation.CoinToss.Commitment;
import quorate.testkit.simulation.CoinToss.Echo;
import quorate.testkit.simulation.CoinToss.Opening;
import quorate.testkit.simulation.CoinToss.Token;
import quorate.testkit.simulation.CoinToss.Toss;

/** COM-1 to COM-4, COM-7 and COM-8 of protocols.md Appendix A: party 3 lies exactly there. */
class SessionAdversaryTest {
    private static final int LIAR = 3;
    private static final byte[] NONE = new byte[0];

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    private static Simulation<Toss> ceremony(long seed) {
        return Simulation.keygen(4, 2, CoinToss.PLAYER).seed(seed);
    }

    private static Simulation<Toss> sending(long seed, int round, UnaryOperator<Frame> change) {
        return ceremony(seed).tampering(LIAR, out -> List.of(
                out.frame().round() == round ? new Outgoing(out.recipient(), change.apply(out.frame())) : out));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void dropsWhatSomebodyElseIsSaidToHaveSent(int round) { // COM-1
        sending(1, round, frame -> with(frame, frame.sessionId(), frame.protocolId(), 2))
                .run()
                .everyHonestParty()
                .misses(LIAR);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void dropsFramesOfAnotherSession(int round) { // COM-1
        sending(1, round, frame -> with(frame, other(frame.sessionId()), frame.protocolId(), LIAR))
                .run()
                .everyHonestParty()
                .misses(LIAR);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void dropsFramesOfAnotherProtocol(int round) { // COM-1
        sending(1, round, frame -> with(frame, frame.sessionId(), frame.protocolId() + 1, LIAR))
                .run()
                .everyHonestParty()
                .misses(LIAR);
    }

    @Test
    void dropsFramesForSomebodyElse() { // COM-1
        ceremony(1)
                .tampering(LIAR, out -> out.frame().isBroadcast()
                        ? List.of(out)
                        : List.of(new Outgoing(out.recipient() % 4 + 1, out.frame()), out))
                .run()
                .everyHonestParty()
                .finishes();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void dropsRepetitions(long seed) { // COM-1
        ceremony(seed).tampering(LIAR, out -> List.of(out, out, out)).reorder().run().allFinish();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void namesWhoSendsTwoDifferentFramesForOneSlot(long seed) { // COM-2
        ceremony(seed)
                .tampering(LIAR, out -> out.frame().round() == 1
                        ? List.of(out, ahead(out, new byte[BYTES]), ahead(out, new byte[BYTES + 1]))
                        : List.of(out))
                .run()
                .everyHonestParty()
                .blames(Check.COM_2, LIAR);
    }

    private static Outgoing ahead(Outgoing out, byte[] payload) {
        var frame = out.frame();
        int later = frame.round() + 1;
        return new Outgoing(
                out.recipient(),
                Frame.direct(
                        frame.sessionId(), frame.protocolId(), later, frame.sender(), out.recipient(), payload));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void namesWhoSendsAMalformedBroadcast(long seed) { // COM-3
        ceremony(seed)
                .whenever(LIAR, Opening.class, (to, opening) -> opening.noted(NONE))
                .run()
                .everyHonestParty()
                .blames(Check.COM_3, LIAR);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void namesWhoSendsAMalformedPrivateMessage(long seed) { // COM-3
        ceremony(seed)
                .whenever(LIAR, Token.class, token -> new Token(new byte[BYTES + 1]))
                .run()
                .everyHonestParty()
                .blames(Check.COM_3, LIAR);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void namesWhoSendsAMalformedAgreement(long seed) { // COM-3
        ceremony(seed)
                .whenever(LIAR, Agree.class, agree -> new Agree(
                        agree.terms(), agree.offers(), new byte[31], agree.database(), agree.top(), agree.pairs()))
                .run()
                .everyHonestParty()
                .blames(Check.COM_3, LIAR);
    }

    @Test
    void namesEverybodyWhoIsMalformed() { // COM-3
        ceremony(1)
                .whenever(2, Token.class, token -> new Token(NONE))
                .whenever(LIAR, Token.class, token -> new Token(NONE))
                .run()
                .everyHonestParty()
                .blames(Check.COM_3, 2, LIAR);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void namesWhoSendsAMalformedAbort(long seed) { // COM-3
        var run = ceremony(seed)
                .tampering(LIAR, out -> out.frame().round() == 1 && out.recipient() == 1
                        ? List.of(new Outgoing(1, abort(out, new byte[] {9, 0})))
                        : List.of(out))
                .run();
        run.parties(1).blames(Check.COM_3, LIAR);
        run.parties(2, 4).isTold(Check.Verdict.BLAME);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void blamesNobodyWhenTheContextDiffers(long seed) { // COM-4
        ceremony(seed)
                .whenever(LIAR, Commitment.class, (to, c) -> new Commitment(other(c.ctx()), c.digest()))
                .run()
                .everyHonestParty()
                .fails(Check.COM_4);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void blamesNobodyWhenPartiesWereTalkedIntoDifferentSharings(long seed) { // COM-4 before COM-7
        var newer = new Offer(1, CoinToss.ascii("the sharing of epoch one, a fork"));
        var older = new Offer(0, CoinToss.ascii("the sharing of epoch zero, older"));
        Simulation.signing(Operation.FROST_INTERACTIVE, 3, 2, Set.of(1, 2, 3), CoinToss.PLAYER)
                .seed(seed)
                .proposing(draft -> draft.offers(newer, older))
                .whenever(LIAR, Agree.class, (to, agree) -> to == 1 ? agree : new Agree(
                        agree.terms(), List.of(older), agree.incarnation(), agree.database(), NONE, NONE))
                .run()
                .everyHonestParty()
                .fails(Check.COM_4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void namesWhoseSignatureIsWrong(int round) { // COM-7
        for (var seed : seeds().toArray()) {
            sending(seed, round, frame -> frame.isBroadcast() ? withSignature(frame, other(frame.signature())) : frame)
                    .run()
                    .everyHonestParty()
                    .blames(Check.COM_7, LIAR);
        }
    }

    @Test
    void looksAtNoBroadcastBeforeItsSignature() { // COM-7, though the payload is malformed and opens nothing
        sending(1, 2, frame -> frame.isBroadcast() ? withPayload(frame, NONE) : frame)
                .run()
                .everyHonestParty()
                .blames(Check.COM_7, LIAR);
    }

    @Test
    void aSignatureIsGoodForItsRoundOnly() { // COM-7
        var second = new AtomicReference<>(NONE);
        sending(1, 3, frame -> withSignature(frame, second.get()))
                .tampering(LIAR, out -> {
                    if (out.frame().isBroadcast() && out.frame().round() == 2) {
                        second.set(out.frame().signature());
                    }
                    return List.of(out);
                })
                .run()
                .everyHonestParty()
                .blames(Check.COM_7, LIAR);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void namesTheEquivocatorInTheFirstRound(long seed) { // COM-8
        assertCaught(ceremony(seed)
                .whenever(LIAR, Commitment.class, (to, c) -> to == 1 ? c : new Commitment(c.ctx(), other(c.digest()))));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void namesTheEquivocatorInTheSecondRound(long seed) { // COM-8: only party 4 is told something else
        assertCaught(ceremony(seed)
                .whenever(LIAR, Opening.class, (to, opening) -> to == 4 ? opening.noted(other(opening.note())) : opening));
    }

    private static void assertCaught(Simulation<Toss> simulation) {
        var run = simulation.run();
        run.everyHonestParty().blames(Check.COM_8, LIAR);
        for (int party : List.of(1, 2, 4)) {
            var proof = run.proofOf(party);
            assertThat(proof).hasSize(2);
            assertThat(proof.get(0).statement()).isNotEqualTo(proof.get(1).statement());
            assertThat(proof).allSatisfy(evidence -> {
                assertThat(evidence.index()).isEqualTo(LIAR);
                assertThat(evidence.round()).isEqualTo(proof.get(0).round());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoeverSeesTheEvidenceNamesTheEquivocator(long seed) { // COM-8, aborts racing
        ceremony(seed)
                .whenever(LIAR, Commitment.class, (to, c) -> to == 1 ? c : new Commitment(c.ctx(), other(c.digest())))
                .abortsOvertake()
                .run()
                .everyHonestParty()
                .blames(Check.COM_8, LIAR);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void blamesNobodyForADigestThatIsJustWrong(long seed) { // COM-8 needs two signatures
        ceremony(seed)
                .whenever(LIAR, Opening.class, (to, opening) -> opening.after(other(opening.d1())))
                .run()
                .everyHonestParty()
                .fails(Check.DKG_6);
        ceremony(seed)
                .whenever(LIAR, Echo.class, (to, echo) -> new Echo(other(echo.d2())))
                .run()
                .everyHonestParty()
                .fails(Check.DKG_6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void believesNoForgedEvidence(long seed) { // COM-8: party 3 claims that party 1 signed something else
        var forged = new AtomicReference<>(NONE);
        ceremony(seed)
                .whenever(LIAR, Commitment.class, commitment -> {
                    var fake = new Evidence(commitment.ctx(), 1, 0, 1, new byte[BYTES], new byte[64]);
                    forged.set(new Abort(Check.Verdict.FAIL, List.of(fake)).encode());
                    return commitment;
                })
                .tampering(LIAR, out -> out.frame().round() == 2
                        ? List.of(new Outgoing(out.recipient(), abort(out, forged.get())))
                        : List.of(out))
                .run()
                .everyHonestParty()
                .isTold(Check.Verdict.FAIL);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void tellsTheOthersItsVerdictOnly(long seed) {
        var run = ceremony(seed)
                .whenever(LIAR, Token.class, (to, token) -> to == 1 ? new Token(other(token.bytes())) : token)
                .run();
        run.parties(1).blames(Check.DKG_5, LIAR);
        run.parties(2, 4).isTold(Check.Verdict.BLAME);
    }

    private static Frame abort(Outgoing out, byte[] payload) {
        var frame = out.frame();
        return Frame.direct(
                frame.sessionId(), frame.protocolId(), Abort.ROUND, frame.sender(), out.recipient(), payload);
    }

    private static Frame with(Frame frame, byte[] sessionId, int protocolId, int sender) {
        return new Frame(
                sessionId, protocolId, frame.round(), sender, frame.receiver(), frame.payload(), frame.signature());
    }

    private static Frame withPayload(Frame frame, byte[] payload) {
        return new Frame(
                frame.sessionId(),
                frame.protocolId(),
                frame.round(),
                frame.sender(),
                frame.receiver(),
                Arrays.copyOf(payload, payload.length),
                frame.signature());
    }

    private static Frame withSignature(Frame frame, byte[] signature) {
        return Frame.broadcast(
                frame.sessionId(), frame.protocolId(), frame.round(), frame.sender(), frame.payload(), signature);
    }
}
