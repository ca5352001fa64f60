package quorate.ecdsa;

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
 * The final message of one signer, to the client or in round 4 to all: presigId, request, u'_i, w_i. The scalars are
 * kept as they were sent: first the views are compared.
 */
public record PartialSignature(byte[] presigId, byte[] request, byte[] encodedScalars) implements Message.Shared {
    private static final int ID_BYTES = 32;
    private static final int SCALARS = 2;

    /** Reads a payload; total. */
    public static PartialSignature read(Group group, byte[] payload) throws Malformed {
        int bytes = 2 * ID_BYTES + SCALARS * group.scalarBytes();
        if (payload.length != bytes) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + bytes);
        }
        return new PartialSignature(
                Arrays.copyOf(payload, ID_BYTES),
                Arrays.copyOfRange(payload, ID_BYTES, 2 * ID_BYTES),
                Arrays.copyOfRange(payload, 2 * ID_BYTES, bytes));
    }

    static PartialSignature of(byte[] presigId, byte[] request, Scalar u, Scalar w) {
        return new PartialSignature(presigId, request, Encoding.concat(u.encode(), w.encode()));
    }

    @Override
    public byte[] encode() {
        return Encoding.concat(presigId, request, encodedScalars);
    }

    /** u'_i, if it is below q. */
    Optional<Scalar> u(Group group) {
        return scalar(group, 0);
    }

    /** w_i, if it is below q. */
    Optional<Scalar> w(Group group) {
        return scalar(group, group.scalarBytes());
    }

    /** Whether both scalars are below q. */
    boolean isCanonical(Group group) {
        return u(group).isPresent() && w(group).isPresent();
    }

    private Optional<Scalar> scalar(Group group, int at) {
        try {
            return Optional.of(
                    group.decodeScalar(Arrays.copyOfRange(encodedScalars, at, at + group.scalarBytes())));
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }
}
