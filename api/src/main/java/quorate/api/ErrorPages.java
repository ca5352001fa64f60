package quorate.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The pages of {@code docs/errors}, one per problem code, as they were when this version was built. */
public final class ErrorPages {
    private ErrorPages() {}

    /** The page of a code, in Markdown. */
    public static String read(ProblemCode code) {
        try (var page = ErrorPages.class.getResourceAsStream("/quorate/api/errors/" + code + ".md")) {
            if (page == null) {
                throw new IllegalStateException("no page for " + code);
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
