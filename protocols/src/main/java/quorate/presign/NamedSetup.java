package quorate.presign;

import java.util.List;
import java.util.Set;
import quorate.commit.Octets;

/**
 * A pair state by its name and the two nodes that share it (protocols.md 3.6). AGREE shows names to everybody, so a name
 * without its pair says nothing: a ban counts if its two nodes are these.
 *
 * @param setup setup_{ij}
 * @param nodes id_i and id_j
 */
public record NamedSetup(Octets setup, Set<Octets> nodes) {
    public NamedSetup {
        nodes = Set.copyOf(nodes);
    }

    /** In whichever order the two are named. */
    public static NamedSetup of(Octets setup, Octets one, Octets other) {
        return new NamedSetup(setup, Set.copyOf(List.of(one, other)));
    }
}
