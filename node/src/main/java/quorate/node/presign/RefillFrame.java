package quorate.node.presign;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.presign.PoolKey;

/**
 * How the parties of a pool agree on a refill: the lowest live one asks, the others say yes or no, and if all said yes it
 * says go. Layout: ENC(kind, number, ..), the number being that of the question.
 */
sealed interface RefillFrame {
    int NUMBER_BYTES = 8;
    int INDEX_BYTES = 2;
    int COUNT_BYTES = 4;
    int SESSION_BYTES = 32;

    long number();

    byte[] encode();

    /** Whether the other would make {@code count} presignatures in this session. */
    record Question(long number, PoolKey pool, byte[] sessionId, int count) implements RefillFrame {
        @Override
        public byte[] encode() {
            var parties = pool.parties().stream()
                    .map(party -> Encoding.i2osp(party, INDEX_BYTES))
                    .toArray(byte[][]::new);
            return frame(
                    1,
                    number,
                    pool.keyId().getBytes(StandardCharsets.UTF_8),
                    Encoding.concat(parties),
                    sessionId,
                    Encoding.i2osp(count, COUNT_BYTES));
        }
    }

    record Answer(long number, boolean yes) implements RefillFrame {
        @Override
        public byte[] encode() {
            return frame(2, number, new byte[] {(byte) (yes ? 1 : 0)});
        }
    }

    /** Everybody said yes: begin. */
    record Go(long number) implements RefillFrame {
        @Override
        public byte[] encode() {
            return frame(3, number);
        }
    }

    /** Total: exactly what {@link #encode} yields, or an error. */
    static RefillFrame decode(byte[] bytes) throws DecodingException {
        var parts = Encoding.decode(bytes);
        require(parts.size() >= 2 && parts.get(0).length == 1 && parts.get(1).length == NUMBER_BYTES);
        long number = Encoding.os2ip(parts.get(1), 0, NUMBER_BYTES);
        return switch (parts.get(0)[0]) {
            case 1 -> question(number, parts);
            case 2 -> {
                require(parts.size() == 3 && parts.get(2).length == 1);
                require(parts.get(2)[0] == 0 || parts.get(2)[0] == 1);
                yield new Answer(number, parts.get(2)[0] == 1);
            }
            case 3 -> {
                require(parts.size() == 2);
                yield new Go(number);
            }
            default -> throw new DecodingException("no refill frame");
        };
    }

    private static Question question(long number, List<byte[]> parts) throws DecodingException {
        require(parts.size() == 6
                && parts.get(3).length % INDEX_BYTES == 0
                && parts.get(4).length == SESSION_BYTES
                && parts.get(5).length == COUNT_BYTES);
        var parties = new ArrayList<Integer>();
        for (int at = 0; at < parts.get(3).length; at += INDEX_BYTES) {
            parties.add((int) Encoding.os2ip(parts.get(3), at, INDEX_BYTES));
        }
        long count = Encoding.os2ip(parts.get(5), 0, COUNT_BYTES);
        require(count >= 1 && count <= Integer.MAX_VALUE);
        try {
            var keyId = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(parts.get(2))).toString();
            return new Question(number, new PoolKey(keyId, parties), parts.get(4), (int) count);
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new DecodingException("no pool");
        }
    }

    private static void require(boolean holds) throws DecodingException {
        if (!holds) {
            throw new DecodingException("no refill frame");
        }
    }

    private static byte[] frame(int kind, long number, byte[]... rest) {
        var parts = new ArrayList<byte[]>();
        parts.add(new byte[] {(byte) kind});
        parts.add(Encoding.i2osp(number, NUMBER_BYTES));
        parts.addAll(List.of(rest));
        return Encoding.enc(parts.toArray(byte[][]::new));
    }
}
