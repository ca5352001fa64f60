package quorate.frost;

import java.util.Arrays;
import quorate.key.KeyShare;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** COM-5 for those who sign or presign: the share is the one that was agreed on, and enough of its parties take part. */
final class Participation {
    private Participation() {}

    /**
     * @throws Refused if fewer than the threshold take part, or somebody who has no share
     * @throws IllegalArgumentException if the share does not fit the agreement
     */
    static void require(Agreement agreement, KeyShare share) throws Refused {
        var sharing = share.sharing();
        requireSame("group", agreement.group().equals(sharing.group()));
        requireSame("scheme", agreement.scheme() == sharing.scheme().code());
        requireSame("key id", Arrays.equals(agreement.keyId(), sharing.keyId()));
        requireSame("sharing", Arrays.equals(agreement.shareId(), sharing.shareId()));
        requireSame("party", agreement.me() == share.index());
        var signers = agreement.parties();
        if (signers.size() < sharing.threshold()) {
            throw new Refused(Check.COM_5, signers.size() + " parties sign, " + sharing.threshold() + " needed");
        }
        if (signers.getFirst() < 1 || signers.getLast() > sharing.players()) {
            throw new Refused(Check.COM_5, "not all of " + signers + " are among 1 to " + sharing.players());
        }
    }

    private static void requireSame(String what, boolean same) {
        if (!same) {
            throw new IllegalArgumentException("the share has another " + what + " than the agreement");
        }
    }
}
