package quorate.keygen;

import quorate.algebra.Transcript;
import quorate.key.KeyShare;
import quorate.rounds.Agreement;

/**
 * What key generation yields: a share, and the two digests that the commit protocol compares.
 *
 * @param share lives in the scope that key generation was started with
 * @param d2 the digest of everything broadcast in round 2
 * @param confirmation K of protocols.md 5.4: equal at all parties if they made the same key
 */
public record GeneratedKey(KeyShare share, byte[] d2, byte[] confirmation) {
    /**
     * K = TH("2pc/K", protocolId, opId, keyId, curveId, scheme, n, t, roster, ser(pk), cc, shareId, D2), opId
     * the session id of the request.
     */
    static GeneratedKey of(Agreement agreement, KeyShare share, byte[] d2) {
        var sharing = share.sharing();
        var confirmation = Transcript.of("2pc/K")
                .addU8(agreement.protocolId())
                .add(agreement.sessionId())
                .add(sharing.keyId())
                .addU8(sharing.group().curveId())
                .addU8(sharing.scheme().code())
                .addU16(sharing.players())
                .addU16(sharing.degree())
                .add(agreement.roster())
                .add(sharing.publicKey())
                .add(sharing.chainCode())
                .add(sharing.shareId())
                .add(d2)
                .hash();
        return new GeneratedKey(share, d2, confirmation);
    }
}
