package quorate.commit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * What all statements of one operation have in common: S of protocols.md 5.4 without setupVec and signer.
 * Two statements are about the same thing when their operations are equal.
 *
 * @param protocolId 1 key generation, 2 refresh, 3 redistribution or copy, 11 import
 * @param opId 32 bytes: the session id of the request, the same for retries
 * @param keyId of the new record, 1 to 64 bytes of UTF-8
 * @param baseShareId the sharing it starts from, 32 bytes; empty where there is none
 * @param newEpoch of the new record
 * @param newShareId the sharing it makes, 32 bytes; empty in a refusal without result
 * @param participants as listed in AGREE, ascending by seat
 * @param confirmation K, 32 bytes; empty in a refusal without result
 */
public record Operation(
        int protocolId,
        Octets opId,
        Octets keyId,
        Octets baseShareId,
        long newEpoch,
        Octets newShareId,
        List<Participant> participants,
        Octets confirmation) {
    static final int DIGEST_BYTES = 32;
    private static final int MAX_KEY_ID_BYTES = 64;
    private static final Set<Integer> COMMITTING_PROTOCOLS = Set.of(1, 2, 3, 11);

    public Operation {
        participants = List.copyOf(participants);
        require(COMMITTING_PROTOCOLS.contains(protocolId), "protocol " + protocolId + " commits nothing");
        require(opId.length() == DIGEST_BYTES, "opId of " + opId.length() + " bytes");
        require(isKeyId(keyId), "keyId is not 1 to 64 bytes of UTF-8 without NUL");
        require(baseShareId.isEmpty() || baseShareId.length() == DIGEST_BYTES, "baseShareId is no name of a sharing");
        require(newEpoch >= 0, "epoch 2^63 or above");
        require(newShareId.isEmpty() || newShareId.length() == DIGEST_BYTES, "newShareId is no name of a sharing");
        require(confirmation.length() == newShareId.length(), "K and newShareId do not come together");
        Participant.requireOrdered(participants);
    }

    private static void require(boolean condition, String flaw) {
        if (!condition) {
            throw new IllegalArgumentException(flaw);
        }
    }

    private static boolean isKeyId(Octets keyId) {
        if (keyId.isEmpty() || keyId.length() > MAX_KEY_ID_BYTES) {
            return false;
        }
        try {
            var decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(keyId.bytes()));
            return decoded.chars().noneMatch(c -> c == 0);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** False only for a refusal by a node that never had a result. */
    public boolean hasResult() {
        return !newShareId.isEmpty();
    }

    /** The same operation as a node names it that refuses without a result. */
    public Operation withoutResult() {
        return new Operation(
                protocolId, opId, keyId, baseShareId, newEpoch, Octets.EMPTY, participants, Octets.EMPTY);
    }

    /** Whether all parts are equal that do not depend on the result. */
    boolean isSameRequestAs(Operation other) {
        return protocolId == other.protocolId
                && opId.equals(other.opId)
                && keyId.equals(other.keyId)
                && baseShareId.equals(other.baseShareId)
                && newEpoch == other.newEpoch
                && participants.equals(other.participants);
    }

    /** The participant in a seat; its absence is a statement of nobody. */
    Participant in(Seat seat) {
        for (var participant : participants) {
            if (participant.seat().equals(seat)) {
                return participant;
            }
        }
        throw new IllegalArgumentException(seat + " is no participant");
    }

    /** The seats of a node, ascending. */
    public List<Seat> seatsOf(Octets node) {
        return participants.stream()
                .filter(participant -> participant.id().equals(node))
                .map(Participant::seat)
                .toList();
    }

    /** The committee that holds the new sharing: role 1 where there is one. */
    int newCommittee() {
        return participants.getLast().seat().role();
    }

    boolean joinsNew(Octets node) {
        return seatsOf(node).stream().anyMatch(seat -> seat.role() == newCommittee());
    }

    /** The sharing that must be this node's ACTIVE for it to commit; empty for who holds none yet. */
    Octets expectedActive(Octets node) {
        return seatsOf(node).stream().anyMatch(seat -> seat.role() == 0) ? baseShareId : Octets.EMPTY;
    }

    /** The sharing that committing makes ACTIVE; empty for an old node outside the new committee. */
    Octets nextActive(Octets node) {
        return joinsNew(node) ? newShareId : Octets.EMPTY;
    }

    @Override
    public String toString() {
        return "operation " + opId;
    }
}
