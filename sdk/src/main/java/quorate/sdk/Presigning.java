package quorate.sdk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import quorate.api.Bytes;
import quorate.api.Presign;
import quorate.api.Presigned;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/** Makes presignatures: the same request to every player, and the same ids from all of them. */
final class Presigning {
    private static final Map<String, Function<Presigned, Object>> MEMBERS = members();

    private final SessionIds ids;

    Presigning(SessionIds ids) {
        this.ids = ids;
    }

    /**
     * In as many requests as the API needs, one after another. If a later one fails, the presignatures of the earlier
     * ones exist all the same and count as any others.
     */
    PresignedBatch run(String keyId, List<Integer> players, int count, Collection<TsmClient> clients) {
        var made = new ArrayList<Bytes>();
        while (made.size() < count) {
            int next = Math.min(count - made.size(), Presign.MAX_COUNT);
            made.addAll(batch(keyId, players, next, clients));
        }
        return new PresignedBatch(keyId, players, made);
    }

    /** A pair whose nodes were just setting up anew, as after a restore, has agreed by the second try. */
    private List<Bytes> batch(String keyId, List<Integer> players, int count, Collection<TsmClient> clients) {
        try {
            return asked(keyId, new Presign(ids.next(), players, count), clients);
        } catch (TsmException failure) {
            if (failure.code() != ProblemCode.PAIR_STATE_DIVERGED) {
                throw failure;
            }
            return asked(keyId, new Presign(ids.next(), players, count), clients);
        }
    }

    private static List<Bytes> asked(String keyId, Presign request, Collection<TsmClient> clients) {
        var answers = new FanOut<>(clients, TsmClient::player).askTogether(client -> client.presign(keyId, request));
        answers.requireAll();
        var differences = Difference.among(answers.given(), MEMBERS);
        if (!differences.isEmpty()) {
            throw disagreement(
                    request, differences.stream().map(Difference::toString).collect(Collectors.joining("; ")));
        }
        var made = answers.given().firstEntry().getValue().presignatureIds();
        if (made.size() != request.count()) {
            throw disagreement(request, request.count() + " presignatures were asked for, and " + made.size() + " made");
        }
        return made;
    }

    private static TsmException disagreement(Presign request, String detail) {
        return new TsmException.Unsettled(
                Problem.of(ProblemCode.NODES_DISAGREE, detail).inSession(request.sessionId()));
    }

    private static Map<String, Function<Presigned, Object>> members() {
        var members = new LinkedHashMap<String, Function<Presigned, Object>>();
        members.put("keyId", Presigned::keyId);
        members.put("players", Presigned::players);
        members.put("presignatureIds", Presigned::presignatureIds);
        return members;
    }
}
