package quorate.sdk;

import java.util.regex.Pattern;

/** A credential for one node. Prints nothing. */
public final class ApiKey {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{8,512}");

    private final String token;

    private ApiKey(String token) {
        this.token = token;
    }

    /**
     * The credential as the node issued it.
     *
     * @throws IllegalArgumentException if it cannot be a bearer token; the message does not repeat it
     */
    public static ApiKey of(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("not an API key");
        }
        return new ApiKey(token);
    }

    /** The only way out: the header of a request to the node that it belongs to. */
    String exposeForHeader() {
        return "Bearer " + token;
    }

    @Override
    public String toString() {
        return "ApiKey[redacted]";
    }
}
