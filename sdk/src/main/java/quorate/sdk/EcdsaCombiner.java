package quorate.sdk;

import java.util.Arrays;
import java.util.TreeSet;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.ecdsa.EcdsaRequest;
import quorate.ecdsa.FinalStep;
import quorate.ecdsa.MessageHash;
import quorate.ecdsa.PartialSignature;
import quorate.ecdsa.Presignature;
import quorate.key.Sharing;
import quorate.rounds.CeremonyException;
import quorate.rounds.Malformed;

/** Of ECDSA signatures: whether they verify can be told, not whose part is wrong (protocols.md 3.5). */
final class EcdsaCombiner implements Combiner {
    private static final int PRESIG_ID_BYTES = 32;

    @Override
    public Combined combine(Task task) {
        var sharing = Sharings.of(task.key());
        var parts = Sharings.byParty(task, part -> part(sharing.group(), part));
        var derived = KeyDerivation.derived(task.key(), task.signing().path());
        var nonce = task.signing().requestNonce();
        try {
            var request = EcdsaRequest.of(
                    digest(task.signing().input()),
                    derived.path().encode(),
                    derived.tweak(),
                    nonce == null ? new byte[0] : nonce.toArray());
            var step = FinalStep.of(presignature(task, sharing), sharing, new TreeSet<>(parts.keySet()), request);
            // Low-s: on for secp256k1, off for P-256.
            var signature = step.combine(parts, task.key().curve() == Curve.SECP256K1);
            // "Verify once more with the platform verifier", where the platform has one.
            if (task.key().curve() == Curve.P256
                    && !PlatformEcdsa.verifiesP256(
                            step.publicKey().encode(), request.hash(), signature.compact())) {
                throw invalid("the signature does not verify");
            }
            return new Combined(
                    Bytes.of(signature.compact()), Bytes.of(signature.der()), signature.recoveryId());
        } catch (CeremonyException e) {
            throw Sharings.problem(task.key(), e);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Presignature presignature(Task task, Sharing sharing) {
        var nonce = task.parts().firstEntry().getValue().nonce();
        try {
            return new Presignature(
                    id(task.presignatureId()),
                    sharing.keyId(),
                    sharing.shareId(),
                    new byte[0],
                    new TreeSet<>(Sharings.byParty(task, part -> part).keySet()),
                    sharing.group().decodePoint(nonce.toArray()));
        } catch (DecodingException e) {
            throw invalid("the nonce that the nodes answered is no point: " + e.getMessage());
        }
    }

    private static PartialSignature part(Group group, quorate.api.PartialSignature part) {
        var payload = Encoding.concat(
                id(part.presignatureId()), part.request().toArray(), part.share().toArray());
        try {
            return PartialSignature.read(group, payload);
        } catch (Malformed e) {
            throw invalid("the part of node " + part.player() + " is malformed: " + e.getMessage());
        }
    }

    private static byte[] id(Bytes presignature) {
        return Arrays.copyOf(presignature.toArray(), PRESIG_ID_BYTES);
    }

    private static byte[] digest(ToSign input) {
        return switch (input) {
            case ToSign.Hash(var hash) -> hash.toArray();
            case ToSign.Message(var message) -> MessageHash.sha256(message.toArray());
        };
    }

    private static TsmException invalid(String detail) {
        return new TsmException.Unsettled(Problem.of(ProblemCode.SIGNATURE_INVALID, detail));
    }
}
