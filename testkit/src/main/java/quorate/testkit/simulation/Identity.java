package quorate.testkit.simulation;

import java.util.List;
import java.util.stream.IntStream;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.rounds.Entry;

/** The node behind one party of a simulation: its keys, process and database, all from the seed. */
record Identity(Entry entry, Ed25519Statements statements, byte[] nodeSecret) {
    private static final int BYTES = 32;

    static Identity of(int party, long seed) {
        var random = new SeededRandom(seed, "identity of party " + party);
        var statements = new Ed25519Statements(random.bytes(BYTES));
        var tlsKeyHash = random.bytes(BYTES);
        var id = Transcript.of("id")
                .add(Encoding.i2osp(party, 2))
                .add(tlsKeyHash)
                .add(statements.publicKey())
                .hash();
        var entry = new Entry(0, party, id, random.bytes(BYTES), random.bytes(BYTES), statements.publicKey());
        return new Identity(entry, statements, random.bytes(BYTES));
    }

    /** The same node in another place. */
    Identity at(int role, int index) {
        var seat = new Entry(
                role, index, entry.id(), entry.incarnation(), entry.database(), entry.statementKey());
        return new Identity(seat, statements, nodeSecret);
    }

    static List<Identity> all(int n, long seed) {
        return IntStream.rangeClosed(1, n).mapToObj(party -> of(party, seed)).toList();
    }
}
