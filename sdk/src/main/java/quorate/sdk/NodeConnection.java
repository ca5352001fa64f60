package quorate.sdk;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import quorate.api.Json;
import quorate.api.MalformedJson;
import quorate.api.Ready;

/** HTTP with one node: pinned TLS, a deadline on everything, answers and problems as records. */
final class NodeConnection implements AutoCloseable {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int UNAVAILABLE = 503;
    private static final long MAX_ANSWER_BYTES = 16 << 20;

    private final NodeEndpoint endpoint;
    private final ApiKey key;
    private final Timeouts timeouts;
    private final ExecutorService threads;
    private final HttpClient http;
    private final Reports reports;

    NodeConnection(NodeEndpoint endpoint, ApiKey key, Timeouts timeouts) {
        this.endpoint = endpoint;
        this.key = key;
        this.timeouts = timeouts;
        this.reports = new Reports(endpoint);
        // An exchange changes threads a dozen times: with threads of the platform that costs thrice as much.
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.http = HttpClient.newBuilder()
                .executor(threads)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeouts.connect())
                .sslContext(new PinnedKey(endpoint.apiSha256()).context())
                .build();
    }

    int player() {
        return endpoint.player();
    }

    Timeouts timeouts() {
        return timeouts;
    }

    <T> T get(String path, Class<T> type) {
        return get(path, type, timeouts.answer());
    }

    <T> T get(String path, Class<T> type, Duration patience) {
        return expect(send(request(path).GET().build(), patience), type);
    }

    <T> T delete(String path, Class<T> type) {
        return expect(send(request(path).DELETE().build(), timeouts.answer()), type);
    }

    <T> T post(String path, Object body, Class<T> type, Duration deadline) {
        return expect(send(json(path, "POST", body), deadline), type);
    }

    <T> T put(String path, Object body, Class<T> type, Duration deadline) {
        return expect(send(json(path, "PUT", body), deadline), type);
    }

    /** A body of bytes. */
    <T> T postBytes(String path, byte[] body, Class<T> type, Duration deadline) {
        var request = request(path)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return expect(send(request, deadline), type);
    }

    /** A request that says everything by its path. */
    <T> T post(String path, Class<T> type) {
        return expect(send(request(path).POST(BodyPublishers.noBody()).build(), timeouts.answer()), type);
    }

    /** Health has a body of the same form whether the node is ready or not. */
    Ready ready() {
        var answer = send(
                HttpRequest.newBuilder(endpoint.api().resolve("/v1/health/ready")).GET().build(), timeouts.answer());
        return answer.status() == UNAVAILABLE ? read(answer, Ready.class) : expect(answer, Ready.class);
    }

    /** Writes the body of the answer to {@code out} while it arrives. */
    long download(String path, Object body, OutputStream out, Duration deadline) {
        var problem = new ByteArrayOutputStream();
        var response = exchange(
                json(path, "POST", body),
                info -> info.statusCode() == OK ? new Sink(out, Long.MAX_VALUE) : new Sink(problem, MAX_ANSWER_BYTES),
                deadline);
        if (response.statusCode() != OK) {
            throw reports.of(new Answer(response.statusCode(), problem.toByteArray()));
        }
        return response.body();
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    /** Status and body as they came. */
    record Answer(int status, byte[] body) {}

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.api().resolve(path)).header("Authorization", key.exposeForHeader());
    }

    private HttpRequest json(String path, String method, Object body) {
        return request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(Json.write(body)))
                .build();
    }

    private Answer send(HttpRequest request, Duration deadline) {
        var body = new ByteArrayOutputStream();
        var response = exchange(request, info -> new Sink(body, MAX_ANSWER_BYTES), deadline);
        return new Answer(response.statusCode(), body.toByteArray());
    }

    /**
     * One deadline for everything from connecting to the last byte, which a timeout of the request would not cover.
     */
    private HttpResponse<Long> exchange(
            HttpRequest request, HttpResponse.BodyHandler<Long> handler, Duration deadline) {
        var exchange = http.sendAsync(request, handler);
        try {
            return exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw reports.late(deadline);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw reports.interrupted();
        } catch (ExecutionException e) {
            throw reports.failed(e.getCause() == null ? e : e.getCause());
        } catch (CancellationException e) {
            throw reports.failed(e);
        }
    }

    private <T> T expect(Answer answer, Class<T> type) {
        if (answer.status() != OK && answer.status() != CREATED) {
            throw reports.of(answer);
        }
        return read(answer, type);
    }

    private <T> T read(Answer answer, Class<T> type) {
        try {
            return Json.readAnswer(answer.body(), type);
        } catch (MalformedJson e) {
            throw reports.unreadable(answer.status(), e.detail());
        }
    }
}
