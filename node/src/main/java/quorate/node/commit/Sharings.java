package quorate.node.commit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import quorate.commit.Octets;

/** The sharings of this node's keys as far as the commit protocol asks for them, read by whoever knows what a roster is. */
public interface Sharings {
    /**
     * One that this node holds.
     *
     * @param degree threshold - 1
     * @param parties id of each party, by index
     * @param me this node's index
     */
    record Held(String keyId, long epoch, Octets shareId, int degree, Map<Integer, Octets> parties, int me) {
        public Held {
            parties = Map.copyOf(parties);
        }
    }

    /** The ACTIVE one of a key that is in use, or was until it was found stale. */
    Optional<Held> active(String keyId);

    /** The same of every key. */
    List<Held> active();

    /**
     * R3: from now on no session is offered this sharing, which is about to be destroyed.
     *
     * @return whether no session that was offered it is running any more
     */
    boolean retire(Octets keyId, Octets shareId);
}
