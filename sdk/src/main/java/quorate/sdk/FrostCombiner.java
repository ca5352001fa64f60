package quorate.sdk;

import java.util.Arrays;
import quorate.api.Bytes;
import quorate.api.PartialSignature;
import quorate.api.ProblemCode;
import quorate.api.Problem;
import quorate.frost.FrostCombination;
import quorate.frost.PresignedShare;
import quorate.frost.SignatureShare;
import quorate.frost.SigningRequest;
import quorate.presign.PresignatureId;
import quorate.rounds.CeremonyException;

/** Of Schnorr signatures: a wrong part is found and its player named (protocols.md 4.3 and 4.4). */
final class FrostCombiner implements Combiner {
    @Override
    public Combined combine(Task task) {
        var message = task.signing().message();
        if (message == null) {
            throw new TsmException.Unsettled(
                    Problem.of(ProblemCode.HASH_REFUSED, "a Schnorr key signs messages, not hashes"));
        }
        var derived = KeyDerivation.derived(task.key(), task.signing().path());
        var request = SigningRequest.of(
                derived, message.toArray(), KeyDerivation.tweak(task.signing().taproot()));
        var id = PresignatureId.of(Arrays.copyOf(task.presignatureId().toArray(), PresignatureId.BYTES));
        try {
            return new Combined(
                    Bytes.of(FrostCombination.combine(
                            Sharings.of(task.key()),
                            request,
                            id,
                            Sharings.byParty(task, part -> share(id, part)))),
                    null,
                    null);
        } catch (CeremonyException e) {
            throw Sharings.problem(task.key(), e);
        }
    }

    private static PresignedShare share(PresignatureId id, PartialSignature part) {
        return new PresignedShare(
                new SignatureShare(
                        id.bytes(), part.request().toArray(), part.share().toArray()),
                part.commitments().toArray());
    }
}
