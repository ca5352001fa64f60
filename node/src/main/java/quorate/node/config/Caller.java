package quorate.node.config;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import quorate.node.identity.Bytes32;

/**
 * Somebody who may call the API.
 *
 * @param name for the audit log
 * @param application whose keys the caller imports; what is exported names the one it is for
 * @param roles at least one; nobody is key user and administrator
 * @param keySha256 SHA-256 of the API key, see {@link ApiKey}
 */
public record Caller(String name, String application, Set<Role> roles, Bytes32 keySha256) {
    /** Of callers whose application is not named. */
    public static final String DEFAULT_APPLICATION = "default";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern APPLICATION = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** A caller of the application that all have who name none. */
    public Caller(String name, Set<Role> roles, Bytes32 keySha256) {
        this(name, DEFAULT_APPLICATION, roles, keySha256);
    }

    public Caller {
        roles = Set.copyOf(roles);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("must be 1 to 32 of a-z, 0-9 and -, starting with a letter");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("must name at least one role");
        }
        if (roles.contains(Role.CUSTODIAN_EXPORTER) && roles.size() > 1) {
            throw new IllegalArgumentException("custodian-exporter is a role of its own: make two callers, each with a key");
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
        var application = settings.has("application") ? settings.text("application") : DEFAULT_APPLICATION;
        if (!APPLICATION.matcher(application).matches()) {
            throw settings.wrong("application", "must be 1 to 64 of a-z, 0-9, '.', '_' and '-'");
        }
        try {
            return new Caller(name, application, roles, keySha256);
        } catch (IllegalArgumentException e) {
            throw settings.wrong(roles.size() > 1 ? "roles" : "name", e);
        }
    }
}
