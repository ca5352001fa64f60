package quorate.repair;

import quorate.algebra.Group;
import quorate.algebra.Purpose;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 3, helper j to the target: sigma_j = sum_i delta_{i,j}. */
record Sum(SecretScalar value) implements Message.Private {
    static Sum read(Group group, Secrets scope, byte[] payload) throws Malformed {
        return new Sum(SecretPayload.read(group, scope, payload));
    }

    /** The caller wipes it. */
    @Override
    public byte[] encode() {
        return value.exposeFor(Purpose.PRIVATE_MESSAGE);
    }
}
