package quorate.commit;

import java.util.List;

/**
 * One honest node in the search, as bits of a long: ACTIVE, PREVIOUS, and per operation its state, the
 * statements that have left, and whom the operator declared dead. Sharings are numbers: 0 none, 1 the base,
 * 2 and up the results of the operations.
 */
final class NodeShape {
    static final int NO_RECORD = 0;
    static final int LOST = 7;
    private static final List<State> STATES = List.of(State.values());
    private static final int SHARING_BITS = 3;
    private static final int FIRST_OPERATION = 2 * SHARING_BITS;
    private static final int STATE_BITS = 3;
    private static final int SENT_BITS = 5;
    private static final int DEAD_BITS = 4;
    private static final int OPERATION_BITS = STATE_BITS + SENT_BITS + DEAD_BITS;

    private NodeShape() {}

    static int active(long node) {
        return (int) (node & 7);
    }

    static int previous(long node) {
        return (int) ((node >> SHARING_BITS) & 7);
    }

    static int state(long node, int operation) {
        return (int) ((node >> at(operation)) & 7);
    }

    static int sent(long node, int operation) {
        return (int) ((node >> (at(operation) + STATE_BITS)) & 31);
    }

    static int dead(long node, int operation) {
        return (int) ((node >> (at(operation) + STATE_BITS + SENT_BITS)) & 15);
    }

    static long withSharings(long node, int active, int previous) {
        return (node & (-1L << FIRST_OPERATION)) | active | ((long) previous << SHARING_BITS);
    }

    static long withState(long node, int operation, int state) {
        return (node & ~(7L << at(operation))) | ((long) state << at(operation));
    }

    static long withSent(long node, int operation, int verbs) {
        return node | ((long) verbs << (at(operation) + STATE_BITS));
    }

    static long withDead(long node, int operation, int nodes) {
        return node | ((long) nodes << (at(operation) + STATE_BITS + SENT_BITS));
    }

    static int code(State state) {
        return STATES.indexOf(state) + 1;
    }

    static State state(int code) {
        return STATES.get(code - 1);
    }

    static boolean is(long node, int operation, State state) {
        return state(node, operation) == code(state);
    }

    static boolean isOpen(long node, int operation) {
        int code = state(node, operation);
        return code != NO_RECORD && code != LOST && state(code).isOpen();
    }

    private static int at(int operation) {
        return FIRST_OPERATION + operation * OPERATION_BITS;
    }
}
