package quorate.recovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Lagrange;
import quorate.algebra.Point;

/**
 * The public record of a key in a label: "key_b = ENC(scheme, keyId, I2OSP(epoch,8), I2OSP(n,2), I2OSP(t,2),
 * I2OSP(i,2),
 * ser(pk), cc, ser(X_1)||..||ser(X_n))" (protocols.md 8.2), but for i, the index of the node that speaks.
 *
 * @param degree t: one less than it takes to sign
 * @param chainCode cc, 32 bytes; confidential, and readable in every recovery file
 * @param publicShares X_1..X_n
 */
public record KeyRecord(
        KeyScheme scheme,
        String keyId,
        long epoch,
        int degree,
        Point publicKey,
        byte[] chainCode,
        List<Point> publicShares) {
    /** n of protocols.md 0.1. */
    public static final int MAX_PLAYERS = 32;

    public static final int CHAIN_CODE_BYTES = 32;
    private static final int MAX_KEY_ID_BYTES = 64;
    private static final int PARTS = 9;

    public KeyRecord {
        publicShares = List.copyOf(publicShares);
        chainCode = chainCode.clone();
        int players = publicShares.size();
        if (players > MAX_PLAYERS || degree < 1 || degree >= players) {
            throw new IllegalArgumentException("threshold " + (degree + 1L) + " of " + players);
        }
        if (chainCode.length != CHAIN_CODE_BYTES) {
            throw new IllegalArgumentException("a chain code of " + chainCode.length + " bytes");
        }
        Text.encode("a key id", keyId, MAX_KEY_ID_BYTES);
    }

    @Override
    public byte[] chainCode() {
        return chainCode.clone();
    }

    public Group group() {
        return publicKey.group();
    }

    /** n. */
    public int players() {
        return publicShares.size();
    }

    /** How many parts it takes to recover the key. */
    public int threshold() {
        return degree + 1;
    }

    /** X_index. */
    public Point publicShare(int index) {
        return publicShares.get(index - 1);
    }

    /** key_b, as the party of this index says it. */
    byte[] encode(int index) {
        return Encoding.enc(
                Encoding.i2osp(scheme.code(), 1),
                Text.encode("a key id", keyId, MAX_KEY_ID_BYTES),
                Encoding.i2osp(epoch, 8),
                Encoding.i2osp(players(), 2),
                Encoding.i2osp(degree, 2),
                Encoding.i2osp(index, 2),
                publicKey.encode(),
                chainCode,
                Encoding.concat(publicShares.stream().map(Point::encode).toArray(byte[][]::new)));
    }

    /** A record, and the index of whoever said it. */
    record Said(KeyRecord key, int index) {}

    /** @throws IllegalArgumentException saying what is malformed */
    static Said decode(Group group, byte[] encoded) {
        try {
            var parts = Encoding.decode(encoded);
            if (parts.size() != PARTS) {
                throw new IllegalArgumentException(parts.size() + " parts");
            }
            long players = number(parts.get(3), 2);
            long index = number(parts.get(5), 2);
            var key = new KeyRecord(
                    KeyScheme.of(number(parts.get(0), 1), group),
                    Text.decode("a key id", parts.get(1), MAX_KEY_ID_BYTES),
                    number(parts.get(2), 8),
                    (int) number(parts.get(4), 2),
                    group.decodePoint(parts.get(6)),
                    parts.get(7),
                    points(group, parts.get(8), players));
            if (index < 1 || index > players) {
                throw new IllegalArgumentException("no party of " + players + " has index " + index);
            }
            return new Said(key, (int) index);
        } catch (DecodingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static long number(byte[] part, int bytes) {
        if (part.length != bytes) {
            throw new IllegalArgumentException("a number of " + part.length + " bytes, not " + bytes);
        }
        return Encoding.os2ip(part, 0, bytes);
    }

    private static List<Point> points(Group group, byte[] encoded, long count) throws DecodingException {
        int length = group.pointBytes();
        if (count > MAX_PLAYERS || encoded.length != count * length) {
            throw new IllegalArgumentException(encoded.length + " bytes for the shares of " + count + " parties");
        }
        var points = new ArrayList<Point>();
        for (int at = 0; at < encoded.length; at += length) {
            points.add(group.decodePoint(Arrays.copyOfRange(encoded, at, at + length)));
        }
        return points;
    }

    /** "X_1..X_n of every key on one degree-t polynomial with value pk at 0" (PVE-4). */
    boolean isOnOnePolynomial() {
        SortedSet<Integer> base = new TreeSet<>();
        for (int j = 1; j <= threshold(); j++) {
            base.add(j);
        }
        if (!at(base, 0).equals(publicKey)) {
            return false;
        }
        for (int j = threshold() + 1; j <= players(); j++) {
            if (!at(base, j).equals(publicShare(j))) {
                return false;
            }
        }
        return true;
    }

    private Point at(SortedSet<Integer> base, int x) {
        var sum = group().identity();
        for (int j : base) {
            sum = sum.plus(publicShare(j).times(Lagrange.at(group(), base, j, x)));
        }
        return sum;
    }

    /** The public key as it is shown: SEC1 compressed, RFC 8032, or for BIP-340 the x-coordinate. */
    public byte[] shownPublicKey() {
        var encoded = publicKey.encode();
        return switch (scheme) {
            case ECDSA, SCHNORR -> encoded;
            case BIP340 -> Arrays.copyOfRange(encoded, 1, encoded.length);
        };
    }

    /** Whether every field is the same. */
    public boolean isSame(KeyRecord other) {
        return Arrays.equals(encode(1), other.encode(1));
    }

    /** Without the chain code. */
    @Override
    public String toString() {
        return "KeyRecord[" + keyId + ", epoch " + epoch + "]";
    }
}
