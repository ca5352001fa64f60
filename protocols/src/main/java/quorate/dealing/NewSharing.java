package quorate.dealing;

import java.util.List;
import quorate.commit.Confirmation;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.Participant;
import quorate.key.Sharing;
import quorate.rounds.Agreement;
import quorate.rounds.Entry;

/**
 * The public side of what a ceremony makes, the same at every participant. It is not in force yet: the participants still
 * have to commit to it (protocols.md 5.4).
 *
 * @param operation what their statements are about
 * @param confirmation what must be the same at all of them; its digest is K, its transcript D2
 */
public record NewSharing(Sharing sharing, Operation operation, Confirmation confirmation) {
    /**
     * Of a ceremony in which the parties of a key make a sharing for themselves.
     *
     * @param d2 the digest of everything broadcast in round 2
     * @param base shareId of the sharing that this one replaces, or empty
     */
    public static NewSharing of(Agreement agreement, Sharing sharing, byte[] d2, Octets base) {
        return of(agreement, sharing, agreement.roster(), d2, base, agreement.participants());
    }

    /**
     * Of any ceremony.
     *
     * @param roster of the key as it will be, 32 bytes
     * @param participants of the commit
     */
    public static NewSharing of(
            Agreement agreement, Sharing sharing, byte[] roster, byte[] d2, Octets base, List<Entry> participants) {
        var confirmation = new Confirmation(
                agreement.protocolId(),
                Octets.of(agreement.sessionId()),
                Octets.of(sharing.keyId()),
                sharing.group().curveId(),
                sharing.scheme().code(),
                sharing.players(),
                sharing.degree(),
                Octets.of(roster),
                Octets.of(sharing.publicKey().encode()),
                Octets.of(sharing.chainCode()),
                Octets.of(sharing.shareId()),
                Octets.of(d2));
        var operation = new Operation(
                agreement.protocolId(),
                Octets.of(agreement.sessionId()),
                Octets.of(sharing.keyId()),
                base,
                sharing.epoch(),
                Octets.of(sharing.shareId()),
                participants.stream().map(Participant::of).toList(),
                confirmation.digest());
        return new NewSharing(sharing, operation, confirmation);
    }

    /** D2: the digest of everything broadcast in round 2. */
    public byte[] d2() {
        return confirmation.transcript().bytes();
    }
}
