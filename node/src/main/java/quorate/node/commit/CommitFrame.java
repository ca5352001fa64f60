package quorate.node.commit;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.commit.Adoption;
import quorate.commit.Certificate;
import quorate.commit.Octets;
import quorate.commit.Statement;
import quorate.commit.StatusReport;

/**
 * What nodes tell one another about operations: one byte that says which, and the object of protocols.md
 * Appendix C.
 */
sealed interface CommitFrame {
    int STATEMENT = 1;
    int CERTIFICATE = 2;
    int QUESTION = 3;
    int ANSWER = 4;
    int HOLDINGS = 5;
    int ADOPTION = 6;

    byte[] encode();

    /** STMT. */
    record Said(Statement statement) implements CommitFrame {
        @Override
        public byte[] encode() {
            return frame(STATEMENT, statement.encode());
        }
    }

    /** CERT. */
    record Proof(List<Statement> prepared) implements CommitFrame {
        static Proof of(Certificate certificate) {
            return new Proof(certificate.prepared());
        }

        @Override
        public byte[] encode() {
            return frame(CERTIFICATE, Encoding.concat(
                    Encoding.i2osp(prepared.size(), 2),
                    Encoding.concat(prepared.stream().map(Statement::encode).toArray(byte[][]::new))));
        }
    }

    /** STATUS: all that the sender holds; it wants to know all that the receiver holds. */
    record Question(StatusReport status) implements CommitFrame {
        @Override
        public byte[] encode() {
            return frame(QUESTION, status.encode());
        }
    }

    /** STATUS in answer to a question. */
    record Answer(StatusReport status) implements CommitFrame {
        @Override
        public byte[] encode() {
            return frame(ANSWER, status.encode());
        }
    }

    /** Which sharings the sender holds. */
    record Holdings(List<Holding> all) implements CommitFrame {
        /** One of each key, the first: a node holds one sharing of it. */
        Collection<Holding> ofEachKey() {
            var first = new LinkedHashMap<Octets, Holding>();
            all.forEach(holding -> first.putIfAbsent(holding.keyId(), holding));
            return first.values();
        }

        @Override
        public byte[] encode() {
            return frame(HOLDINGS, Holding.encode(all));
        }
    }

    /** ADOPT. */
    record Approved(Adoption adoption) implements CommitFrame {
        @Override
        public byte[] encode() {
            return frame(ADOPTION, adoption.encode());
        }
    }

    /** Total: one frame or an error. */
    static CommitFrame decode(byte[] bytes) throws DecodingException {
        if (bytes.length == 0) {
            throw new DecodingException("an empty frame");
        }
        var body = Arrays.copyOfRange(bytes, 1, bytes.length);
        return switch (bytes[0]) {
            case STATEMENT -> new Said(Statement.decode(body));
            case CERTIFICATE -> new Proof(Certificate.decode(body));
            case QUESTION -> new Question(StatusReport.decode(body));
            case ANSWER -> new Answer(StatusReport.decode(body));
            case HOLDINGS -> new Holdings(Holding.decode(body));
            case ADOPTION -> new Approved(Adoption.decode(body));
            default -> throw new DecodingException("no frame has kind " + bytes[0]);
        };
    }

    /** The statements in it. */
    default List<Statement> statements() {
        return switch (this) {
            case Said said -> List.of(said.statement());
            case Proof proof -> proof.prepared();
            case Question question -> question.status().statements();
            case Answer answer -> answer.status().statements();
            case Holdings holdings -> List.of();
            case Approved approved -> List.of();
        };
    }

    private static byte[] frame(int kind, byte[] body) {
        return Encoding.concat(new byte[] {(byte) kind}, body);
    }

    /** Names one operation. */
    record Name(Octets keyId, Octets opId) {
        static Name of(Statement statement) {
            return new Name(statement.operation().keyId(), statement.operation().opId());
        }
    }
}
