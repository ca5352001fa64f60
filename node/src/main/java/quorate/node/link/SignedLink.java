package quorate.node.link;

import java.util.Arrays;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.node.identity.Bytes32;
import quorate.node.identity.Statements;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;

/**
 * LINK of protocols.md 15.1 and Appendix C: ENC(id_i, id_j, inc_i, dbi_i, startNo, linkNo, time) with the
 * statement signature of i over TH("link", LINK). Equal if all bytes are.
 */
public final class SignedLink {
    private static final int LENGTH_BYTES = 4;
    private static final int PARTS = 7;

    private final Bytes32 from;
    private final Bytes32 to;
    private final Incarnation incarnation;
    private final long linkNo;
    private final long time;
    private final byte[] signature;

    private SignedLink(Bytes32 from, Bytes32 to, Incarnation incarnation, long linkNo, long time, byte[] signature) {
        this.from = from;
        this.to = to;
        this.incarnation = incarnation;
        this.linkNo = linkNo;
        this.time = time;
        this.signature = signature;
    }

    /** Says to {@code to} that {@code from} runs as {@code incarnation} and makes its {@code linkNo}-th link. */
    static SignedLink sign(
            Bytes32 from, Bytes32 to, Incarnation incarnation, long linkNo, long time, StatementSigner signer) {
        var unsigned = new SignedLink(from, to, incarnation, linkNo, time, new byte[0]);
        return new SignedLink(from, to, incarnation, linkNo, time, signer.sign(digest(unsigned.body())));
    }

    /** The inverse of {@link #encode}; the signature is not looked at. */
    public static SignedLink decode(byte[] encoded) throws DecodingException {
        if (encoded.length < LENGTH_BYTES + Statements.SIGNATURE_BYTES) {
            throw new DecodingException("a LINK is longer");
        }
        int end = encoded.length - Statements.SIGNATURE_BYTES;
        if (Encoding.os2ip(encoded, 0, LENGTH_BYTES) != end - LENGTH_BYTES) {
            throw new DecodingException("the length of the LINK is wrong");
        }
        var parts = Encoding.decode(Arrays.copyOfRange(encoded, LENGTH_BYTES, end));
        if (parts.size() != PARTS) {
            throw new DecodingException("a LINK has seven parts");
        }
        return new SignedLink(
                bytes32(parts, 0),
                bytes32(parts, 1),
                new Incarnation(bytes32(parts, 2), bytes32(parts, 3), number(parts, 4)),
                number(parts, 5),
                number(parts, 6),
                Arrays.copyOfRange(encoded, end, encoded.length));
    }

    private static Bytes32 bytes32(List<byte[]> parts, int index) throws DecodingException {
        if (parts.get(index).length != Bytes32.LENGTH) {
            throw new DecodingException("part " + (index + 1) + " of the LINK is not 32 bytes");
        }
        return Bytes32.of(parts.get(index));
    }

    private static long number(List<byte[]> parts, int index) throws DecodingException {
        var part = parts.get(index);
        if (part.length != Long.BYTES || part[0] < 0) {
            throw new DecodingException("part " + (index + 1) + " of the LINK is not a number below 2^63");
        }
        return Encoding.os2ip(part, 0, Long.BYTES);
    }

    /** I2OSP(|b|,4), b, signature. */
    public byte[] encode() {
        var body = body();
        return Encoding.concat(Encoding.i2osp(body.length, LENGTH_BYTES), body, signature);
    }

    private byte[] body() {
        return Encoding.enc(
                from.bytes(),
                to.bytes(),
                incarnation.inc().bytes(),
                incarnation.dbi().bytes(),
                Encoding.i2osp(incarnation.startNo(), Long.BYTES),
                Encoding.i2osp(linkNo, Long.BYTES),
                Encoding.i2osp(time, Long.BYTES));
    }

    private static byte[] digest(byte[] body) {
        return Transcript.of("link").add(body).hash();
    }

    /** Whether the owner of {@code statementKey} signed this. */
    public boolean isSignedBy(Bytes32 statementKey, StatementVerifier verifier) {
        return verifier.verify(statementKey.bytes(), digest(body()), signature);
    }

    /** id of the node that says this. */
    public Bytes32 from() {
        return from;
    }

    /** id of the node it says it to. */
    public Bytes32 to() {
        return to;
    }

    public Incarnation incarnation() {
        return incarnation;
    }

    /** Counts the links that the process has made to that peer, from 1. */
    public long linkNo() {
        return linkNo;
    }

    /** Milliseconds since 1970 by the clock of the sender; informational. */
    public long time() {
        return time;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedLink link && Arrays.equals(encode(), link.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return "LINK " + linkNo + " of " + incarnation;
    }
}
