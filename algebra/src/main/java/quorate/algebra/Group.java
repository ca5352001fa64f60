package quorate.algebra;

/**
 * A group of prime order q with its scalars: {@link Groups#SECP256K1}, {@link Groups#P256} or {@link
 * Groups#ED25519}.
 *
 * <p>Source: protocols.md 0.1 (lengths) and 0.3 (encodings). Multiplication by a scalar takes the
 * same time for every scalar; decoding is of public data and may not.
 */
public sealed interface Group permits WeierstrassGroup, EdwardsGroup {
    /** Field-standard name: {@code secp256k1}, {@code P-256}, {@code edwards25519}. */
    String name();

    /** The curveId of protocols.md 0.3: 1, 2 or 5. */
    int curveId();

    /** Length of an encoded scalar in bytes (sl of protocols.md 0.1). */
    int scalarBytes();

    /** Length of an encoded point in bytes (pl of protocols.md 0.1). */
    int pointBytes();

    /** Bytes that are hashed or drawn for one uniform scalar (SL of protocols.md 0.1). */
    int wideBytes();

    Point generator();

    /** O, the neutral element. It has no encoding. */
    Point identity();

    /** k·G for a public k, by the same constant-time path as for a secret one. */
    Point multiplyBase(Scalar k);

    /** k·G, constant time, from a precomputed table. */
    Point multiplyBase(SecretScalar k);

    /**
     * Decodes a point and rejects everything but its one canonical encoding: wrong length, wrong
     * prefix, coordinate not below p, not on the curve, O, and on edwards25519 every point outside
     * the prime-order subgroup.
     */
    Point decodePoint(byte[] encoded) throws DecodingException;

    /** Decodes a scalar of exactly {@link #scalarBytes()} bytes and rejects values not below q. */
    Scalar decodeScalar(byte[] encoded) throws DecodingException;

    /** As {@link #decodeScalar}, constant time in the value; the result is wiped with {@code scope}. */
    SecretScalar decodeSecret(Secrets scope, byte[] encoded) throws DecodingException;

    /** A small public number, not negative. */
    Scalar scalar(long value);

    /** OS2IP(bigEndian) mod q, of at most 64 bytes. */
    Scalar reduce(byte[] bigEndian);

    /** OS2IP(bigEndian) mod q, of at most 64 bytes, constant time; the result is wiped with {@code scope}. */
    SecretScalar reduceSecret(Secrets scope, byte[] bigEndian);
}
