package quorate.node.key;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.node.identity.Bytes32;
import quorate.node.problem.ProblemException;
import quorate.rounds.Entry;

/** Which nodes are there, as the links say: what every session lists as its participants. */
public final class Presence {
    /** The process at the other end of a link that is up. */
    public record Incarnation(Bytes32 process, Bytes32 database) {}

    /** The links, as far as they are needed here. */
    @FunctionalInterface
    public interface Peers {
        Optional<Incarnation> current(int player);
    }

    private static final Duration STEP = Duration.ofMillis(20);

    private final Self self;
    private final Peers peers;
    private final Duration patience;

    /**
     * Knows the peers only through their links.
     *
     * @param patience how long a link that is down may take to come back before a request fails
     */
    public Presence(Self self, Peers peers, Duration patience) {
        this.self = self;
        this.peers = peers;
        this.patience = patience;
    }

    public Self self() {
        return self;
    }

    public boolean isPresent(int player) {
        return player == self.player() || peers.current(player).isPresent();
    }

    /**
     * The entries of these players as parties of {@code committee}, ascending.
     *
     * @throws ProblemException PEER_SILENT naming the players whose link does not come up in time
     */
    public List<Entry> entries(Committee committee, Collection<Integer> players) throws InterruptedException {
        return entries(0, committee, players);
    }

    /** The same in a committee of a redistribution: of role 1 in the new one. */
    List<Entry> entries(int role, Committee committee, Collection<Integer> players) throws InterruptedException {
        for (long left = patience.dividedBy(STEP); ; left--) {
            var absent = new TreeSet<Integer>();
            var entries = new ArrayList<Entry>();
            for (int player : new TreeSet<>(players)) {
                entry(role, committee, player).ifPresentOrElse(entries::add, () -> absent.add(player));
            }
            if (absent.isEmpty()) {
                return entries;
            }
            if (left <= 0) {
                throw new ProblemException(Problem.of(ProblemCode.PEER_SILENT, "no link to player " + absent)
                        .missing(absent));
            }
            Thread.sleep(STEP);
        }
    }

    private Optional<Entry> entry(int role, Committee committee, int player) {
        int party = committee.party(player);
        if (player == self.player()) {
            return Optional.of(self.entry(role, party));
        }
        var member = committee.members().get(party);
        if (member == null) {
            throw new IllegalArgumentException("player " + player + " is not in the committee");
        }
        return peers.current(player)
                .map(running -> new Entry(
                        role,
                        party,
                        member.id().bytes(),
                        running.process().bytes(),
                        running.database().bytes(),
                        member.statementKey().bytes()));
    }
}
