package quorate.commit;

import java.util.List;
import java.util.Optional;

/**
 * Statements of operations that this node has no record of.
 *
 * @param authentic to be kept: they may become a CLEAN proof
 * @param dropped no configured player made them
 * @param rolledBack an own statement that this database should know (TPC-4): the node draws a new dbi,
 *     reports and restarts
 */
public record Examination(List<Statement> authentic, List<Statement> dropped, Optional<Statement> rolledBack) {
    public Examination {
        authentic = List.copyOf(authentic);
        dropped = List.copyOf(dropped);
    }
}
