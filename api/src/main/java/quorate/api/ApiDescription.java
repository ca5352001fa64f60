package quorate.api;

import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code openapi.yaml}, as this version speaks it. */
public final class ApiDescription {
    private ApiDescription() {}

    /** The file, in UTF-8. */
    public static byte[] read() {
        try (var file = ApiDescription.class.getResourceAsStream("/quorate/api/openapi.yaml")) {
            if (file == null) {
                throw new IllegalStateException("openapi.yaml is missing");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
