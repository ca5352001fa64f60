package quorate.ecdsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quorate.algebra.Groups;
import quorate.algebra.Scalar;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Malformed;
import quorate.rounds.Refused;
import quorate.table.Keys;
import quorate.testkit.vectors.KatDraw;

/** What is refused before a presignature is claimed, and what burns it (protocols.md 3.5). */
class FinalStepTest {
    private static final byte[] ROOT = {0};
    private static final byte[] HASH = {42};

    private final Secrets scope = new Secrets();
    private final Synthetic synthetic = new Synthetic(Groups.SECP256K1, new KatDraw("final"), scope);
    private final Scalar zero = Groups.SECP256K1.scalar(0);

    @AfterEach
    void wipe() {
        scope.close();
    }

    private static void assertRefused(ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.check()).isEqualTo(Check.SIG_8));
    }

    private static void assertFails(Check check, ThrowingCallable combination) {
        assertThatThrownBy(combination)
                .isInstanceOfSatisfying(
                        Disagreement.class, failure -> assertThat(failure.check()).isEqualTo(check));
    }

    @Test
    void refusesRequestsOfAnotherShape() {
        assertRefused(() -> EcdsaRequest.of(new byte[0], ROOT, zero, new byte[0]));
        assertRefused(() -> EcdsaRequest.of(new byte[65], ROOT, zero, new byte[0]));
        assertRefused(() -> EcdsaRequest.of(HASH, ROOT, zero, new byte[31]));
        assertRefused(() -> EcdsaRequest.of(HASH, new byte[0], zero, new byte[0]));
        assertRefused(() -> EcdsaRequest.of(HASH, new byte[] {1}, zero, new byte[0]));
        assertRefused(() -> EcdsaRequest.of(HASH, new byte[1 + 4 * 17], zero, new byte[0]));
        var tooDeep = new byte[1 + 4 * 17];
        tooDeep[0] = 17;
        assertRefused(() -> EcdsaRequest.of(HASH, tooDeep, zero, new byte[0]));
    }

    @Test
    void refusesAPresignatureOfAnotherKeySharingOrSetOfSigners() throws Exception {
        var request = EcdsaRequest.of(Groups.SECP256K1, HASH);
        var shares = synthetic.presign();
        var presignature = shares.get(0).presignature();
        var signers = presignature.signers();
        var other = Keys.random(Groups.SECP256K1, Scheme.ECDSA, 3, 1, "another", scope).get(1);
        assertThat(other).isNotNull().extracting(KeyShare::sharing).satisfies(sharing ->
                assertRefused(() -> FinalStep.of(presignature, sharing, signers, request)));
        var elsewhere = new Presignature(
                presignature.id(), new byte[] {1}, presignature.shareId(), new byte[0], signers, presignature.nonce());
        assertRefused(() -> FinalStep.of(elsewhere, synthetic.sharing(), signers, request));
        assertRefused(() ->
                FinalStep.of(presignature, synthetic.sharing(), new TreeSet<>(List.of(1, 3)), request));
        // Nothing was claimed.
        assertThat(FinalStep.of(presignature, synthetic.sharing(), signers, request).partial(shares.get(0)))
                .isNotNull();
    }

    @Test
    void refusesATweakThatLeadsToNoKey() throws Exception {
        var minus = EcdsaRequest.of(HASH, ROOT, synthetic.secret().negate(), new byte[0]);
        var presignature = synthetic.presign().get(0).presignature();
        assertRefused(() -> FinalStep.of(presignature, synthetic.sharing(), presignature.signers(), minus));
    }

    @Test
    void aPresignatureIsUsedOnceWhateverIsAskedOfIt() throws Exception {
        var share = synthetic.presign().get(0);
        var step = synthetic.step(share, EcdsaRequest.of(Groups.SECP256K1, HASH));
        step.partial(share);
        assertRefused(() -> step.partial(share));
        assertRefused(() -> share.claim(scope));
        var dropped = synthetic.presign().get(1);
        dropped.close();
        assertRefused(() -> dropped.claim(scope));
        var other = synthetic.presign().get(0);
        assertThatIllegalArgumentException().isThrownBy(() -> step.partial(other));
        assertThat(other.claim(scope)).hasToString("Claimed[redacted]"); // not burnt by the wrong step
        assertThat(other).hasToString("PresignatureShare[redacted]");
    }

    @Test
    void namesNobodyWhenTheSumsAreUseless() throws Exception {
        var shares = synthetic.presign();
        var step = synthetic.step(shares.get(0), EcdsaRequest.of(Groups.SECP256K1, HASH));
        var partials = new TreeMap<Integer, PartialSignature>();
        partials.put(1, step.partial(shares.get(0)));
        partials.put(2, step.partial(shares.get(1)));
        assertThat(step.combine(partials, true)).isNotNull();
        var honest = partials.get(1);
        var group = Groups.SECP256K1;
        var u = honest.u(group).orElseThrow();
        var w = honest.w(group).orElseThrow();
        assertFails(Check.SIG_9, () -> step.combine(with(partials, honest, u.negate(), w), true));
        assertFails(Check.SIG_9, () -> step.combine(with(partials, honest, u, w.negate()), true));
        assertFails(Check.SIG_9, () -> step.combine(with(partials, honest, u, w), true));
        var foreign = new TreeMap<>(partials);
        foreign.put(2, new PartialSignature(honest.presigId(), new byte[32], honest.encodedScalars()));
        assertFails(Check.SIG_10, () -> step.combine(foreign, true));
        foreign.remove(2);
        assertThatIllegalArgumentException().isThrownBy(() -> step.combine(foreign, true));
    }

    private static SortedMap<Integer, PartialSignature> with(
            SortedMap<Integer, PartialSignature> partials, PartialSignature honest, Scalar u, Scalar w) {
        var changed = new TreeMap<>(partials);
        changed.put(2, PartialSignature.of(honest.presigId(), honest.request(), u, w));
        return changed;
    }

    /** One nonce never meets two messages: whatever is asked, R' is another. */
    @Test
    void everyPartOfTheRequestChangesTheNonce() throws Exception {
        var share = synthetic.presign().get(0);
        var nonces = new TreeSet<String>();
        for (var request : List.of(
                EcdsaRequest.of(HASH, ROOT, zero, new byte[0]),
                EcdsaRequest.of(new byte[] {43}, ROOT, zero, new byte[0]),
                EcdsaRequest.of(HASH, ROOT, Groups.SECP256K1.scalar(1), new byte[0]),
                EcdsaRequest.of(HASH, ROOT, zero, new byte[32]))) {
            nonces.add(synthetic.step(share, request).nonce().toString());
        }
        assertThat(nonces).hasSize(4);
    }

    @Test
    void readsOnlyPartialsOfTheRightLength() throws Exception {
        var partial = PartialSignature.of(new byte[32], new byte[32], zero, Groups.SECP256K1.scalar(1));
        assertThat(PartialSignature.read(Groups.SECP256K1, partial.encode()).encode()).isEqualTo(partial.encode());
        for (int length : new int[] {0, 127, 129}) {
            assertThatThrownBy(() -> PartialSignature.read(Groups.SECP256K1, new byte[length]))
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void wipesWhatIsClaimed() throws Exception {
        var own = new Secrets();
        var claimed = synthetic.presign().get(0).claim(own);
        own.close();
        assertThatThrownBy(() -> claimed.phi().publish()).isInstanceOf(IllegalStateException.class);
        assertThat(SecretScalar.of(scope, zero).isZero()).isTrue();
    }
}
