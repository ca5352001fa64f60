package quorate.algebra;

/**
 * A Schnorr proof that party i knows a with A = a·G (protocols.md 0.5): K = k·G, c = H2S("pok", ctx', i,
 * A, K), z = k + c·a. Encoded ser(K) || ser(z).
 */
public record Possession(Point commitment, Scalar response) {
    /** k is drawn here, after ctx' is known. */
    public static Possession prove(byte[] ctx, int index, SecretScalar secret, Point image, Draw draw, Secrets scope) {
        throw new UnsupportedOperationException();
    }

    /** z·G == K + c·A. */
    public boolean verify(byte[] ctx, int index, Point image) {
        throw new UnsupportedOperationException();
    }

    public static int bytes(Group group) {
        return group.pointBytes() + group.scalarBytes();
    }

    public byte[] encode() {
        throw new UnsupportedOperationException();
    }

    public static Possession decode(Group group, byte[] encoded) throws DecodingException {
        throw new UnsupportedOperationException();
    }
}
