package quorate.algebra;

import java.util.Arrays;

/**
 * A Schnorr proof that party i knows a with A = a·G (protocols.md 0.5): K = k·G, c = H2S("pok", ctx', i,
 * A, K), z = k + c·a. Encoded ser(K) || ser(z).
 */
public record Possession(Point commitment, Scalar response) {
    /** k is drawn here, after ctx' is known. */
    public static Possession prove(byte[] ctx, int index, SecretScalar secret, Point image, Draw draw, Secrets scope) {
        var group = secret.group();
        var k = draw.knowing(ctx).nonZeroScalar(group, scope, Draw.For.POK, Draw.name("k", index));
        var commitment = group.multiplyBase(k);
        var challenge = challenge(ctx, index, image, commitment);
        var masked = secret.times(challenge);
        var response = masked.plus(k);
        try {
            return new Possession(commitment, response.publish());
        } finally {
            k.erase();
            masked.erase();
        }
    }

    /** z·G == K + c·A. Never true for O, which nobody needs to know. */
    public boolean verify(byte[] ctx, int index, Point image) {
        if (image.isIdentity() || commitment.isIdentity()) {
            return false;
        }
        var challenge = challenge(ctx, index, image, commitment);
        return image.group().multiplyBase(response).equals(commitment.plus(image.times(challenge)));
    }

    private static Scalar challenge(byte[] ctx, int index, Point image, Point commitment) {
        return Transcript.of("pok").add(ctx).addU16(index).add(image).add(commitment).toScalar(image.group());
    }

    public static int bytes(Group group) {
        return group.pointBytes() + group.scalarBytes();
    }

    public byte[] encode() {
        return Encoding.concat(commitment.encode(), response.encode());
    }

    /** Rejects a wrong length, a K that is not a canonical point (so also O) and z >= q. */
    public static Possession decode(Group group, byte[] encoded) throws DecodingException {
        if (encoded.length != bytes(group)) {
            throw new DecodingException("a proof has " + bytes(group) + " bytes, not " + encoded.length);
        }
        return new Possession(
                group.decodePoint(Arrays.copyOf(encoded, group.pointBytes())),
                group.decodeScalar(Arrays.copyOfRange(encoded, group.pointBytes(), encoded.length)));
    }
}
