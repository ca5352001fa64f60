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

/**
 * The final message: presigId, request, z_i. The share is kept as it was sent: first the views are compared.
 *
 * @param presigId 32 bytes
 * @param request 32 bytes, names what is signed
 * @param encodedShare z_i
 */
public record SignatureShare(byte[] presigId, byte[] request, byte[] encodedShare) implements Message.Shared {
    private static final int ID_BYTES = 32;

    /** Reads what {@link #encode} writes; z_i may still be no number below the order. */
    public static SignatureShare read(Group group, byte[] payload) throws Malformed {
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
