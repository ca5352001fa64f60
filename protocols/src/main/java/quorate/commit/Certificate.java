package quorate.commit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import quorate.algebra.DecodingException;
import quorate.rounds.Check;
import quorate.rounds.Refused;
import quorate.rounds.StatementVerifier;

/**
 * C of protocols.md 5.4: prepared statements of all participants, about one operation, with the same pair
 * states on both sides. An instance has passed TPC-1; anything else is no certificate.
 *
 * <p>A certificate proves that its operation may commit. It proves nothing about CLEAN.
 */
public final class Certificate {
    private static final int MOST = 2 * Seat.MAX_INDEX;

    private final List<Statement> prepared;

    private Certificate(List<Statement> prepared) {
        this.prepared = prepared;
    }

    /** TPC-1, from the bytes of the statements and the configured players alone. */
    public static Certificate check(List<Statement> prepared, StatementKeys keys, StatementVerifier verifier)
            throws Refused {
        var certificate = ofAuthentic(prepared);
        for (var statement : prepared) {
            require(statement.isAuthentic(keys, verifier), "signature of " + statement.seat() + " is not valid");
        }
        return certificate;
    }

    /** TPC-1 for statements whose signatures were checked when they arrived. */
    static Certificate ofAuthentic(List<Statement> prepared) throws Refused {
        require(!prepared.isEmpty(), "no statement");
        var operation = prepared.getFirst().operation();
        var seats = operation.participants().stream().map(Participant::seat).toList();
        for (var statement : prepared) {
            require(statement.verb() == Verb.PREPARED, statement + " is not prepared");
            require(statement.operation().equals(operation), statement.seat() + " prepared something else");
        }
        require(prepared.stream().map(Statement::seat).toList().equals(seats), "not one statement of each of " + seats);
        requireMatchingSetups(prepared);
        return new Certificate(List.copyOf(prepared));
    }

    /** Pair state exists in a committee between all or between none, and both partners name it alike. */
    private static void requireMatchingSetups(List<Statement> prepared) throws Refused {
        for (var one : prepared) {
            var partners = new HashSet<Integer>();
            for (var other : prepared) {
                if (other.seat().role() == one.seat().role() && !other.seat().equals(one.seat())) {
                    partners.add(other.seat().index());
                    require(
                            setup(one, other).equals(setup(other, one)),
                            "setup between " + one.seat() + " and " + other.seat() + " differs");
                }
            }
            var named = one.subject().setups().partners();
            require(named.isEmpty() || named.equals(partners), one.seat() + " names setups with " + named);
        }
    }

    private static Octets setup(Statement of, Statement with) {
        return of.subject().setups().setups().getOrDefault(with.seat().index(), Octets.EMPTY);
    }

    private static void require(boolean condition, String flaw) throws Refused {
        if (!condition) {
            throw new Refused(Check.TPC_1, flaw);
        }
    }

    public Operation operation() {
        return prepared.getFirst().operation();
    }

    /** In the order of parts. */
    public List<Statement> prepared() {
        return prepared;
    }

    /**
     * Whether it counts as {@code top} of AGREE (protocols.md 5.4): one of its signers is honest, because
     * more than {@code degree} of them are others of {@code parties}.
     *
     * @param parties the ids of the parties of this node's own record, or of all players without a record
     */
    public boolean countsFor(Octets me, Set<Octets> parties, int degree) {
        return operation().participants().stream()
                        .map(Participant::id)
                        .filter(id -> !id.equals(me) && parties.contains(id))
                        .distinct()
                        .count()
                > degree;
    }

    /** CERT of Appendix C. */
    public byte[] encode() {
        return Statement.encodeList(prepared);
    }

    /** The statements of a CERT. Total; what they prove, {@link #check} says. */
    public static List<Statement> decode(byte[] bytes) throws DecodingException {
        var cursor = new Cursor(bytes);
        var statements = Statement.readList(cursor, MOST);
        cursor.end();
        return statements;
    }
}
