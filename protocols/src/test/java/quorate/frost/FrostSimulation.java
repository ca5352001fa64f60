package quorate.frost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.rounds.Check;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Operation;
import quorate.rounds.Outbox;
import quorate.rounds.Step;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.testkit.simulation.Fault;
import quorate.testkit.simulation.Simulation;
import quorate.testkit.verify.IndependentVerifier;

/** Signing in real sessions: agreement, signed broadcasts, hedged randomness, a bad network. */
class FrostSimulation {
    private static final byte[] MESSAGE = "pay 1 to Bob".getBytes(UTF_8);
    private static final SigningRequest REQUEST = SigningRequest.of(Groups.ED25519, MESSAGE);

    private final Secrets scope = new Secrets();
    private final SortedMap<Integer, KeyShare> keys =
            Keys.random(Groups.ED25519, Scheme.SCHNORR, 4, 1, "simulation", scope);
    private final byte[] pk = share(1).sharing().publicKey().encode();

    @AfterEach
    void wipe() {
        scope.close();
    }

    private Simulation<byte[]> signing(Set<Integer> signers, SigningRequest... requests) {
        return Simulation.<byte[]>signing(
                        Operation.FROST_INTERACTIVE,
                        4,
                        2,
                        signers,
                        (party, draw, secrets) -> agreement -> FrostSigning.start(
                                agreement, share(party), requests.length < party ? REQUEST : requests[party - 1], draw, secrets))
                .proposing(draft -> draft.group(Groups.ED25519, Scheme.SCHNORR.code())
                        .sharing(0, share(1).sharing().shareId(), pk)
                        .params(REQUEST.params().toArray(byte[][]::new)));
    }

    @Test
    void everySignerGetsTheSameValidSignatureInWhateverOrderMessagesArrive() {
        for (var signers : List.of(Set.of(1, 3), Set.of(2, 3, 4), Set.of(1, 2, 3, 4))) {
            for (long seed = 1; seed <= 20; seed++) {
                var results = signing(signers).seed(seed).reorder().abortsOvertake().run().allFinish();
                assertThat(results.keySet()).isEqualTo(signers);
                assertValid(results);
                assertThat(results.values().stream().map(HexFormat.of()::formatHex).distinct()).hasSize(1);
            }
        }
    }

    @Test
    void namesThePartyWithAWrongShare() {
        signing(Set.of(1, 2, 3))
                .whenever(3, SignatureShare.class, share -> new SignatureShare(
                        share.presigId(), share.request(), new byte[32]))
                .run()
                .everyHonestParty()
                .blames(Check.FRO_3, 3);
    }

    /** Different views blame nobody at first; the signatures on what was said then show who lied. */
    @Test
    void namesThePartyThatShowsDifferentNonces() {
        var g = Groups.ED25519.generator().encode();
        signing(Set.of(1, 2, 3))
                .whenever(3, NonceAnnouncement.class, (recipient, announcement) -> recipient == 2
                        ? new NonceAnnouncement(announcement.ctx(), Encoding.concat(g, g))
                        : announcement)
                .run()
                .everyHonestParty()
                .blames(Check.COM_8, 3);
    }

    /** What all agreed to sign is in ctx; a node whose user asks for something else is found before it signs. */
    @Test
    void findsDifferentMessagesBeforeAnythingIsSigned() {
        var other = SigningRequest.of(Groups.ED25519, new byte[] {1});
        var run = signing(Set.of(1, 2, 3), REQUEST, other, REQUEST)
                .proposing(2, draft -> draft.params(other.params().toArray(byte[][]::new)))
                .run();

        run.everyHonestParty().fails(Check.COM_6);
    }

    @Test
    void refusesASetOfSignersBelowTheThreshold() {
        signing(Set.of(3)).run().everyHonestParty().refuses(Check.COM_5);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void noSingleFaultMakesAWrongSignatureOrHangs(Fault fault) {
        int frames = signing(Set.of(1, 2, 3)).run().frames();
        for (int frame = 1; frame <= frames; frame++) {
            // A run ends, and blames nobody but the sender of a damaged frame.
            assertValid(signing(Set.of(1, 2, 3)).with(fault, frame).run().results());
        }
    }

    /** protocols.md Appendix B 17: a cloned machine repeats its generator, not its nonces. */
    @Test
    void showsOtherNoncesInEverySessionEvenIfTheGeneratorRepeatsItself() throws Exception {
        var shown = new ArrayList<String>();
        for (var message : List.of("one", "two", "three")) {
            var request = SigningRequest.of(Groups.ED25519, message.getBytes(UTF_8));
            for (var signers : List.of(Set.of(1, 2), Set.of(1, 3))) {
                var agreement = Agreements.signing(share(1).sharing(), signers, request.params()).getFirst();
                var x = share(1).secret().exposeFor(Purpose.HEDGING);
                var draw = new HedgedDraw(new Constant(), x, agreement.participants().getFirst(), scope);
                var step = FrostSigning.start(agreement, share(1), request, draw, scope);
                if (step instanceof Step.Next<byte[], ?> next
                        && next.say().items().getFirst() instanceof Outbox.Item.ToAll all
                        && all.message() instanceof NonceAnnouncement announcement) {
                    shown.add(HexFormat.of().formatHex(announcement.points(), 0, 32));
                    shown.add(HexFormat.of().formatHex(announcement.points(), 32, 64));
                }
            }
        }
        assertThat(shown).hasSize(12);
        assertThat(new HashSet<>(shown)).hasSize(12);
    }

    private static final class Constant extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 7);
        }
    }

    private void assertValid(SortedMap<Integer, byte[]> signatures) {
        assertThat(new TreeMap<>(signatures).values())
                .allSatisfy(signature ->
                        assertThat(IndependentVerifier.ed25519(pk, MESSAGE, signature)).isTrue());
    }

    private KeyShare share(int party) {
        return Objects.requireNonNull(keys.get(party));
    }
}
