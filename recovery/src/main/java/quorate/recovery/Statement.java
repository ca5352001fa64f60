package quorate.recovery;

import java.util.Arrays;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.Secrets;
import quorate.algebra.SecretScalar;
import quorate.algebra.Transcript;
import quorate.rsa.Fingerprint;

/**
 * What a proof proves, and the hashes of it: aad = TH("pve/aad", label, SHA256(SPKI DER), ser(Q_1)||..||ser(Q_B)),
 * x0_{i,b} =
 * H2S("pve/x0", aad, I2OSP(i,2), I2OSP(b,2), sA_i), and the challenge over all rows.
 */
final class Statement {
    /** "128 rows are required (Fiat-Shamir, no smaller)". */
    static final int ROWS = 128;

    static final int CHALLENGE_BYTES = ROWS / Byte.SIZE;
    static final int SEED_BYTES = 32;

    private final Group group;
    private final List<Point> images;
    private final byte[] encodedImages;
    private final byte[] aad;

    Statement(byte[] label, Fingerprint recipient, List<Point> images) {
        this.group = images.getFirst().group();
        this.images = images;
        this.encodedImages = Encoding.concat(images.stream().map(Point::encode).toArray(byte[][]::new));
        this.aad = Transcript.of("pve/aad").add(label).add(recipient.bytes()).add(encodedImages).hash();
    }

    Group group() {
        return group;
    }

    /** B. */
    int size() {
        return images.size();
    }

    Point image(int b) {
        return images.get(b);
    }

    byte[] encodedImages() {
        return encodedImages.clone();
    }

    byte[] aad() {
        return aad.clone();
    }

    int scalarsBytes() {
        return size() * group.scalarBytes();
    }

    /** aad||I2OSP(i,2)||half: 0x00 for sA, 0x01 for the x1. */
    byte[] associated(int row, int half) {
        return Encoding.concat(aad, Encoding.i2osp(row, 2), new byte[] {(byte) half});
    }

    /** x0 of the {@code b}-th secret, from 0, while sA is a secret. */
    SecretScalar secretX0(int row, int b, byte[] seed, Secrets scope) {
        var transcript = x0(row, b, seed);
        try {
            return group.reduceSecret(scope, scope.keep(transcript.expand(group.wideBytes())));
        } finally {
            transcript.erase();
        }
    }

    /** The same where sA was opened. */
    Scalar publicX0(int row, int b, byte[] seed) {
        return x0(row, b, seed).toScalar(group);
    }

    private Transcript x0(int row, int b, byte[] seed) {
        return Transcript.of("pve/x0").add(aad).addU16(row).addU16(b + 1).add(seed);
    }

    /** XOF("pve/chal", aad, {cA_i, cB_i, ser(X0_{i,1})||..||ser(X0_{i,B})}_i; 16), to which rows are added in order. */
    Transcript challenge() {
        return Transcript.of("pve/chal").add(aad);
    }

    /** "X0 = O, encoded as pl zero bytes in this hash only". */
    byte[] encode(Point x0) {
        return x0.isIdentity() ? new byte[group.pointBytes()] : x0.encode();
    }

    /** b_i = bit i of the challenge. */
    static boolean bit(byte[] challenge, int row) {
        return (challenge[row >> 3] >> (row & 7) & 1) == 1;
    }

    /** The {@code b}-th of the scalars in {@code encoded}, canonical. */
    Scalar scalar(byte[] encoded, int b) throws DecodingException {
        int length = group.scalarBytes();
        return group.decodeScalar(Arrays.copyOfRange(encoded, b * length, (b + 1) * length));
    }

    /** The same while it is a secret. */
    SecretScalar secret(byte[] encoded, int b, Secrets scope) throws DecodingException {
        int length = group.scalarBytes();
        return group.decodeSecret(scope, scope.keep(Arrays.copyOfRange(encoded, b * length, (b + 1) * length)));
    }
}
