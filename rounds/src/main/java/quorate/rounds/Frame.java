package quorate.rounds;

import java.util.Arrays;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;

/**
 * One message of one session on its way: the envelope of protocols.md 0.4.
 *
 * <p>Who really sent it is what the channel says; {@code sender} is only a claim (COM-1). The payload of
 * a private frame is secret: whoever has written it to a channel wipes it.
 *
 * @param sessionId 32 bytes
 * @param protocolId of the operation, one byte
 * @param round one byte; {@link Abort#ROUND} for an abort
 * @param sender {@link Entry#address} of the sender
 * @param receiver {@link Entry#address} of the receiver, or {@link #EVERYBODY}
 * @param signature 64 bytes in a broadcast, empty in a private frame
 */
public record Frame(
        byte[] sessionId, int protocolId, int round, int sender, int receiver, byte[] payload, byte[] signature) {
    /** The receiver field of a broadcast. */
    public static final int EVERYBODY = 0xFFFF;

    /** Bytes before the payload. */
    public static final int HEADER_BYTES = 43;

    public static final int SESSION_BYTES = 32;
    public static final int SIGNATURE_BYTES = 64;

    private static final int VERSION = 1;
    private static final int SESSION_AT = 1;
    private static final int PROTOCOL_AT = 33;
    private static final int ROUND_AT = 34;
    private static final int SENDER_AT = 35;
    private static final int RECEIVER_AT = 37;
    private static final int LENGTH_AT = 39;

    public Frame {
        if (sessionId.length != SESSION_BYTES) {
            throw new IllegalArgumentException("a session id has " + SESSION_BYTES + " bytes, not " + sessionId.length);
        }
        if (signature.length != signatureBytes(receiver)) {
            throw new IllegalArgumentException("exactly a broadcast carries a signature of " + SIGNATURE_BYTES + " bytes");
        }
    }

    public static Frame broadcast(
            byte[] sessionId, int protocolId, int round, int sender, byte[] payload, byte[] signature) {
        return new Frame(sessionId, protocolId, round, sender, EVERYBODY, payload, signature);
    }

    public static Frame direct(byte[] sessionId, int protocolId, int round, int sender, int receiver, byte[] payload) {
        return new Frame(sessionId, protocolId, round, sender, receiver, payload, new byte[0]);
    }

    public boolean isBroadcast() {
        return receiver == EVERYBODY;
    }

    public byte[] encode() {
        return Encoding.concat(
                new byte[] {VERSION},
                sessionId,
                Encoding.i2osp(protocolId, 1),
                Encoding.i2osp(round, 1),
                Encoding.i2osp(sender, 2),
                Encoding.i2osp(receiver, 2),
                Encoding.i2osp(payload.length, 4),
                payload,
                signature);
    }

    /** The one frame that {@code bytes} encode, if its payload has at most {@code maxPayload} bytes. */
    public static Frame decode(byte[] bytes, int maxPayload) throws DecodingException {
        if (bytes.length < HEADER_BYTES) {
            throw new DecodingException("shorter than the header of a frame");
        }
        if (bytes[0] != VERSION) {
            throw new DecodingException("frame of version " + (bytes[0] & 0xff) + ", known is " + VERSION);
        }
        long length = Encoding.os2ip(bytes, LENGTH_AT, 4);
        if (length > maxPayload) {
            throw new DecodingException("payload of " + length + " bytes, allowed are " + maxPayload);
        }
        int receiver = (int) Encoding.os2ip(bytes, RECEIVER_AT, 2);
        int end = HEADER_BYTES + (int) length;
        if (bytes.length != (long) end + signatureBytes(receiver)) {
            throw new DecodingException("frame of " + bytes.length + " bytes does not fit its header");
        }
        return new Frame(
                Arrays.copyOfRange(bytes, SESSION_AT, PROTOCOL_AT),
                bytes[PROTOCOL_AT] & 0xff,
                bytes[ROUND_AT] & 0xff,
                (int) Encoding.os2ip(bytes, SENDER_AT, 2),
                receiver,
                Arrays.copyOfRange(bytes, HEADER_BYTES, end),
                Arrays.copyOfRange(bytes, end, bytes.length));
    }

    /** Overwrites the payload of a private frame; a broadcast has nothing to hide. */
    public void wipe() {
        if (!isBroadcast()) {
            Arrays.fill(payload, (byte) 0);
        }
    }

    /** Says where it belongs, never what is in it. */
    @Override
    public String toString() {
        return "Frame[round " + round + ", " + sender + " to " + (isBroadcast() ? "everybody" : receiver) + ", "
                + payload.length + " bytes]";
    }

    private static int signatureBytes(int receiver) {
        return receiver == EVERYBODY ? SIGNATURE_BYTES : 0;
    }
}
