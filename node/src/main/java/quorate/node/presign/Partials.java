package quorate.node.presign;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import quorate.algebra.Point;
import quorate.algebra.Secrets;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.ecdsa.EcdsaRequest;
import quorate.ecdsa.FinalStep;
import quorate.frost.ClaimedNonces;
import quorate.frost.FrostPresignature;
import quorate.frost.SigningRequest;
import quorate.node.key.KeyRing;
import quorate.node.key.LoadedKey;
import quorate.node.problem.PresignatureProblems;
import quorate.node.problem.ProblemException;
import quorate.presign.Kind;
import quorate.presign.PresignaturePool;
import quorate.rounds.Disagreement;
import quorate.rounds.Refused;

/**
 * Uses presignatures (protocols.md 3.5, 4.3): checks the request, claims, computes, releases one part, wipes. On any error
 * after the claim the presignature is lost (PSG-1).
 */
final class Partials {
    private final KnownKeys keys;
    private final KeyRing ring;
    private final PresignaturePool pool;

    Partials(KnownKeys keys, KeyRing ring, PresignaturePool pool) {
        this.keys = keys;
        this.ring = ring;
        this.pool = pool;
    }

    Part partial(String keyId, byte[] presignature, Collection<Integer> players, Task.Wish wish) {
        var offers = keys.offers(keyId);
        var quorum = Quorum.of(offers, players);
        var name = name(presignature);
        quorum.requireCurrent(name, keys);
        try {
            return switch (wish.of(quorum.key())) {
                case Task.Schnorr(SigningRequest request) -> schnorr(quorum, offers, name, request);
                case Task.Ecdsa(EcdsaRequest request) -> ecdsa(quorum, offers, name, request);
            };
        } catch (Refused e) {
            throw PresignatureProblems.of(e);
        } catch (Disagreement e) {
            // The nonces of this presignature have no signature for this request: of negligible probability.
            throw new ProblemException(Problem.of(ProblemCode.INTERNAL, String.valueOf(e.getMessage()))
                    .failing(e.check().id()));
        }
    }

    private Part schnorr(Quorum quorum, List<LoadedKey> offers, PresignatureName name, SigningRequest request)
            throws Refused, Disagreement {
        requireKind(quorum, Kind.FROST);
        var publicKey = publicKey(quorum.key(), request);
        try (var secrets = new Secrets();
                ClaimedNonces nonces = pool.claim(name.id(), FrostPresignature.class, quorum.pool())) {
            var key = chosen(offers, nonces.shareId());
            var signed = nonces.sign(ring.open(key, secrets), request);
            var share = signed.share();
            return new Part(
                    key, name, share.request(), share.encodedShare(), new byte[0], signed.commitments(), publicKey);
        }
    }

    private Part ecdsa(Quorum quorum, List<LoadedKey> offers, PresignatureName name, EcdsaRequest request)
            throws Refused, Disagreement {
        requireKind(quorum, Kind.ECDSA);
        try (ClaimedShare share = pool.claim(name.id(), EcdsaPresignature.class, quorum.pool())) {
            var presignature = share.presignature();
            var key = chosen(offers, presignature.shareId());
            var step = FinalStep.of(presignature, key.sharing(), presignature.signers(), request);
            var partial = share.sign(step);
            return new Part(
                    key,
                    name,
                    partial.request(),
                    partial.encodedScalars(),
                    presignature.nonce().encode(),
                    new byte[0],
                    step.publicKey());
        }
    }

    private static PresignatureName name(byte[] presignature) {
        try {
            return PresignatureName.decode(presignature);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static void requireKind(Quorum quorum, Kind kind) {
        if (quorum.kind() != kind) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "key " + quorum.keyId() + " is not one for " + kind + " signatures");
        }
    }

    private static Point publicKey(LoadedKey key, SigningRequest request) {
        try {
            return request.publicKey(key.sharing().scheme(), key.sharing().publicKey());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /** A claim is granted only for a sharing that is offered; one that went meanwhile costs the presignature. */
    private static LoadedKey chosen(List<LoadedKey> offers, byte[] shareId) {
        return offers.stream()
                .filter(offer -> Arrays.equals(offer.sharing().shareId(), shareId))
                .findFirst()
                .orElseThrow();
    }
}
