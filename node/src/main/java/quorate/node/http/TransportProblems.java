package quorate.node.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import quorate.api.Json;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/** What the server refuses before a route is found is a problem report too. */
final class TransportProblems implements DirectHandler {
    private final int player;

    TransportProblems(int player) {
        this.player = player;
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType event,
            Status defaultStatus,
            ServerResponseHeaders headers,
            String message) {
        var code = code(event, defaultStatus);
        var detail = code == ProblemCode.INTERNAL ? code.title() : "the request was refused before it was read";
        var problem = Problem.of(code, detail).from(player);
        return TransportResponse.builder()
                .status(Status.create(problem.status()))
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .entity(Json.write(problem))
                .keepAlive(event.keepAlive())
                .build();
    }

    /** A body that is announced as too long comes as a bad request with the status of a long one. */
    private static ProblemCode code(EventType event, Status status) {
        if (status.code() == ProblemCode.BODY_TOO_LARGE.status()) {
            return ProblemCode.BODY_TOO_LARGE;
        }
        return switch (event) {
            case PAYLOAD_TOO_LARGE -> ProblemCode.BODY_TOO_LARGE;
            case FORBIDDEN -> ProblemCode.FORBIDDEN;
            case INTERNAL_ERROR -> ProblemCode.INTERNAL;
            case BAD_REQUEST, OTHER, HTTP_VERSION_NOT_SUPPORTED -> ProblemCode.BAD_REQUEST;
        };
    }
}
