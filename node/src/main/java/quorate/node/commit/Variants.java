package quorate.node.commit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import quorate.commit.Octets;
import quorate.commit.Statement;
import quorate.commit.Verb;

/**
 * A dishonest signer can say one verb in many ways, and statements are kept for ever: of one operation, enough of them
 * to convict it. They are counted by who signed: participants that a signer made up put it in any seat, so a count by
 * seat would let it use up the room of others.
 */
final class Variants {
    static final int MOST = 4;

    private record Voice(Octets signer, int role, Verb verb) {
        static Voice of(Statement statement) {
            return new Voice(statement.signer(), statement.seat().role(), statement.verb());
        }
    }

    private Variants() {}

    /** Of authentic statements about one operation those for which there is room beside the ones that are kept. */
    static List<Statement> fitting(List<Statement> kept, List<Statement> shown) {
        var counts = new HashMap<Voice, Integer>();
        kept.forEach(statement -> counts.merge(Voice.of(statement), 1, Integer::sum));
        var known = new ArrayList<>(kept);
        var fitting = new ArrayList<Statement>();
        for (var statement : shown) {
            if (!known.contains(statement) && counts.merge(Voice.of(statement), 1, Integer::sum) <= MOST) {
                known.add(statement);
                fitting.add(statement);
            }
        }
        return fitting;
    }
}
