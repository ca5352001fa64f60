package quorate.ecdsa;

import java.util.Arrays;
import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.algebra.Group;
import quorate.algebra.Purpose;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 3, to each: per item psi and D3. */
record Corrections(byte[] encode) implements Message.Private {
    private static final int SCALAR_BYTES = 32;
    private static final int DIGEST_BYTES = 32;
    private static final int ITEM_BYTES = SCALAR_BYTES + DIGEST_BYTES;

    static Corrections of(int items) {
        return new Corrections(new byte[items * ITEM_BYTES]);
    }

    static Corrections read(int items, byte[] payload) throws Malformed {
        int bytes = items * ITEM_BYTES;
        if (payload.length != bytes) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + bytes);
        }
        return new Corrections(payload);
    }

    void put(int k, SecretScalar psi, byte[] d3) {
        var encoded = psi.exposeFor(Purpose.PRIVATE_MESSAGE);
        System.arraycopy(encoded, 0, encode, k * ITEM_BYTES, SCALAR_BYTES);
        System.arraycopy(d3, 0, encode, k * ITEM_BYTES + SCALAR_BYTES, DIGEST_BYTES);
        Arrays.fill(encoded, (byte) 0);
    }

    /** psi of item k, if it is below q. */
    Optional<SecretScalar> psi(Group group, int k, Secrets scope) {
        var encoded = scope.keep(Arrays.copyOfRange(encode, k * ITEM_BYTES, k * ITEM_BYTES + SCALAR_BYTES));
        try {
            return Optional.of(group.decodeSecret(scope, encoded));
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }

    /** D3 of all items. */
    byte[] digests() {
        int items = encode.length / ITEM_BYTES;
        var digests = new byte[items * DIGEST_BYTES];
        for (int k = 0; k < items; k++) {
            System.arraycopy(encode, k * ITEM_BYTES + SCALAR_BYTES, digests, k * DIGEST_BYTES, DIGEST_BYTES);
        }
        return digests;
    }

    @Override
    public String toString() {
        return "Corrections[redacted]";
    }
}
