package quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import quorate.api.ApiDescription;

/**
 * openapi.yaml as the judge of what callers and a node say to each other. Every answer must be described there, and a
 * request that is not described there must not have been carried out.
 */
final class Contract {
    private static final int CLIENT_ERROR = 400;
    private static final String BINARY = "application/octet-stream";

    /** Any operation whose failures are problems, to judge the refusal of a call that no operation describes. */
    private static final String ANY_PATH = "/v1/status";

    private static final OpenApiInteractionValidator DESCRIPTION =
            OpenApiInteractionValidator.createForInlineApiSpecification(new String(ApiDescription.read(), UTF_8))
                    .build();

    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicInteger exchanges = new AtomicInteger();

    /** A request and its answer, as they travelled. */
    record Exchange(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            byte[] sent,
            int status,
            String type,
            byte[] answered) {
        @Override
        public String toString() {
            return method + " " + path + " " + query + " " + new String(sent, UTF_8) + "\n -> " + status + " " + type
                    + " " + (type.startsWith(BINARY) ? answered.length + " bytes" : new String(answered, UTF_8));
        }
    }

    void judge(Exchange exchange) {
        exchanges.incrementAndGet();
        var asked = DESCRIPTION.validateRequest(request(exchange));
        if (asked.hasErrors() && exchange.status() < CLIENT_ERROR) {
            violations.add("carried out a request that is not described: " + describe(exchange, asked));
        }
        var said = answer(exchange);
        if (said.hasErrors()) {
            violations.add("answered what is not described: " + describe(exchange, said));
        }
    }

    /** Fails if anything was said until now that is not described. */
    void assertKept() {
        assertThat(violations).as("violations of openapi.yaml in " + exchanges + " exchanges").isEmpty();
    }

    private static Request request(Exchange exchange) {
        var request = new SimpleRequest.Builder(exchange.method(), exchange.path());
        exchange.headers().forEach(request::withHeader);
        exchange.query().forEach(request::withQueryParam);
        if (exchange.sent().length > 0) {
            request.withBody(exchange.sent());
        }
        return request.build();
    }

    private ValidationReport answer(Exchange exchange) {
        var response = SimpleResponse.Builder.status(exchange.status())
                .withContentType(exchange.type())
                // The content of a backup is not described further, and long.
                .withBody(exchange.type().startsWith(BINARY) ? new byte[1] : exchange.answered())
                .build();
        var method = Request.Method.valueOf(exchange.method());
        var report = DESCRIPTION.validateResponse(exchange.path(), method, response);
        boolean unknownOperation = report.getMessages().stream()
                .anyMatch(message -> message.getKey().endsWith(".path.missing")
                        || message.getKey().endsWith(".operation.notAllowed"));
        return unknownOperation && exchange.status() >= CLIENT_ERROR
                ? DESCRIPTION.validateResponse(ANY_PATH, Request.Method.GET, response)
                : report;
    }

    private static String describe(Exchange exchange, ValidationReport report) {
        return exchange + "\n" + report.getMessages();
    }
}
