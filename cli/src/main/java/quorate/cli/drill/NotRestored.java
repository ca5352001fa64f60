package quorate.cli.drill;

import quorate.api.Problem;
import quorate.api.ProblemCode;

/** Why a node of which a backup file was named could not be restored into a scratch node. */
public record NotRestored(int node, ProblemCode code, String reason, String remedy) {
    static NotRestored of(int node, Problem problem) {
        return new NotRestored(node, problem.code(), problem.detail(), problem.remedy());
    }
}
