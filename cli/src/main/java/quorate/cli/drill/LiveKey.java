package quorate.cli.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a key of a backup compares with what the live nodes have now.
 *
 * @param remedy what to do, if something is to be done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LiveKey(State state, String detail, @Nullable String remedy) {
    /** What is different. */
    public enum State {
        /** The same sharing: a restored node goes on where it was. */
        SAME,
        /** It was reshared since: a restored share is of an older epoch. */
        STALE,
        /** A node has erased its share since. */
        DELETED,
        /** No node that answered has it. */
        ABSENT,
        /** Another public key under the same id. */
        DIFFERENT,
        /** No player of the key could be asked. */
        UNKNOWN;

        /** As in JSON: lower case. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
