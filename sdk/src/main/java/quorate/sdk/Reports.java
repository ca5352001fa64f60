package quorate.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import quorate.api.Json;
import quorate.api.MalformedJson;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/** What went wrong between this client and one node, as exceptions. */
final class Reports {
    private final NodeEndpoint endpoint;

    Reports(NodeEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** The node answered something else than success. */
    TsmException of(NodeConnection.Answer answer) {
        try {
            return new TsmException.Answered(
                    Json.readAnswer(answer.body(), Problem.class).from(endpoint.player()));
        } catch (MalformedJson e) {
            return ofNewerVersion(answer, e);
        }
    }

    /** A code that this version does not know is still worth reading. */
    private TsmException ofNewerVersion(NodeConnection.Answer answer, MalformedJson e) {
        JsonNode tree;
        try {
            tree = Json.strictMapper().readTree(answer.body());
        } catch (IOException notJson) {
            return unreadable(answer.status(), e.detail());
        }
        var code = tree.path("code").asText();
        if (!code.matches("[A-Z0-9_]{1,40}")) {
            return unreadable(answer.status(), e.detail());
        }
        var problem = problem(
                ProblemCode.NODE_ANSWER_INVALID,
                "node " + endpoint.player() + " answered with the code " + code
                        + ", which this version does not know: " + tree.path("detail").asText());
        var remedy = tree.path("remedy").asText();
        return new TsmException.Answered(remedy.isEmpty() ? problem : problem.advising(remedy));
    }

    TsmException unreadable(int status, String why) {
        return new TsmException.Unanswered(problem(
                ProblemCode.NODE_ANSWER_INVALID,
                "node " + endpoint.player() + " at " + endpoint.api() + " answered with status " + status + ": "
                        + why));
    }

    TsmException late(Duration deadline) {
        return unreachable("did not answer within " + deadline.toMillis() / 1000.0 + " s");
    }

    TsmException interrupted() {
        return new TsmException.Interrupted(problem(
                ProblemCode.INTERRUPTED, "interrupted while waiting for node " + endpoint.player()));
    }

    TsmException failed(Throwable cause) {
        for (Throwable c = cause; c != null; c = c.getCause()) {
            if (c instanceof PinnedKey.Mismatch mismatch) {
                return new TsmException.Unanswered(problem(
                        ProblemCode.NODE_PIN_MISMATCH,
                        "what answers as node " + endpoint.player() + " at " + endpoint.api() + " is not it: "
                                + mismatch.getMessage() + ", expected " + endpoint.apiSha256()));
            }
        }
        return switch (cause) {
            case ConnectException refused -> unreachable("refuses connections");
            case HttpTimeoutException late -> unreachable("accepts no connection in time");
            default -> unreachable("broke the connection: " + describe(cause));
        };
    }

    private static String describe(Throwable cause) {
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private TsmException unreachable(String how) {
        var problem = problem(
                ProblemCode.NODE_UNREACHABLE, "node " + endpoint.player() + " at " + endpoint.api() + " " + how);
        return new TsmException.Unanswered(problem.missing(List.of(endpoint.player())));
    }

    private Problem problem(ProblemCode code, String detail) {
        return Problem.of(code, detail).from(endpoint.player());
    }
}
