package quorate.commit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;

/**
 * The players of these tests. Everything about them follows from their numbers. A signature here is the
 * signer's public key and the digest: it names its maker and its subject, and any bit of it that changes
 * makes it invalid, which is all that the commit protocol asks of signatures.
 */
final class Cast {
    static final StatementVerifier VERIFIER = (publicKey, digest, signature) ->
            Arrays.equals(publicKey, 0, 32, signature, 0, 32) && Arrays.equals(digest, 0, 32, signature, 32, 64);
    static final Octets BASE = name("base", 0);
    static final Octets KEY_ID = Octets.of(new byte[] {'k', 'e', 'y', '-', '1'});

    private static final int PLAYERS = 9;

    private Cast() {}

    static Octets name(String what, int number) {
        return Octets.of(Transcript.of("test").add(what.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .addU16(number)
                .hash());
    }

    static Octets id(int player) {
        return name("id", player);
    }

    static Octets database(int player) {
        return name("database", player);
    }

    static StatementSigner signer(int player) {
        return digest -> Encoding.concat(name("statement key", player).bytes(), digest);
    }

    /** The configured players are 1 to 9. */
    static StatementKeys keys() {
        return id -> IntStream.rangeClosed(1, PLAYERS)
                .filter(player -> id(player).equals(id))
                .mapToObj(player -> name("statement key", player).bytes())
                .findFirst();
    }

    /** The same, looked up once. */
    static StatementKeys keysOf(int players) {
        var keys = new TreeMap<Octets, byte[]>();
        for (int player = 1; player <= players; player++) {
            keys.put(id(player), name("statement key", player).bytes());
        }
        return id -> Optional.ofNullable(keys.get(id));
    }

    static CommitMachine machine(int player) {
        return machine(player, new Table());
    }

    static CommitMachine machine(int player, Table table) {
        return new CommitMachine(id(player), database(player), keysOf(PLAYERS), signer(player), VERIFIER, table);
    }

    /** The node after its database was restored: it drew a new dbi. */
    static CommitMachine restoredMachine(int player) {
        return new CommitMachine(
                id(player), name("new database", player), keysOf(PLAYERS), signer(player), VERIFIER);
    }

    static List<Participant> committee(int role, int... players) {
        var participants = new ArrayList<Participant>();
        for (int i = 0; i < players.length; i++) {
            participants.add(new Participant(
                    new Seat(role, i + 1), id(players[i]), name("incarnation", players[i]), database(players[i])));
        }
        return participants;
    }

    /** A refresh of BASE by players 1 to n. */
    static Operation refresh(int n) {
        return operation(2, 1, BASE, committee(0, IntStream.rangeClosed(1, n).toArray()));
    }

    /** A key generation by players 1 to n. */
    static Operation keygen(int n) {
        return operation(1, 2, Octets.EMPTY, committee(0, IntStream.rangeClosed(1, n).toArray()));
    }

    /** A redistribution from players 1 to 3, threshold 2, to others. */
    static Operation redistribution(int... newPlayers) {
        var participants = new ArrayList<>(committee(0, 1, 2, 3));
        participants.addAll(committee(1, newPlayers));
        return operation(3, 3, BASE, participants);
    }

    static Operation operation(int protocolId, int number, Octets base, List<Participant> participants) {
        return new Operation(
                protocolId,
                name("operation", number),
                KEY_ID,
                base,
                protocolId == 1 ? 0 : 1,
                share(number),
                participants,
                name("K", number));
    }

    /** The sharing that operation {@code number} makes. */
    static Octets share(int number) {
        return name("share", number);
    }

    /** Pair state with every other seat of the new committee. */
    static SetupVector setups(Operation operation, Seat seat) {
        var setups = new TreeMap<Integer, Octets>();
        for (var participant : operation.participants()) {
            int other = participant.seat().index();
            if (participant.seat().role() == operation.newCommittee()
                    && seat.role() == operation.newCommittee()
                    && other != seat.index()) {
                setups.put(other, name("setup " + operation, Math.min(other, seat.index()) * 100 + Math.max(other, seat.index())));
            }
        }
        return new SetupVector(setups);
    }

    static Statement statement(Verb verb, Operation operation, Seat seat) {
        var setups = operation.hasResult() ? setups(operation, seat) : SetupVector.NONE;
        var id = operation.in(seat).id();
        int player = IntStream.rangeClosed(1, PLAYERS)
                .filter(candidate -> id(candidate).equals(id))
                .findFirst()
                .orElseThrow();
        return Statement.sign(verb, new Subject(operation, setups, seat), signer(player));
    }

    /** A statement of party {@code index} of the old, or only, committee. */
    static Statement statement(Verb verb, Operation operation, int index) {
        return statement(verb, operation, new Seat(0, index));
    }

    static List<Statement> everyPrepared(Operation operation) {
        return operation.participants().stream()
                .map(participant -> statement(Verb.PREPARED, operation, participant.seat()))
                .toList();
    }
}
