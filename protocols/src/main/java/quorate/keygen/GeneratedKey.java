package quorate.keygen;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.commit.Confirmation;
import quorate.commit.Octets;
import quorate.commit.SetupVector;
import quorate.key.KeyShare;
import quorate.pair.PairState;
import quorate.rounds.Agreement;

/**
 * What key generation yields. It is not a key yet: the parties still have to commit to it (protocols.md 5.4).
 *
 * @param share lives in the scope that key generation was started with
 * @param confirmation what must be the same at all parties; its digest is K, its transcript D2
 * @param pairs of an ECDSA key, the state of this party with every other one, by index: in the same scope
 */
public record GeneratedKey(KeyShare share, Confirmation confirmation, SortedMap<Integer, PairState> pairs) {
    public GeneratedKey {
        pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
    }

    /** setupVec of the statements by which this party commits to the key. */
    public SetupVector setups() {
        var setups = new TreeMap<Integer, byte[]>();
        pairs.forEach((peer, state) -> setups.put(peer, state.setup()));
        return SetupVector.of(setups);
    }

    GeneratedKey with(SortedMap<Integer, PairState> states) {
        return new GeneratedKey(share, confirmation, states);
    }

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
                        Octets.of(d2)),
                new TreeMap<>());
    }

    /** D2: the digest of everything broadcast in round 2. */
    byte[] d2() {
        return confirmation.transcript().bytes();
    }
}
