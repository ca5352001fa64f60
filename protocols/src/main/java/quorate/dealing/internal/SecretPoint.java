package quorate.dealing.internal;

import java.util.Arrays;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Purpose;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.pair.PairInvitation;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/**
 * Round 2, to one party: s_ij = f_i(j), and for an ECDSA key zseed and BOT1.
 *
 * @param invitation {@link PairInvitation#NONE} for a key without pair states
 */
public record SecretPoint(SecretScalar value, PairInvitation invitation) implements Message.Private {
    /** For a key without pair states. */
    public SecretPoint(SecretScalar value) {
        this(value, PairInvitation.NONE);
    }

    public static SecretPoint read(Group group, boolean withInvitation, Secrets scope, byte[] payload) throws Malformed {
        int bytes = group.scalarBytes() + (withInvitation ? PairInvitation.BYTES : 0);
        if (payload.length != bytes) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + bytes);
        }
        var encoded = scope.keep(Arrays.copyOf(payload, group.scalarBytes()));
        try {
            var value = group.decodeSecret(scope, encoded);
            return new SecretPoint(value, withInvitation ? PairInvitation.readLast(payload, scope) : PairInvitation.NONE);
        } catch (DecodingException e) {
            throw new Malformed(Check.DKG_5, "s_ij is not below q");
        }
    }

    /** The caller wipes it. */
    @Override
    public byte[] encode() {
        var encoded = value.exposeFor(Purpose.PRIVATE_MESSAGE);
        var secrets = invitation.encode();
        try {
            return Encoding.concat(encoded, secrets);
        } finally {
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(secrets, (byte) 0);
        }
    }
}
