package quorate.frost;

import java.util.Arrays;
import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Scalar;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** The final message: presigId, request, z_i. The share is kept as it was sent: first the views are compared. */
record SignatureShare(byte[] presigId, byte[] request, byte[] encodedShare) implements Message.Shared {
    private static final int ID_BYTES = 32;

    static SignatureShare read(Group group, byte[] payload) throws Malformed {
        int bytes = 2 * ID_BYTES + group.scalarBytes();
        if (payload.length != bytes) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + bytes);
        }
        return new SignatureShare(
                Arrays.copyOf(payload, ID_BYTES),
                Arrays.copyOfRange(payload, ID_BYTES, 2 * ID_BYTES),
                Arrays.copyOfRange(payload, 2 * ID_BYTES, bytes));
    }

    @Override
    public byte[] encode() {
        return Encoding.concat(presigId, request, encodedShare);
    }

    /** z_i, if it is below the order. */
    Optional<Scalar> share(Group group) {
        try {
            return Optional.of(group.decodeScalar(encodedShare));
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }
}
