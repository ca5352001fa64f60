package quorate.commit;

import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;

/**
 * S of protocols.md 5.4: what a statement is about and who makes it. Every part is in clear, so that a
 * node with an empty database can judge it.
 *
 * @param setups setupVec of the signer
 * @param signer the seat whose node signs
 */
public record Subject(Operation operation, SetupVector setups, Seat signer) {
    /** Above the longest S: 64 entries, 32 setups, a key id of 64 bytes. */
    static final int MAX_BYTES = 8192;

    private static final int PARTS = 10;
    private static final int EPOCH_BYTES = 8;

    public Subject {
        var participant = operation.in(signer);
        if (setups.partners().contains(participant.seat().index())) {
            throw new IllegalArgumentException(signer + " names a pair state with itself");
        }
        if (!operation.hasResult() && !setups.isEmpty()) {
            throw new IllegalArgumentException("pair states without a result");
        }
    }

    /** The node that signs. */
    Octets signerId() {
        return operation.in(signer).id();
    }

    public byte[] encode() {
        return Encoding.enc(
                Encoding.i2osp(operation.protocolId(), 1),
                operation.opId().bytes(),
                operation.keyId().bytes(),
                operation.baseShareId().bytes(),
                Encoding.i2osp(operation.newEpoch(), EPOCH_BYTES),
                operation.newShareId().bytes(),
                Participant.encode(operation.participants()),
                operation.confirmation().bytes(),
                setups.encode(),
                signer.encode());
    }

    /** Total: whatever the bytes are, an S in its one encoding or an error. */
    public static Subject decode(byte[] bytes) throws DecodingException {
        if (bytes.length > MAX_BYTES) {
            throw new DecodingException("S of " + bytes.length + " bytes");
        }
        var parts = Encoding.decode(bytes);
        if (parts.size() != PARTS) {
            throw new DecodingException("S of " + parts.size() + " parts");
        }
        if (parts.get(0).length != 1 || parts.get(4).length != EPOCH_BYTES) {
            throw new DecodingException("protocolId or epoch of a wrong length");
        }
        try {
            return of(parts);
        } catch (IllegalArgumentException e) {
            // The constructors check the same rules for our own statements; here the flaw is a peer's.
            throw new DecodingException("no S: " + e.getMessage());
        }
    }

    private static Subject of(List<byte[]> parts) {
        var operation = new Operation(
                parts.get(0)[0] & 0xff,
                Octets.of(parts.get(1)),
                Octets.of(parts.get(2)),
                Octets.of(parts.get(3)),
                Encoding.os2ip(parts.get(4), 0, EPOCH_BYTES),
                Octets.of(parts.get(5)),
                Participant.decode(parts.get(6)),
                Octets.of(parts.get(7)));
        return new Subject(operation, SetupVector.decode(parts.get(8)), Seat.decode(parts.get(9)));
    }
}
