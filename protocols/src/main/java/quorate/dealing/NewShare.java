package quorate.dealing;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.commit.Confirmation;
import quorate.commit.Operation;
import quorate.commit.SetupVector;
import quorate.key.KeyShare;
import quorate.pair.PairState;

/**
 * What a ceremony that makes a sharing yields for one of its parties. It is not in force yet: the participants still have to
 * commit to it (protocols.md 5.4).
 *
 * @param share lives in the scope that the ceremony was started with
 * @param made what is public of it
 * @param pairs of an ECDSA key, the state of this party with every other one, by index: in the same scope
 */
public record NewShare(KeyShare share, NewSharing made, SortedMap<Integer, PairState> pairs) {
    public NewShare {
        pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
    }

    /** What the statements of the participants are about. */
    public Operation operation() {
        return made.operation();
    }

    /** What must be the same at all participants; its digest is K. */
    public Confirmation confirmation() {
        return made.confirmation();
    }

    /** setupVec of the statements by which this party commits. */
    public SetupVector setups() {
        var setups = new TreeMap<Integer, byte[]>();
        pairs.forEach((peer, state) -> setups.put(peer, state.setup()));
        return SetupVector.of(setups);
    }

    /** The same, with the states of its pairs. */
    public NewShare with(SortedMap<Integer, PairState> states) {
        return new NewShare(share, made, states);
    }
}
