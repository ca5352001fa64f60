package quorate.node.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import quorate.api.ProblemCode;
import quorate.node.config.Caller;
import quorate.node.config.NodeConfig;
import quorate.node.config.Role;
import quorate.node.problem.ProblemException;

/** Who calls, by the API key in the Authorization header, and whether the role suffices. */
final class Authentication {
    private static final String SCHEME = "Bearer ";
    private static final int LONGEST_KEY = 256;

    private final NodeConfig config;

    Authentication(NodeConfig config) {
        this.config = config;
    }

    /**
     * The caller of {@code request}.
     *
     * @throws ProblemException UNAUTHENTICATED for a missing or unknown key, FORBIDDEN without one of the roles
     */
    Caller require(ServerRequest request, Set<Role> roles) {
        var header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        if (!header.startsWith(SCHEME) || header.length() > SCHEME.length() + LONGEST_KEY) {
            throw new ProblemException(ProblemCode.UNAUTHENTICATED, "no API key in the Authorization header");
        }
        var presented = header.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
        try {
            var caller = config.caller(presented)
                    .orElseThrow(() ->
                            new ProblemException(ProblemCode.UNAUTHENTICATED, "this node does not know the API key"));
            if (caller.roles().stream().noneMatch(roles::contains)) {
                throw new ProblemException(
                        ProblemCode.FORBIDDEN,
                        "caller " + caller.name() + " needs one of the roles "
                                + roles.stream().map(Role::text).sorted().toList());
            }
            return caller;
        } finally {
            Arrays.fill(presented, (byte) 0);
        }
    }
}
