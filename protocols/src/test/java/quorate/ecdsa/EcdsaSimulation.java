package quorate.ecdsa;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Transcript;
import quorate.key.Scheme;
import quorate.pair.PairState;
import quorate.rounds.Check;
import quorate.rounds.Guard;
import quorate.rounds.Operation;
import quorate.rounds.Refused;
import quorate.rounds.Workers;
import quorate.testkit.simulation.Fault;
import quorate.testkit.simulation.Simulation;
import quorate.testkit.verify.IndependentVerifier;

/** Signing in real sessions: agreement, signed broadcasts, guarded messages, hedged randomness, a bad network. */
class EcdsaSimulation {
    private static final byte[] HASH = Transcript.of("test/message").add("pay 1 to Bob".getBytes(UTF_8)).hash();

    private final Cast cast = new Cast(Groups.SECP256K1, 4, 2, "simulation");
    private final byte[] pk = cast.sharing().publicKey().encode();

    @AfterEach
    void wipe() {
        cast.close();
    }

    private Simulation<EcdsaSignature> signing(Set<Integer> signers) throws Refused {
        return signing(signers, cast::verdicts);
    }

    private interface Judges {
        Verdicts of(int party);
    }

    private Simulation<EcdsaSignature> signing(Set<Integer> signers, Judges judges) throws Refused {
        var request = EcdsaRequest.of(cast.group, HASH);
        return Simulation.<EcdsaSignature>signing(
                        Operation.ECDSA_INTERACTIVE,
                        4,
                        3,
                        signers,
                        (party, draw, secrets) -> agreement -> EcdsaSigning.start(
                                agreement,
                                cast.key(party),
                                request,
                                true,
                                Objects.requireNonNull(cast.pairs.get(party)),
                                judges.of(party),
                                draw,
                                secrets))
                .proposing(draft -> draft.group(cast.group, Scheme.ECDSA.code())
                        .sharing(0, cast.sharing().shareId(), pk)
                        .params(request.params().toArray(byte[][]::new)));
    }

    private void assertValid(Collection<EcdsaSignature> signatures) {
        assertThat(signatures).allSatisfy(signature -> assertThat(IndependentVerifier.ecdsa(
                        IndependentVerifier.Curve.SECP256K1, pk, HASH, signature.compact()))
                .isTrue());
    }

    @Test
    void everySignerGetsTheSameValidSignatureInWhateverOrderMessagesArrive() throws Exception {
        for (var signers : List.of(Set.of(1, 2, 3), Set.of(1, 3, 4))) {
            for (long seed = 1; seed <= 5; seed++) {
                var results = signing(signers).seed(seed).reorder().abortsOvertake().run().allFinish();
                assertThat(results.keySet()).isEqualTo(signers);
                assertThat(Set.copyOf(results.values())).hasSize(1);
                assertValid(results.values());
            }
        }
    }

    @Test
    void aBatchIsPresignedInRealSessions() throws Exception {
        var presignatures = Simulation.<List<PresignatureShare>>signing(
                        Operation.ECDSA_PRESIGN,
                        4,
                        3,
                        Set.of(1, 2, 4),
                        (party, draw, secrets) -> agreement -> EcdsaPresigning.start(
                                agreement,
                                cast.key(party),
                                Objects.requireNonNull(cast.pairs.get(party)),
                                cast.verdicts(party),
                                draw,
                                secrets,
                                Workers.none(),
                                16))
                .proposing(draft -> draft.group(cast.group, Scheme.ECDSA.code())
                        .sharing(0, cast.sharing().shareId(), pk)
                        .params(Encoding.i2osp(16, 4)))
                .run()
                .allFinish();
        assertThat(presignatures.values()).allSatisfy(shares -> assertThat(shares).hasSize(16));
        assertThat(presignatures.values().stream()
                        .map(shares -> shares.get(7).presignature().nonce())
                        .distinct())
                .hasSize(1);
    }

    /** Appendix B 4: different views blame nobody at first; the signatures on what was said then show who lied. */
    @Test
    void namesThePartyThatShowsDifferentCommitments() throws Exception {
        signing(Set.of(1, 2, 3))
                .whenever(3, NonceCommitments.class, (recipient, message) -> {
                    var changed = message.encode().clone();
                    changed[changed.length - 1] ^= (byte) (recipient == 2 ? 1 : 0);
                    return new NonceCommitments(changed);
                })
                .run()
                .everyHonestParty()
                .blames(Check.COM_8, 3);
        assertThat(cast.verdicts(1).bans()).isEmpty();
    }

    @Test
    void everySignerBansThePairWithACheater() throws Exception {
        signing(Set.of(1, 2, 3))
                .whenever(3, Extensions.class, message -> {
                    var changed = message.encode().clone();
                    changed[100] ^= 1;
                    return new Extensions(changed);
                })
                .run()
                .everyHonestParty()
                .blames(Check.OTE_2, 3);
        assertThat(cast.verdicts(1).isBanned(cast.pair(1, 3))).isTrue();
        assertThat(cast.verdicts(2).isBanned(cast.pair(2, 3))).isTrue();
        assertThat(cast.verdicts(1).isBanned(cast.pair(1, 2))).isFalse();
        // The next session with that pair does not even begin; others do.
        signing(Set.of(1, 2, 3)).run().parties(1, 2).refuses(Check.COM_5);
        assertValid(signing(Set.of(1, 2, 4)).run().allFinish().values());
    }

    /** Another session bans the pair after this one's verdict and before its messages leave. */
    private record Overtaken(AtomicBoolean banned) implements Verdicts {
        @Override
        public Optional<Check> judge(PairState pair, Supplier<Optional<Check>> evaluation) {
            var finding = evaluation.get();
            banned.set(true);
            return finding;
        }

        @Override
        public Guard guard(Collection<PairState> pairs) {
            return handOver -> {
                if (!banned.get()) {
                    handOver.run();
                }
                return !banned.get();
            };
        }
    }

    @Test
    void nothingLeavesAfterAnotherSessionHasBannedThePair() throws Exception {
        var overtaken = new Overtaken(new AtomicBoolean());
        var run = signing(Set.of(1, 2, 3), party -> party == 1 ? overtaken : cast.verdicts(party))
                .run();
        run.parties(1).refuses(Check.COM_5);
        run.parties(2, 3).isTold(Check.Verdict.REFUSE);
    }

    @Test
    void noSingleFaultMakesAWrongSignatureABanOfTheHonestOrHangs() throws Exception {
        for (var fault : List.of(Fault.DROP, Fault.DELAY, Fault.DUPLICATE, Fault.TRUNCATE)) {
            int frames = signing(Set.of(1, 2, 3)).run().frames();
            for (int frame = 1; frame <= frames; frame += 3) {
                assertValid(signing(Set.of(1, 2, 3)).with(fault, frame).run().results().values());
            }
        }
        for (int party = 1; party <= 4; party++) {
            assertThat(cast.verdicts(party).bans()).isEmpty();
        }
    }
}
