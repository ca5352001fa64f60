package quorate.commit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;

/**
 * stmt(verb, i) of protocols.md 5.4: S with a signature over TH("2pc/" + verb, S). A decoded statement is
 * only a claim; {@link #isAuthentic} says whether the node it names made it.
 */
public final class Statement {
    private static final int LENGTH_BYTES = 4;
    private static final int COUNT_BYTES = 2;
    private static final int SIGNATURE_BYTES = 64;

    private final Verb verb;
    private final Subject subject;
    private final Octets signature;
    private final byte[] digest;

    private Statement(Verb verb, Subject subject, byte[] digest, Octets signature) {
        if (signature.length() != SIGNATURE_BYTES) {
            throw new IllegalArgumentException("a signature has " + SIGNATURE_BYTES + " bytes");
        }
        if (verb != Verb.REFUSED && !subject.operation().hasResult()) {
            throw new IllegalArgumentException(verb.word() + " without a result");
        }
        this.verb = verb;
        this.subject = subject;
        this.digest = digest;
        this.signature = signature;
    }

    static Statement sign(Verb verb, Subject subject, StatementSigner signer) {
        var digest = digest(verb, subject.encode());
        return new Statement(verb, subject, digest, Octets.of(signer.sign(digest.clone())));
    }

    /** TH("2pc/" + verb, S), 32 bytes. */
    public static byte[] digest(Verb verb, byte[] subject) {
        return Transcript.of("2pc/" + verb.word()).add(subject).hash();
    }

    public Verb verb() {
        return verb;
    }

    public Subject subject() {
        return subject;
    }

    public Operation operation() {
        return subject.operation();
    }

    public Seat seat() {
        return subject.signer();
    }

    /** The node that it says made it. */
    public Octets signer() {
        return subject.signerId();
    }

    public Octets signature() {
        return signature;
    }

    /** Whether a configured node has the id of the signer and its statement key made the signature. */
    public boolean isAuthentic(StatementKeys keys, StatementVerifier verifier) {
        return keys.of(signer())
                .filter(key -> verifier.verify(key, digest.clone(), signature.bytes()))
                .isPresent();
    }

    /** The same verb of the same node about the same S; Ed25519 allows more than one signature for it. */
    boolean saysTheSameAs(Statement other) {
        return verb == other.verb && subject.equals(other.subject);
    }

    /** STMT of Appendix C. */
    public byte[] encode() {
        var s = subject.encode();
        return Encoding.concat(
                Encoding.i2osp(verb.code(), 1), Encoding.i2osp(s.length, LENGTH_BYTES), s, signature.bytes());
    }

    /** Total: exactly one STMT, or an error. */
    public static Statement decode(byte[] bytes) throws DecodingException {
        var cursor = new Cursor(bytes);
        var statement = read(cursor);
        cursor.end();
        return statement;
    }

    private static Statement read(Cursor cursor) throws DecodingException {
        var code = (int) cursor.number(1);
        var verb = Verb.of(code).orElseThrow(() -> new DecodingException("no verb has code " + code));
        long length = cursor.number(LENGTH_BYTES);
        if (length > Subject.MAX_BYTES) {
            throw new DecodingException("S of " + length + " bytes");
        }
        var s = cursor.take(length);
        var subject = Subject.decode(s);
        if (verb != Verb.REFUSED && !subject.operation().hasResult()) {
            throw new DecodingException(verb.word() + " without a result");
        }
        return new Statement(verb, subject, digest(verb, s), Octets.of(cursor.take(SIGNATURE_BYTES)));
    }

    /** I2OSP(count,2) and the statements, as in CERT and STATUS. */
    static byte[] encodeList(List<Statement> statements) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Encoding.i2osp(statements.size(), COUNT_BYTES));
        statements.forEach(statement -> bytes.writeBytes(statement.encode()));
        return bytes.toByteArray();
    }

    static List<Statement> readList(Cursor cursor, int most) throws DecodingException {
        int count = (int) cursor.number(COUNT_BYTES);
        if (count > most) {
            throw new DecodingException(count + " statements, at most " + most + " can exist");
        }
        var statements = new ArrayList<Statement>();
        for (int i = 0; i < count; i++) {
            statements.add(read(cursor));
        }
        return List.copyOf(statements);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Statement statement
                && saysTheSameAs(statement)
                && signature.equals(statement.signature);
    }

    @Override
    public int hashCode() {
        return signature.hashCode();
    }

    @Override
    public String toString() {
        return verb.word() + " of " + seat() + " for " + operation();
    }
}
