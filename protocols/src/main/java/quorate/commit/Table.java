package quorate.commit;

import java.util.stream.IntStream;

/**
 * The conditions of the table of protocols.md 5.4, one per row that depends on what others said. Each is as
 * weak as it may be: the weaker variants that come to mind lose keys, which CommitSimulation shows.
 */
class Table {
    /** COMMITTED to CLEAN: committed of all others, or dead. */
    boolean cleans(Tally tally) {
        return tally.everyOther(Verb.COMMITTED);
    }

    /** COMMITTED to FROZEN: refused of any other. */
    boolean freezes(Tally tally) {
        return tally.anyOther(Verb.REFUSED);
    }

    /** FROZEN to REVERTED: refused or frozen of every other, or dead. */
    boolean reverts(Tally tally) {
        return tally.everyOther(Verb.REFUSED, Verb.FROZEN);
    }

    /**
     * FROZEN to CLEAN: clean of t+1 others, or clean of max(1, t+1 - number declared dead here) others and
     * committed of all others. In a redistribution one of the two committees suffices.
     */
    boolean thaws(Tally tally) {
        return tally.provesClean()
                || (tally.everyOther(Verb.COMMITTED)
                        && IntStream.of(0, 1)
                                .anyMatch(role -> tally.clean(role)
                                        >= Math.max(1, tally.degree(role) + 1 - tally.dead(role))));
    }
}
