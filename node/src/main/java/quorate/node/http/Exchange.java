package quorate.node.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.Locale;
import quorate.api.Json;
import quorate.api.MalformedJson;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.node.problem.ProblemException;

/** Reads the body of a request and writes answers, as openapi.yaml says: strict, bounded JSON. */
final class Exchange {
    /** How many times the longest body is read before the connection is closed instead. */
    static final int READ_FACTOR = 4;

    static final String OCTETS = "application/octet-stream";
    private static final String JSON = "application/json";

    private final int player;
    private final int bodyBytes;

    Exchange(int player, int bodyBytes) {
        this.player = player;
        this.bodyBytes = bodyBytes;
    }

    /** A body of bytes, longer than JSON may be. */
    byte[] readBytes(ServerRequest request, int most) {
        requireType(request, OCTETS);
        try (var in = request.content().inputStream()) {
            var body = in.readNBytes(most + 1);
            if (body.length > most) {
                throw new ProblemException(ProblemCode.BODY_TOO_LARGE, "a body has at most " + most + " bytes");
            }
            return body;
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "the body ended early");
        }
    }

    <T> T read(ServerRequest request, Class<T> type) {
        requireType(request, JSON);
        try (var in = request.content().inputStream()) {
            var body = in.readNBytes(bodyBytes + 1);
            if (body.length > bodyBytes) {
                // A caller that is still sending may not read an answer that comes before the end.
                in.skip((long) (READ_FACTOR - 1) * bodyBytes);
                throw new ProblemException(ProblemCode.BODY_TOO_LARGE, "a body has at most " + bodyBytes + " bytes");
            }
            return Json.readRequest(body, type);
        } catch (MalformedJson e) {
            throw new ProblemException(e.code(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "the body ended early");
        }
    }

    private static void requireType(ServerRequest request, String type) {
        var contentType = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(type)) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "the body must be " + type);
        }
    }

    void answer(ServerResponse response, int status, Object body) {
        response.status(status);
        response.header(HeaderNames.CONTENT_TYPE, JSON);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(Json.write(body));
    }

    void answer(ServerResponse response, Problem problem) {
        response.status(problem.status());
        response.header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(Json.write(problem.from(player)));
    }
}
