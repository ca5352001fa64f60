package quorate.sdk;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.SignRequest;
import quorate.api.SignResult;

/** One signature: the same request to every signer, and one answer from all of them. */
final class SignatureRequest {
    private static final Map<String, Function<SignResult, Object>> MEMBERS = members();

    private final SessionIds ids;

    SignatureRequest(SessionIds ids) {
        this.ids = ids;
    }

    SignResult run(Signing signing, Collection<TsmClient> signers) {
        var request = new SignRequest(
                ids.next(),
                signing.players(),
                signing.message(),
                signing.hash(),
                signing.stepsOrNull(),
                signing.taproot(),
                signing.requestNonce());
        var answers = new FanOut<>(signers, TsmClient::player)
                .askTogether(client -> client.sign(signing.keyId(), request));
        answers.requireAll();
        var differences = Difference.among(answers.given(), MEMBERS);
        if (!differences.isEmpty()) {
            var detail = differences.stream().map(Difference::toString).collect(Collectors.joining("; "));
            throw new TsmException.Unsettled(
                    Problem.of(ProblemCode.NODES_DISAGREE, detail).inSession(request.sessionId()));
        }
        return answers.given().firstEntry().getValue();
    }

    /** Whether the reason lies with nodes that another quorum might not contain. */
    static boolean mayDifferElsewhere(TsmException failure) {
        return switch (failure.code()) {
            case NODE_UNREACHABLE,
                    NODE_ANSWER_INVALID,
                    NODE_PIN_MISMATCH,
                    PEER_SILENT,
                    PEER_ABORTED,
                    NOT_READY,
                    NOT_OWNER,
                    KEY_NOT_FOUND,
                    KEY_DELETED,
                    KEY_UNUSABLE,
                    SHARE_STALE,
                    PEER_STALE,
                    PAIR_BANNED,
                    PAIR_STATE_DIVERGED,
                    CLOCK_JUMPED,
                    TOO_MANY_REQUESTS,
                    INTERNAL -> true;
            default -> false;
        };
    }

    /**
     * The nodes to leave out of another try: those that were silent, or else the one that reports its own trouble.
     */
    static Set<Integer> suspects(TsmException failure) {
        var silent = failure.silent();
        if (!silent.isEmpty()) {
            return Set.copyOf(silent);
        }
        var reporting = failure.problem().player();
        return reporting != null && isItsOwn(failure.code()) ? Set.of(reporting) : Set.of();
    }

    /** Not what others did, nor what is between two: which pairs are out of use the search asks the nodes. */
    private static boolean isItsOwn(ProblemCode trouble) {
        return switch (trouble) {
            case PEER_ABORTED, PEER_STALE, PAIR_BANNED, PAIR_STATE_DIVERGED -> false;
            default -> true;
        };
    }

    private static Map<String, Function<SignResult, Object>> members() {
        var members = new LinkedHashMap<String, Function<SignResult, Object>>();
        members.put("signature", SignResult::signature);
        members.put("der", result -> String.valueOf(result.der()));
        members.put("recoveryId", result -> String.valueOf(result.recoveryId()));
        members.put("publicKey", SignResult::publicKey);
        members.put("keyId", SignResult::keyId);
        members.put("sessionId", SignResult::sessionId);
        members.put("players", SignResult::players);
        return members;
    }
}
