package quorate.node.config;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import quorate.node.identity.Bytes32;

/**
 * Somebody who may call the API.
 *
 * @param name for the audit log
 * @param roles at least one; nobody is key user and administrator
 * @param keySha256 SHA-256 of the API key, see {@link ApiKey}
 */
public record Caller(String name, Set<Role> roles, Bytes32 keySha256) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public Caller {
        roles = Set.copyOf(roles);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("must be 1 to 32 of a-z, 0-9 and -, starting with a letter");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("must name at least one role");
        }
        if (roles.containsAll(EnumSet.of(Role.KEY_USER, Role.ADMINISTRATOR))) {
            throw new IllegalArgumentException("an administrator cannot sign: make two callers, each with a key");
        }
    }

    static Caller read(Settings settings) throws ConfigException {
        var name = settings.text("name");
        var roles = EnumSet.noneOf(Role.class);
        try {
            for (var text : settings.texts("roles")) {
                roles.add(Role.parse(text));
            }
        } catch (IllegalArgumentException e) {
            throw settings.wrong("roles", e);
        }
        var keySha256 = settings.bytes32("key-sha256");
        try {
            return new Caller(name, roles, keySha256);
        } catch (IllegalArgumentException e) {
            throw settings.wrong(roles.size() > 1 ? "roles" : "name", e);
        }
    }
}
