package quorate.sdk;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.PartialRequest;
import quorate.api.PartialSignature;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.Scheme;

/**
 * One signature from one presignature: the same request to each of its players, and their parts put together and
 * verified here. The presignature is spent whatever comes of it.
 */
final class PartialSigning {
    private static final Map<String, Function<PartialSignature, Object>> MEMBERS = members();

    private final KeyRecords keys;
    private final Function<Scheme, Combiner> combiners;

    PartialSigning(KeyRecords keys, Function<Scheme, Combiner> combiners) {
        this.keys = keys;
        this.combiners = combiners;
    }

    /** @param signers the clients of exactly the players of the presignature */
    PresignedSignature run(Signing signing, Bytes presignature, Collection<TsmClient> signers) {
        var known = keys.known(signing.keyId());
        var key = known.orElseGet(() -> keys.ask(signing.keyId(), signers));
        // Whatever can fail without the presignature fails before it is spent.
        var combiner = combiners.apply(key.scheme());
        requireKey(key, signing);
        var parts = parts(signing, presignature, signers);
        try {
            return combined(combiner, new Combiner.Task(key, signing, presignature, parts));
        } catch (TsmException failure) {
            if (known.isEmpty()) {
                throw failure;
            }
            // What was remembered may be of an older sharing.
            var fresh = askedAfter(failure, signing.keyId(), signers);
            return combined(combiner, new Combiner.Task(fresh, signing, presignature, parts));
        }
    }

    private KeyInfo askedAfter(TsmException failure, String keyId, Collection<TsmClient> signers) {
        try {
            return keys.ask(keyId, signers);
        } catch (TsmException unasked) {
            failure.addSuppressed(unasked);
            throw failure;
        }
    }

    private static void requireKey(KeyInfo key, Signing signing) {
        try {
            KeyDerivation.effective(key, signing.path(), signing.taproot());
        } catch (IllegalArgumentException e) {
            throw new TsmException.Unsettled(
                    Problem.of(ProblemCode.PATH_REFUSED, String.valueOf(e.getMessage())));
        }
    }

    private static SortedMap<Integer, PartialSignature> parts(
            Signing signing, Bytes presignature, Collection<TsmClient> signers) {
        var request = new PartialRequest(
                presignature,
                signing.players(),
                signing.message(),
                signing.hash(),
                signing.stepsOrNull(),
                signing.taproot(),
                signing.requestNonce());
        var answers = new FanOut<>(signers, TsmClient::player)
                .askTogether(client -> client.signPartially(signing.keyId(), request));
        answers.requireAll();
        var parts = answers.given();
        var differences = Difference.among(parts, MEMBERS);
        if (!differences.isEmpty()) {
            throw disagreement(differences.stream().map(Difference::toString).collect(Collectors.joining("; ")));
        }
        var used = parts.firstEntry().getValue().presignatureId();
        if (!used.equals(presignature)) {
            throw disagreement("the nodes used presignature " + used + " instead of " + presignature);
        }
        return parts;
    }

    private static PresignedSignature combined(Combiner combiner, Combiner.Task task) {
        var publicKey = publicKey(task);
        var combined = combiner.combine(task);
        return new PresignedSignature(
                task.key().keyId(),
                task.signing().players(),
                task.presignatureId(),
                combined.signature(),
                combined.der(),
                combined.recoveryId(),
                publicKey);
    }

    /** As computed here, which must be what the nodes say. */
    private static Bytes publicKey(Combiner.Task task) {
        var here = KeyDerivation.effective(task.key(), task.signing().path(), task.signing().taproot());
        var there = task.parts().firstEntry().getValue().publicKey();
        if (!here.equals(there)) {
            throw disagreement("the nodes signed as " + there + ", and the key at path " + task.signing().path()
                    + " is " + here);
        }
        return here;
    }

    private static TsmException disagreement(String detail) {
        return new TsmException.Unsettled(Problem.of(ProblemCode.NODES_DISAGREE, detail));
    }

    private static Map<String, Function<PartialSignature, Object>> members() {
        var members = new LinkedHashMap<String, Function<PartialSignature, Object>>();
        members.put("presignatureId", PartialSignature::presignatureId);
        members.put("request", PartialSignature::request);
        members.put("publicKey", PartialSignature::publicKey);
        members.put("nonce", PartialSignature::nonce);
        members.put("commitments", PartialSignature::commitments);
        members.put("keyId", PartialSignature::keyId);
        return members;
    }
}
