package quorate.node.pair;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.commit.Octets;
import quorate.pair.Ban;

/**
 * What two nodes say about their pair outside of sessions: they arrange a PAIRSETUP, and show each other bans (protocols.md
 * 3.6). One byte of kind, and the encoding of its fields.
 */
sealed interface PairFrame {
    int ID_BYTES = 32;
    int MAX_KEY_ID_BYTES = 64;
    int MAX_REASON_BYTES = 128;
    int NUMBER_BYTES = 8;

    /** The node of the higher player would like the other to invite it. */
    record Wish(Octets keyId, Octets shareId) implements PairFrame {}

    /**
     * The node of the lower player proposes a set-up.
     *
     * @param generations how many this node knows there were: 0 if none
     */
    record Invitation(Octets keyId, Octets shareId, Octets sessionId, long generations) implements PairFrame {}

    /** Both begin the session now, for this generation. */
    record Acceptance(Octets sessionId, long generation) implements PairFrame {}

    /** No session: why, for the log of the other. */
    record Decline(Octets sessionId, String reason) implements PairFrame {}

    /** A ban of the sender's, or one of the receiver's that is given back to it. */
    record Shown(Ban ban) implements PairFrame {}

    default byte[] encode() {
        return switch (this) {
            case Wish wish -> kind(1, Encoding.enc(wish.keyId.bytes(), wish.shareId.bytes()));
            case Invitation invitation ->
                kind(
                        2,
                        Encoding.enc(
                                invitation.keyId.bytes(),
                                invitation.shareId.bytes(),
                                invitation.sessionId.bytes(),
                                Encoding.i2osp(invitation.generations, NUMBER_BYTES)));
            case Acceptance acceptance ->
                kind(
                        3,
                        Encoding.enc(
                                acceptance.sessionId.bytes(), Encoding.i2osp(acceptance.generation, NUMBER_BYTES)));
            case Decline decline ->
                kind(4, Encoding.enc(decline.sessionId.bytes(), decline.reason.getBytes(StandardCharsets.UTF_8)));
            case Shown shown -> kind(5, shown.ban.encode());
        };
    }

    private static byte[] kind(int kind, byte[] body) {
        return Encoding.concat(new byte[] {(byte) kind}, body);
    }

    /** Total: exactly one frame, or an error. */
    static PairFrame decode(byte[] bytes) throws DecodingException {
        if (bytes.length == 0) {
            throw new DecodingException("an empty frame about a pair");
        }
        var body = Arrays.copyOfRange(bytes, 1, bytes.length);
        return switch (bytes[0]) {
            case 1 -> {
                var parts = parts(body, 2);
                yield new Wish(keyId(parts.get(0)), id(parts.get(1)));
            }
            case 2 -> {
                var parts = parts(body, 4);
                yield new Invitation(
                        keyId(parts.get(0)), id(parts.get(1)), id(parts.get(2)), number(parts.get(3)));
            }
            case 3 -> {
                var parts = parts(body, 2);
                yield new Acceptance(id(parts.get(0)), number(parts.get(1)));
            }
            case 4 -> {
                var parts = parts(body, 2);
                yield new Decline(id(parts.get(0)), reason(parts.get(1)));
            }
            case 5 -> new Shown(Ban.decode(body));
            default -> throw new DecodingException("a frame about a pair of kind " + bytes[0]);
        };
    }

    private static List<byte[]> parts(byte[] body, int count) throws DecodingException {
        var parts = Encoding.decode(body);
        if (parts.size() != count) {
            throw new DecodingException(parts.size() + " parts, not " + count);
        }
        return parts;
    }

    private static Octets keyId(byte[] part) throws DecodingException {
        if (part.length < 1 || part.length > MAX_KEY_ID_BYTES) {
            throw new DecodingException("a key id of " + part.length + " bytes");
        }
        return Octets.of(part);
    }

    private static Octets id(byte[] part) throws DecodingException {
        if (part.length != ID_BYTES) {
            throw new DecodingException("an id of " + part.length + " bytes");
        }
        return Octets.of(part);
    }

    private static long number(byte[] part) throws DecodingException {
        if (part.length != NUMBER_BYTES || part[0] < 0) {
            throw new DecodingException("not a number of " + NUMBER_BYTES + " bytes");
        }
        return Encoding.os2ip(part, 0, NUMBER_BYTES);
    }

    private static String reason(byte[] part) throws DecodingException {
        if (part.length > MAX_REASON_BYTES) {
            throw new DecodingException("a reason of " + part.length + " bytes");
        }
        for (byte octet : part) {
            if (octet < ' ' || octet > '~') {
                throw new DecodingException("a reason that is not printable ASCII");
            }
        }
        return new String(part, StandardCharsets.US_ASCII);
    }
}
