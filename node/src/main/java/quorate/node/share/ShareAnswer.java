package quorate.node.share;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import quorate.api.Problem;

/**
 * What a node says to a {@link ShareOrder}: a problem, or what was done. The file of a backup is attached.
 *
 * @param header of the file that was written or read
 * @param fate what became of the share in the file, of a restore
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShareAnswer(
        @Nullable Problem problem, @Nullable ShareHeader header, ShareRules.@Nullable Fate fate) {
    static ShareAnswer refusing(Problem problem) {
        return new ShareAnswer(problem, null, null);
    }
}
