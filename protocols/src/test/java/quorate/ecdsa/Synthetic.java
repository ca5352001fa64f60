package quorate.ecdsa;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.algebra.Draw;
import quorate.algebra.Group;
import quorate.algebra.Scalar;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.rounds.CeremonyException;
import quorate.table.Keys;

/** Consistent presignature shares of parties 1 and 2, dealt by the test, which knows the key. */
final class Synthetic {
    private final Group group;
    private final Draw draw;
    private final Secrets scope;
    private final List<Scalar> coefficients;
    private final SortedMap<Integer, KeyShare> keys;

    Synthetic(Group group, Draw draw, Secrets scope) {
        this.group = group;
        this.draw = draw;
        this.scope = scope;
        coefficients = List.of(scalar(), scalar());
        keys = Keys.of(coefficients, Scheme.ECDSA, 3, scope);
    }

    Scalar scalar() {
        return group.reduce(draw.draw(Draw.For.ECDSA, new byte[0], group.wideBytes()));
    }

    Scalar secret() {
        return coefficients.getFirst();
    }

    Sharing sharing() {
        return keys.values().iterator().next().sharing();
    }

    /** sum u = r*phi, sum v = sk*phi. */
    List<PresignatureShare> presign() {
        var r = scalar();
        var nonce = group.multiplyBase(r);
        var presignature = new Presignature(
                Transcript.of("test/presig").add(nonce).hash(),
                sharing().keyId(),
                sharing().shareId(),
                new byte[0],
                new TreeSet<>(List.of(1, 2)),
                nonce);
        var phi1 = scalar();
        var phi2 = scalar();
        var phi = phi1.plus(phi2);
        var u = scalar();
        var v = scalar();
        return List.of(
                share(presignature, phi1, u, v),
                share(presignature, phi2, r.times(phi).minus(u), secret().times(phi).minus(v)));
    }

    private PresignatureShare share(Presignature presignature, Scalar phi, Scalar u, Scalar v) {
        try (var dealing = new Secrets()) {
            return new PresignatureShare(
                    presignature,
                    SecretScalar.of(dealing, phi),
                    SecretScalar.of(dealing, u),
                    SecretScalar.of(dealing, v));
        }
    }

    FinalStep step(PresignatureShare share, EcdsaRequest request) throws CeremonyException {
        var presignature = share.presignature();
        return FinalStep.of(presignature, sharing(), presignature.signers(), request);
    }

    EcdsaSignature sign(EcdsaRequest request, boolean lowS) throws CeremonyException {
        var shares = presign();
        var step = step(shares.get(0), request);
        var partials = new TreeMap<Integer, PartialSignature>();
        partials.put(1, step.partial(shares.get(0)));
        partials.put(2, step.partial(shares.get(1)));
        return step.combine(partials, lowS);
    }

    @Override
    public String toString() {
        return "Synthetic[" + scope + "]";
    }
}
