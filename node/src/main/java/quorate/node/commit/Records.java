package quorate.node.commit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.commit.Octets;
import quorate.commit.OperationRecord;
import quorate.commit.Seat;
import quorate.commit.Statement;
import quorate.commit.Subject;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.Operation;
import quorate.store.Part;
import quorate.store.Participant;
import quorate.store.Role;
import quorate.store.StoredOperation;
import quorate.store.Verb;

/** Operation records between the machine, which sees them whole, and the tables of the database. */
final class Records {
    private static final int DEGREE_BYTES = 2;

    private final Database database;

    Records(Database database) {
        this.database = database;
    }

    Optional<OperationRecord> find(Octets keyId, Octets opId) {
        return database.operations().find(text(keyId), bytes(opId)).map(this::restore);
    }

    /** Those of that id, of whatever key. */
    List<OperationRecord> named(Octets opId) {
        return database.operations().named(bytes(opId)).stream().map(this::restore).toList();
    }

    /** Everything that is unfinished. */
    List<OperationRecord> open() {
        return database.operations().open().stream().map(this::restore).toList();
    }

    Optional<OperationRecord> open(Octets keyId) {
        return database.operations().open(text(keyId)).map(this::restore);
    }

    /** ACTIVE.shareId of a key, empty if there is none. */
    Octets active(Octets keyId) {
        return database.keys()
                .sharing(text(keyId), Role.ACTIVE)
                .map(stored -> octets(stored.sharing().shareId()))
                .orElse(Octets.EMPTY);
    }

    /** All statements kept about an operation, whether this node has a record of it or not. */
    List<Statement> statements(Octets keyId, Octets opId) {
        var statements = new ArrayList<Statement>();
        for (var stored : database.statements().of(text(keyId), bytes(opId))) {
            try {
                statements.add(Statement.decode(stored.bytes().toArray()));
            } catch (DecodingException e) {
                throw damaged(keyId, opId, e);
            }
        }
        return statements;
    }

    /** Keeps statements about an operation without a record: of one signer only so many. */
    void keep(Octets keyId, Octets opId, List<Statement> shown) {
        keepAll(keyId, opId, Variants.fitting(statements(keyId, opId), shown));
    }

    /** Keeps what a record holds, whatever its signers said under the same id about something else. */
    void keep(quorate.commit.Operation mine, List<Statement> held) {
        var kept = statements(mine.keyId(), mine.opId()).stream()
                .filter(statement -> isAbout(mine, statement))
                .toList();
        keepAll(mine.keyId(), mine.opId(), Variants.fitting(kept, held));
    }

    /** Keeps them whatever their signers have said before: together they prove something. */
    void keepAll(Octets keyId, Octets opId, List<Statement> shown) {
        if (!shown.isEmpty()) {
            database.statements().keep(text(keyId), bytes(opId), rows(shown));
        }
    }

    private OperationRecord restore(StoredOperation stored) {
        var operation = stored.operation();
        var keyId = key(operation.keyId());
        var opId = octets(operation.opId());
        try {
            var header = Encoding.decode(operation.subject().toArray());
            var degrees = header.getFirst();
            var own = header.subList(1, header.size());
            var mine = Subject.decode(own.getFirst()).operation();
            return OperationRecord.restore(new OperationRecord.Snapshot(
                    stored.state().name(),
                    own,
                    (int) Encoding.os2ip(degrees, 0, DEGREE_BYTES),
                    (int) Encoding.os2ip(degrees, DEGREE_BYTES, DEGREE_BYTES),
                    dead(mine, stored),
                    about(mine, statements(keyId, opId))));
        } catch (DecodingException e) {
            throw damaged(keyId, opId, e);
        }
    }

    /** What was kept before there was a record may be about something else under the same id. */
    private static List<byte[]> about(quorate.commit.Operation mine, List<Statement> statements) {
        return statements.stream()
                .filter(statement -> isAbout(mine, statement))
                .map(Statement::encode)
                .toList();
    }

    /** All parts equal; one of the two may lack the result. */
    static boolean isAbout(quorate.commit.Operation mine, Statement statement) {
        var theirs = statement.operation();
        return theirs.equals(mine)
                || (theirs.hasResult() != mine.hasResult() && theirs.withoutResult().equals(mine.withoutResult()));
    }

    private static List<byte[]> dead(quorate.commit.Operation mine, StoredOperation stored) {
        return mine.participants().stream()
                .filter(participant -> stored.dead().contains(participant(participant.seat())))
                .map(participant -> participant.id().bytes())
                .toList();
    }

    /** The row of a record. What the machine needs beside S is kept in front of it. */
    static Operation row(OperationRecord record) {
        var snapshot = record.snapshot();
        var operation = record.operation();
        var header = new ArrayList<byte[]>();
        header.add(Encoding.concat(
                Encoding.i2osp(snapshot.oldDegree(), DEGREE_BYTES),
                Encoding.i2osp(snapshot.newDegree(), DEGREE_BYTES)));
        header.addAll(snapshot.own());
        return new Operation(
                text(operation.keyId()),
                bytes(operation.opId()),
                operation.protocolId(),
                part(record),
                optional(operation.baseShareId()),
                optional(operation.newShareId()),
                operation.newEpoch(),
                Bytes.of(Encoding.enc(header.toArray(byte[][]::new))));
    }

    /** What an operation does to this node's sharing follows from its seats. */
    static Part part(OperationRecord record) {
        var operation = record.operation();
        if (operation.baseShareId().isEmpty()) {
            boolean isImport = operation.protocolId() == quorate.rounds.Operation.IMPORT.protocolId();
            return isImport ? Part.IMPORTED_KEY : Part.NEW_KEY;
        }
        int newRole = operation.participants().getLast().seat().role();
        boolean held = record.own().stream().anyMatch(own -> own.signer().role() == 0);
        boolean holds = record.own().stream().anyMatch(own -> own.signer().role() == newRole);
        if (!holds) {
            return Part.LEAVES;
        }
        return held ? Part.STAYS : Part.JOINS;
    }

    static List<quorate.store.Statement> rows(List<Statement> statements) {
        return statements.stream()
                .map(statement -> new quorate.store.Statement(
                        participant(statement.seat()),
                        Verb.valueOf(statement.verb().name()),
                        Bytes.of(statement.encode())))
                .toList();
    }

    static Participant participant(Seat seat) {
        return new Participant(seat.role(), seat.index());
    }

    static String text(Octets keyId) {
        return new String(keyId.bytes(), StandardCharsets.UTF_8);
    }

    static Octets key(String keyId) {
        return Octets.of(keyId.getBytes(StandardCharsets.UTF_8));
    }

    static Bytes bytes(Octets octets) {
        return Bytes.of(octets.bytes());
    }

    static Octets octets(Bytes bytes) {
        return Octets.of(bytes.toArray());
    }

    private static Optional<Bytes> optional(Octets octets) {
        return octets.isEmpty() ? Optional.empty() : Optional.of(bytes(octets));
    }

    private static IllegalStateException damaged(Octets keyId, Octets opId, DecodingException e) {
        return new IllegalStateException("the record of operation " + opId + " of key " + text(keyId)
                + " cannot be read: " + e.getMessage(), e);
    }
}
