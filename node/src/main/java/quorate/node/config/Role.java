package quorate.node.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a caller of the API may do. */
public enum Role {
    /** Generates and uses keys. */
    KEY_USER("key-user"),
    /** Pauses, backs up, restores; cannot sign. */
    ADMINISTRATOR("administrator"),
    /** Exports keys to custodians, who get them whole; may do nothing else. */
    CUSTODIAN_EXPORTER("custodian-exporter");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** As in node.toml. */
    public String text() {
        return text;
    }

    static Role parse(String text) {
        for (var role : values()) {
            if (role.text.equals(text)) {
                return role;
            }
        }
        var known = Arrays.stream(values()).map(Role::text).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown role \"" + text + "\"; known: " + known);
    }
}
