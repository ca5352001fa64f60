package quorate.node.link;

import quorate.node.identity.Bytes32;

/**
 * Which process of a node this is (protocols.md 15.1).
 *
 * @param inc names the running process
 * @param dbi names the history of its database
 * @param startNo counts the starts on that database
 */
public record Incarnation(Bytes32 inc, Bytes32 dbi, long startNo) {
    private static final int SHOWN = 16;

    public Incarnation {
        if (startNo < 0) {
            throw new IllegalArgumentException("startNo must not be negative");
        }
    }

    /** For logs: the first digits are enough to tell processes apart. */
    @Override
    public String toString() {
        return "start " + startNo + ", inc " + inc.hex().substring(0, SHOWN) + ", dbi " + dbi.hex().substring(0, SHOWN);
    }
}
