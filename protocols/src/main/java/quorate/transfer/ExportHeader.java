package quorate.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Transcript;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;

/**
 * What stands in clear beside a wrapped share (protocols.md 7.2): "header = ENC(0x01, curveId, scheme, keyId,
 * I2OSP(epoch,8), I2OSP(n,2), I2OSP(t,2), I2OSP(i,2), ser(pk), cc, ser(Y_1)||..||ser(Y_n), exportId, mode, SHA256(SPKI DER of
 * the key used for this blob), dest, purpose, destination application, I2OSP(expiry,8), attributes)". It is the associated
 * data of the blob. Nothing here is checked but its form; {@link #sharing} says whether its points are those of one key.
 *
 * @param keyId as the source calls the key
 * @param index i of the destination; 0 in the {@link #common} header
 * @param publicShares Y_1, .., Y_n
 * @param exportId names the export, 32 bytes
 * @param recipient SHA-256 of the wrapping key of this blob; 32 zero bytes in the common header
 * @param destination TH("export/dest", the n hashes of wrapping keys in the order of indices)
 * @param purpose a text of whoever asked
 * @param application that may import it
 * @param expiry seconds since 1970
 * @param attributes of the key, canonical
 */
public record ExportHeader(
        Scheme scheme,
        byte[] keyId,
        long epoch,
        int degree,
        int index,
        Point publicKey,
        byte[] chainCode,
        List<Point> publicShares,
        byte[] exportId,
        Mode mode,
        byte[] recipient,
        byte[] destination,
        String purpose,
        String application,
        long expiry,
        byte[] attributes) {
    /** Longer than any header that is made. */
    public static final int LONGEST = 8 << 10;

    public static final int LONGEST_TEXT = 256;
    public static final int LONGEST_APPLICATION = 64;
    private static final int LONGEST_KEY_ID = 64;
    private static final int LONGEST_ATTRIBUTES = 2048;
    private static final int PARTS = 19;
    private static final byte[] VERSION = {1};
    private static final byte[] NOBODY = new byte[Digest.BYTES];

    public ExportHeader {
        publicShares = List.copyOf(publicShares);
        int players = publicShares.size();
        require(degree >= 1 && degree < players && players <= Sharing.MAX_PLAYERS, "a threshold that cannot be");
        require(index >= 0 && index <= players, "an index that is nobody's");
        require(keyId.length >= 1 && keyId.length <= LONGEST_KEY_ID, "a key id of " + keyId.length + " bytes");
        require(chainCode.length == Sharing.CHAIN_CODE_BYTES, "no chain code");
        require(
                exportId.length == Digest.BYTES
                        && recipient.length == Digest.BYTES
                        && destination.length == Digest.BYTES,
                "a hash that is none");
        require(utf8(purpose).length <= LONGEST_TEXT, "a purpose longer than " + LONGEST_TEXT + " bytes");
        require(
                !application.isEmpty() && utf8(application).length <= LONGEST_APPLICATION,
                "an application without name, or longer than " + LONGEST_APPLICATION + " bytes");
        require(attributes.length <= LONGEST_ATTRIBUTES, "attributes of " + attributes.length + " bytes");
        require(epoch >= 0 && expiry >= 0, "an epoch or expiry out of range");
        require(scheme.isDefinedOver(publicKey.group()), "a scheme that its curve does not have");
        require(
                publicShares.stream().allMatch(share -> share.group().equals(publicKey.group())),
                "points of different curves");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("the header has " + otherwise);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** n. */
    public int players() {
        return publicShares.size();
    }

    public byte[] encode() {
        return Encoding.enc(
                VERSION,
                Encoding.i2osp(publicKey.group().curveId(), 1),
                Encoding.i2osp(scheme.code(), 1),
                keyId,
                Encoding.i2osp(epoch, Long.BYTES),
                Encoding.i2osp(players(), 2),
                Encoding.i2osp(degree, 2),
                Encoding.i2osp(index, 2),
                publicKey.encode(),
                chainCode,
                Encoding.concat(publicShares.stream().map(Point::encode).toArray(byte[][]::new)),
                exportId,
                Encoding.i2osp(mode.code(), 1),
                recipient,
                destination,
                utf8(purpose),
                utf8(application),
                Encoding.i2osp(expiry, Long.BYTES),
                attributes);
    }

    /**
     * Reads a header: total, bounded, and only the one encoding that {@link #encode} writes.
     *
     * @throws DecodingException saying what is wrong
     */
    public static ExportHeader decode(byte[] encoded) throws DecodingException {
        if (encoded.length > LONGEST) {
            throw new DecodingException("the header is longer than " + LONGEST + " bytes");
        }
        var parts = Encoding.decode(encoded);
        if (parts.size() != PARTS || !Arrays.equals(parts.getFirst(), VERSION)) {
            throw new DecodingException("it is no header of version 1");
        }
        try {
            var group = Groups.of(number(parts.get(1), 1));
            int players = number(parts.get(5), 2);
            var shares = parts.get(10);
            if (shares.length != players * group.pointBytes() || players > Sharing.MAX_PLAYERS) {
                throw new DecodingException("its public shares are not those of " + players + " players");
            }
            var publicShares = new ArrayList<Point>();
            for (int at = 0; at < shares.length; at += group.pointBytes()) {
                publicShares.add(group.decodePoint(Arrays.copyOfRange(shares, at, at + group.pointBytes())));
            }
            return new ExportHeader(
                    Scheme.of(number(parts.get(2), 1)),
                    parts.get(3),
                    longNumber(parts.get(4)),
                    number(parts.get(6), 2),
                    number(parts.get(7), 2),
                    group.decodePoint(parts.get(8)),
                    parts.get(9),
                    publicShares,
                    parts.get(11),
                    Mode.of(number(parts.get(12), 1)),
                    parts.get(13),
                    parts.get(14),
                    text(parts.get(15)),
                    text(parts.get(16)),
                    longNumber(parts.get(17)),
                    parts.get(18));
        } catch (IllegalArgumentException e) {
            throw new DecodingException(String.valueOf(e.getMessage()));
        }
    }

    private static int number(byte[] part, int bytes) throws DecodingException {
        if (part.length != bytes) {
            throw new DecodingException("a number has " + part.length + " bytes, not " + bytes);
        }
        return (int) Encoding.os2ip(part, 0, bytes);
    }

    private static long longNumber(byte[] part) throws DecodingException {
        if (part.length != Long.BYTES) {
            throw new DecodingException("a number has " + part.length + " bytes, not " + Long.BYTES);
        }
        return Encoding.os2ip(part, 0, Long.BYTES);
    }

    private static String text(byte[] part) throws DecodingException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(part)).toString();
        } catch (CharacterCodingException e) {
            throw new DecodingException("a text is not UTF-8");
        }
    }

    /** "The header with index 0 and an SPKI hash of 32 zero bytes": what all destinations have in common. */
    public ExportHeader common() {
        return at(0, NOBODY);
    }

    /** The header of the blob for one destination. */
    public ExportHeader at(int destinationIndex, byte[] wrappingKey) {
        return new ExportHeader(
                scheme, keyId, epoch, degree, destinationIndex, publicKey, chainCode, publicShares, exportId, mode,
                wrappingKey, destination, purpose, application, expiry, attributes);
    }

    /** SHA-256, as headers and signatures name blobs and wrapping keys. */
    public static byte[] hash(byte[] bytes) {
        return Digest.sha256(bytes);
    }

    /** SHA-256 of the common header: what a request to import names. */
    public byte[] commonHash() {
        return Digest.sha256(common().encode());
    }

    /** TH("export/header", header, SHA256(blob)): what the node that made the blob signs. */
    public byte[] signed(byte[] blob) {
        return signedHash(Digest.sha256(blob));
    }

    /** The same for a blob of which only the hash is known. */
    public byte[] signedHash(byte[] blobHash) {
        return Transcript.of("export/header").add(encode()).add(blobHash).hash();
    }

    /** dest = TH("export/dest", the n SPKI hashes in index order). */
    public static byte[] destination(List<byte[]> wrappingKeys) {
        var transcript = Transcript.of("export/dest");
        wrappingKeys.forEach(transcript::add);
        return transcript.hash();
    }

    /**
     * The sharing that the points describe, under a key id and epoch: Y_1, .., Y_n on a polynomial of degree t through pk.
     *
     * @throws UnsoundKey if a commitment or public share is O
     * @throws DecodingException if they do not lie on one polynomial through pk
     */
    public Sharing sharing() throws DecodingException, UnsoundKey {
        // "lag(1..t+1, k, x)-interpolation in the exponent gives pk at x = 0 and Y_x at every x > t+1"
        var polynomial = Interpolated.through(publicShares, degree);
        if (!polynomial.constant().equals(publicKey)) {
            throw new DecodingException("the public shares are not those of the public key");
        }
        for (int x = degree + 2; x <= players(); x++) {
            if (!polynomial.at(x).equals(publicShares.get(x - 1))) {
                throw new DecodingException("the public share of index " + x + " is not on the polynomial of the others");
            }
        }
        return new Sharing(keyId, scheme, players(), epoch, chainCode, polynomial);
    }

    /** Without the chain code, which is confidential. */
    @Override
    public String toString() {
        return "ExportHeader[index " + index + " of " + players() + "]";
    }
}
