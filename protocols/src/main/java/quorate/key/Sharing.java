package quorate.key;

import java.util.List;
import java.util.stream.IntStream;
import quorate.algebra.Group;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;

/**
 * The public side of one sharing of a key, the same at every party (protocols.md 1.2). Whatever follows
 * from the commitment A is computed from it, so that a record cannot contradict itself: pk = A_0, X_j = sum_k
 * j^k·A_k, shareId.
 */
public final class Sharing {
    /** n of protocols.md 0.1. */
    public static final int MAX_PLAYERS = 32;

    public static final int CHAIN_CODE_BYTES = 32;
    private static final int MAX_KEY_ID_BYTES = 64;

    private final byte[] keyId;
    private final Scheme scheme;
    private final long epoch;
    private final byte[] chainCode;
    private final PublicPolynomial commitment;
    private final byte[] shareId;
    private final List<Point> publicShares;

    /**
     * Checks the public half of DKG-7.
     *
     * @param players n
     * @param epoch how often the key was reshared
     * @param chainCode cc, 32 bytes
     * @param commitment A_0, .., A_t: it also says what the degree is
     * @throws UnsoundKey if a coefficient or a public share is O
     * @throws IllegalArgumentException if a parameter is out of its range
     */
    public Sharing(
            byte[] keyId, Scheme scheme, int players, long epoch, byte[] chainCode, PublicPolynomial commitment)
            throws UnsoundKey {
        int degree = commitment.degree();
        if (players > MAX_PLAYERS || degree < 1 || degree >= players) {
            throw new IllegalArgumentException("no sharing has threshold " + (degree + 1) + " of " + players);
        }
        if (keyId.length < 1 || keyId.length > MAX_KEY_ID_BYTES) {
            throw new IllegalArgumentException("a key id has 1 to " + MAX_KEY_ID_BYTES + " bytes, not " + keyId.length);
        }
        if (chainCode.length != CHAIN_CODE_BYTES) {
            throw new IllegalArgumentException("a chain code has " + CHAIN_CODE_BYTES + " bytes");
        }
        if (!scheme.isDefinedOver(commitment.constant().group())) {
            throw new IllegalArgumentException("no " + scheme + " on " + commitment.constant().group().name());
        }
        this.keyId = keyId.clone();
        this.scheme = scheme;
        this.epoch = epoch;
        this.chainCode = chainCode.clone();
        this.commitment = commitment;
        refuseIdentity("A_", 0, commitment.coefficients());
        this.publicShares = IntStream.rangeClosed(1, players).mapToObj(commitment::at).toList();
        refuseIdentity("X_", 1, publicShares);
        this.shareId = ShareId.of(keyId, epoch, commitment);
    }

    private static void refuseIdentity(String name, int first, List<Point> points) throws UnsoundKey {
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).isIdentity()) {
                throw new UnsoundKey(name + (first + i) + " is the point at infinity");
            }
        }
    }

    public byte[] keyId() {
        return keyId.clone();
    }

    public Group group() {
        return publicKey().group();
    }

    public Scheme scheme() {
        return scheme;
    }

    /** n. */
    public int players() {
        return publicShares.size();
    }

    /** t of protocols.md: how many corrupt parties learn nothing. */
    public int degree() {
        return commitment.degree();
    }

    /** How many parties it takes to sign. */
    public int threshold() {
        return degree() + 1;
    }

    public long epoch() {
        return epoch;
    }

    /** The name of this sharing. */
    public byte[] shareId() {
        return shareId.clone();
    }

    /** pk = A_0. */
    public Point publicKey() {
        return commitment.constant();
    }

    /** cc. Confidential: with it, whoever knows the public key can link derived keys to it. */
    public byte[] chainCode() {
        return chainCode.clone();
    }

    /** A_0, .., A_t. */
    public PublicPolynomial commitment() {
        return commitment;
    }

    /**
     * X_index = x_index·G.
     *
     * @throws IllegalArgumentException if there is no such party
     */
    public Point publicShare(int index) {
        if (index < 1 || index > players()) {
            throw new IllegalArgumentException("no party of " + players() + " has index " + index);
        }
        return publicShares.get(index - 1);
    }
}
