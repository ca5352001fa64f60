package quorate.keygen;

import quorate.commit.Confirmation;
import quorate.commit.Octets;
import quorate.key.KeyShare;
import quorate.rounds.Agreement;

/**
 * What key generation yields. It is not a key yet: the parties still have to commit to it (protocols.md 5.4).
 *
 * @param share lives in the scope that key generation was started with
 * @param confirmation what must be the same at all parties; its digest is K, its transcript D2
 */
public record GeneratedKey(KeyShare share, Confirmation confirmation) {
    static GeneratedKey of(Agreement agreement, KeyShare share, byte[] d2) {
        var sharing = share.sharing();
        return new GeneratedKey(
                share,
                new Confirmation(
                        agreement.protocolId(),
                        Octets.of(agreement.sessionId()),
                        Octets.of(sharing.keyId()),
                        sharing.group().curveId(),
                        sharing.scheme().code(),
                        sharing.players(),
                        sharing.degree(),
                        Octets.of(agreement.roster()),
                        Octets.of(sharing.publicKey().encode()),
                        Octets.of(sharing.chainCode()),
                        Octets.of(sharing.shareId()),
                        Octets.of(d2)));
    }

    /** D2: the digest of everything broadcast in round 2. */
    byte[] d2() {
        return confirmation.transcript().bytes();
    }
}
