package quorate.presign;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import quorate.rounds.Proposal;

/**
 * What pools are compared by (protocols.md 15.4): a key, and the parties who made presignatures for it together.
 *
 * @param keyId 1 to 64 bytes of UTF-8, without NUL
 * @param parties P, the party indices of that key, ascending
 */
public record PoolKey(String keyId, List<Integer> parties) {
    private static final int MAX_KEY_ID_BYTES = 64;
    private static final int MAX_PARTIES = Proposal.MAX_PARTIES;

    public PoolKey {
        parties = List.copyOf(parties);
        int bytes = keyId.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_KEY_ID_BYTES || keyId.indexOf(0) >= 0) {
            throw new IllegalArgumentException("a key id has 1 to " + MAX_KEY_ID_BYTES + " bytes and no NUL");
        }
        if (parties.isEmpty()
                || parties.getFirst() < 1
                || parties.getLast() > MAX_PARTIES
                || !parties.equals(List.copyOf(new TreeSet<>(parties)))) {
            throw new IllegalArgumentException("parties are distinct, ascending, 1 to " + MAX_PARTIES + ": " + parties);
        }
    }

    public static PoolKey of(String keyId, Collection<Integer> parties) {
        return new PoolKey(keyId, List.copyOf(new TreeSet<>(parties)));
    }

    /**
     * The text of a key id.
     *
     * @throws IllegalArgumentException if these bytes are none
     */
    static String keyId(byte[] bytes) {
        return text(bytes).orElseThrow(() -> new IllegalArgumentException("a key id is UTF-8"));
    }

    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return keyId + parties;
    }
}
