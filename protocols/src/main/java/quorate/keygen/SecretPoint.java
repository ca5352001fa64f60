package quorate.keygen;

import quorate.algebra.DecodingException;
import quorate.algebra.Group;
import quorate.algebra.Purpose;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 2, to one party: s_ij = f_i(j). */
record SecretPoint(SecretScalar value) implements Message.Private {
    static SecretPoint read(Group group, Secrets scope, byte[] payload) throws Malformed {
        if (payload.length != group.scalarBytes()) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + group.scalarBytes());
        }
        try {
            return new SecretPoint(group.decodeSecret(scope, payload));
        } catch (DecodingException e) {
            throw new Malformed(Check.DKG_5, "s_ij is not below q");
        }
    }

    /** The caller wipes it. */
    @Override
    public byte[] encode() {
        return value.exposeFor(Purpose.PRIVATE_MESSAGE);
    }
}
