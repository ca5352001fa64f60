package quorate.node.commit;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import quorate.commit.Adoption;
import quorate.commit.CommitMachine;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.OperationRecord;
import quorate.commit.Outgoing;
import quorate.commit.Participant;
import quorate.commit.StatusReport;

/** The other participants of operations, and what is said to them. They have ids in records and players on links. */
final class Correspondents {
    private final CommitMachine machine;
    private final CommitLinks links;
    private final Supplier<Map<Octets, Integer>> players;

    /** @param players the other players of the installation as they are known now, by id */
    Correspondents(CommitMachine machine, CommitLinks links, Supplier<Map<Octets, Integer>> players) {
        this.machine = machine;
        this.links = links;
        this.players = players;
    }

    /** Tells the others of an operation what was written. */
    void say(Operation operation, Outgoing outgoing) {
        for (int player : others(operation)) {
            outgoing.certificate().ifPresent(proof -> links.send(player, CommitFrame.Proof.of(proof).encode()));
            outgoing.statements().forEach(said -> links.send(player, new CommitFrame.Said(said).encode()));
        }
    }

    /** Shows {@code player} all that this node holds of an operation, and wants to know all that it holds. */
    void ask(int player, OperationRecord record) {
        links.send(player, new CommitFrame.Question(machine.status(record)).encode());
    }

    void askEverybody(OperationRecord record) {
        others(record.operation()).forEach(player -> ask(player, record));
    }

    void askWhoIsConnected(OperationRecord record) {
        links.connected().stream().filter(player -> takesPart(record, player)).forEach(player -> ask(player, record));
    }

    /** Answers a question with the record of the operation, or with having none. */
    void answer(int player, StatusReport question, Optional<OperationRecord> record) {
        var report = record.map(machine::status).orElseGet(() -> StatusReport.unknown(question.opId()));
        links.send(player, new CommitFrame.Answer(report).encode());
    }

    /** Says which sharings this node holds. */
    void tell(int player, List<Holding> holdings) {
        for (int at = 0; at < holdings.size(); at += Holding.MOST) {
            var some = holdings.subList(at, Math.min(holdings.size(), at + Holding.MOST));
            links.send(player, new CommitFrame.Holdings(some).encode());
        }
    }

    /** Shows statements that were not asked for. */
    void show(int player, StatusReport proof) {
        links.send(player, new CommitFrame.Answer(proof).encode());
    }

    /** Shows an approval. */
    void show(int player, Adoption approval) {
        links.send(player, new CommitFrame.Approved(approval).encode());
    }

    boolean takesPart(OperationRecord record, int player) {
        return others(record.operation()).contains(player);
    }

    /** The nodes whose links are up. */
    Set<Octets> reachable() {
        var connected = links.connected();
        var reachable = new HashSet<Octets>();
        players.get().forEach((id, player) -> {
            if (connected.contains(player)) {
                reachable.add(id);
            }
        });
        return reachable;
    }

    /** The id of a player. */
    Optional<Octets> id(int player) {
        return players.get().entrySet().stream()
                .filter(entry -> entry.getValue() == player)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The player with this id, unless it is this node. */
    Optional<Integer> player(Octets id) {
        return Optional.ofNullable(players.get().get(id));
    }

    private Set<Integer> others(Operation operation) {
        var others = new TreeSet<Integer>();
        for (Participant participant : operation.participants()) {
            var player = players.get().get(participant.id());
            if (player != null) {
                others.add(player);
            }
        }
        return others;
    }
}
