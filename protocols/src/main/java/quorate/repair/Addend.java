package quorate.repair;

import quorate.algebra.Group;
import quorate.algebra.Purpose;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 2, helper i to helper j: delta_{i,j}, one addend of l_i·x_i. */
record Addend(SecretScalar value) implements Message.Private {
    static Addend read(Group group, Secrets scope, byte[] payload) throws Malformed {
        return new Addend(SecretPayload.read(group, scope, payload));
    }

    /** The caller wipes it. */
    @Override
    public byte[] encode() {
        return value.exposeFor(Purpose.PRIVATE_MESSAGE);
    }
}
