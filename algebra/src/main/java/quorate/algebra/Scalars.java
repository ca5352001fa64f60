package quorate.algebra;

import java.util.Arrays;
import quorate.algebra.internal.ScalarField;

/**
 * The scalars of a group: its field and the byte order of their encoding (protocols.md 0.3). What {@link Group} says of
 * scalars is done here for every group.
 */
record Scalars(ScalarField field, boolean littleEndian) {
    static final Scalars SECP256K1 = new Scalars(ScalarField.SECP256K1, false);
    static final Scalars P256 = new Scalars(ScalarField.P256, false);
    static final Scalars ED25519 = new Scalars(ScalarField.ED25519, true);

    static Scalars of(Group group) {
        return switch (group) {
            case WeierstrassGroup weierstrass -> weierstrass.scalars();
            case EdwardsGroup ignored -> ED25519;
        };
    }

    Scalar decode(Group group, byte[] encoded) throws DecodingException {
        var limbs = new long[ScalarField.LIMBS];
        decode(limbs, encoded);
        return new Scalar(group, limbs);
    }

    SecretScalar decodeSecret(Group group, Secrets scope, byte[] encoded) throws DecodingException {
        var secret = new SecretScalar(group, scope, new long[ScalarField.LIMBS]);
        decode(secret.limbs(), encoded);
        return secret;
    }

    private void decode(long[] limbs, byte[] encoded) throws DecodingException {
        if (encoded.length != ScalarField.BYTES) {
            throw new DecodingException(encoded.length + " bytes, a scalar has " + ScalarField.BYTES);
        }
        long canonical =
                littleEndian ? field.decodeLittleEndian(limbs, encoded) : field.decodeBigEndian(limbs, encoded);
        if (canonical == 0) {
            Arrays.fill(limbs, 0);
            throw new DecodingException("the scalar is not below the group order");
        }
    }

    byte[] encode(long[] limbs) {
        var encoded = new byte[ScalarField.BYTES];
        if (littleEndian) {
            field.encodeLittleEndian(encoded, limbs);
        } else {
            field.encodeBigEndian(encoded, limbs);
        }
        return encoded;
    }

    Scalar small(Group group, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(value + " is negative");
        }
        var limbs = new long[ScalarField.LIMBS];
        field.set(limbs, value);
        return new Scalar(group, limbs);
    }

    Scalar reduce(Group group, byte[] bigEndian) {
        var limbs = new long[ScalarField.LIMBS];
        field.reduce(limbs, bigEndian);
        return new Scalar(group, limbs);
    }

    SecretScalar reduceSecret(Group group, Secrets scope, byte[] bigEndian) {
        var secret = new SecretScalar(group, scope, new long[ScalarField.LIMBS]);
        field.reduce(secret.limbs(), bigEndian);
        return secret;
    }
}
