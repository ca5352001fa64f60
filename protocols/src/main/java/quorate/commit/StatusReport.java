package quorate.commit;

import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;

/**
 * STATUS of Appendix C: all statements that a node holds for an operation. None means UNKNOWN: no record,
 * or no voice (R8). It counts as no statement.
 */
public record StatusReport(Octets opId, List<Statement> statements) {
    private static final int MOST = 2 * Seat.MAX_INDEX * Verb.values().length;

    public StatusReport {
        statements = List.copyOf(statements);
    }

    public static StatusReport unknown(Octets opId) {
        return new StatusReport(opId, List.of());
    }

    public boolean isUnknown() {
        return statements.isEmpty();
    }

    public byte[] encode() {
        return Encoding.concat(opId.bytes(), Statement.encodeList(statements));
    }

    /** Total. Every statement is about {@code opId}; who really made them is still to be checked. */
    public static StatusReport decode(byte[] bytes) throws DecodingException {
        var cursor = new Cursor(bytes);
        var opId = Octets.of(cursor.take(Operation.DIGEST_BYTES));
        var statements = Statement.readList(cursor, MOST);
        cursor.end();
        for (var statement : statements) {
            if (!statement.operation().opId().equals(opId)) {
                throw new DecodingException("a statement about another operation");
            }
        }
        return new StatusReport(opId, statements);
    }
}
