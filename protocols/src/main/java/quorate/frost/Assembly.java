package quorate.frost;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import quorate.algebra.Group;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.key.Sharing;
import quorate.rounds.Disagreement;

/**
 * One signature in the making, after the nonces are known: shares are made, checked and added here (protocols.md 4.3
 * and 4.4), in interactive runs and from presignatures alike.
 */
record Assembly(Task task, Binding binding, byte[] presigId) {
    /** What is to be signed, before the nonces are known. */
    record Task(Sharing sharing, SigningRequest request, Suite suite, EffectiveKey key) {
        /**
         * The checks of a request that need no nonces.
         *
         * @throws IllegalArgumentException if the tweaks lead to no key, or the scheme has no Taproot
         */
        static Task of(Sharing sharing, SigningRequest request) {
            var suite = Suite.of(sharing.scheme(), sharing.group());
            return new Task(sharing, request, suite, EffectiveKey.of(suite, sharing.publicKey(), request));
        }

        /** @throws Disagreement if the nonces add up to O */
        Assembly with(CommitmentList list, byte[] presigId) throws Disagreement {
            return new Assembly(this, Binding.of(suite, list, key, request.message()), presigId);
        }
    }

    Group group() {
        return task.suite().group();
    }

    /** Compute, check z_i against the equation of 4.4. The nonces die with {@code scope}. */
    SignatureShare share(KeyShare share, NoncePair.Claimed nonces, Secrets scope) {
        int me = share.index();
        var part = binding.part(me);
        var z = part.share(share.secret(), nonces, scope);
        if (!part.isFulfilledBy(z, task.sharing().publicShare(me))) {
            throw new IllegalStateException("my own signature share is wrong");
        }
        return new SignatureShare(presigId, task.request().digest(presigId), z.encode());
    }

    /** FRO-4: whether a share is about this presignature and this request. */
    boolean concerns(SignatureShare share) {
        return Arrays.equals(share.presigId(), presigId)
                && Arrays.equals(share.request(), task.request().digest(presigId));
    }

    /** FRO-3: whether a share is what its party should have computed. */
    boolean fulfils(int party, SignatureShare share) {
        return share.share(group())
                .filter(z -> binding.part(party).isFulfilledBy(z, task.sharing().publicShare(party)))
                .isPresent();
    }

    /** The signature, if these shares of all signers make one that verifies. */
    Optional<byte[]> signature(SortedMap<Integer, SignatureShare> shares) {
        var z = group().scalar(0);
        for (var share : shares.values()) {
            var decoded = share.share(group());
            if (decoded.isEmpty()) {
                return Optional.empty();
            }
            z = z.plus(decoded.get());
        }
        var signature = SchnorrSignature.encode(task.suite(), binding.nonce(), z);
        return SchnorrSignature.verifies(
                        task.suite(), task.key().publicKey(), task.request().message(), signature)
                ? Optional.of(signature)
                : Optional.empty();
    }
}
