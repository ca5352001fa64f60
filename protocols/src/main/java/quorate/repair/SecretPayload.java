package quorate.repair;

import quorate.algebra.DecodingException;
import quorate.algebra.Group;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.rounds.Check;
import quorate.rounds.Malformed;

/** A private message that is one scalar. */
final class SecretPayload {
    private SecretPayload() {}

    /** The scalar of {@code payload}, which its owner wipes; COM-3 if it is not one below q. */
    static SecretScalar read(Group group, Secrets scope, byte[] payload) throws Malformed {
        if (payload.length != group.scalarBytes()) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + group.scalarBytes());
        }
        try {
            return group.decodeSecret(scope, payload);
        } catch (DecodingException e) {
            throw new Malformed(Check.COM_3, "the scalar is not below q");
        }
    }
}
