package quorate.node.presign;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import quorate.api.ProblemCode;
import quorate.key.Scheme;
import quorate.node.key.LoadedKey;
import quorate.node.problem.PresignatureProblems;
import quorate.node.problem.ProblemException;
import quorate.presign.Kind;
import quorate.presign.PoolKey;
import quorate.presign.PresignatureId;

/**
 * Players who make and use presignatures together, this node among them: P of protocols.md 15.4.
 *
 * @param key the newest sharing that this node offers
 * @param players by party
 */
record Quorum(LoadedKey key, SortedMap<Integer, Integer> players) {
    /**
     * These players of a key.
     *
     * @param offers of this node, the newest first
     * @throws ProblemException BAD_REQUEST if they are not of this key, without this node, or too few or many
     */
    static Quorum of(List<LoadedKey> offers, Collection<Integer> named) {
        var key = offers.getFirst();
        var wanted = new TreeSet<>(named);
        var all = key.committee().playersByParty();
        var me = all.get(key.party());
        require(
                all.values().containsAll(wanted) && me != null && wanted.contains(me),
                "players " + wanted + " must be among " + all.values() + " and include player " + me);
        int threshold = key.sharing().threshold();
        require(wanted.size() >= threshold, wanted.size() + " players were named, " + threshold + " are needed to sign");
        require(
                kind(key) != Kind.ECDSA || wanted.size() == threshold,
                "exactly " + threshold + " players sign with an ECDSA key, not " + wanted.size());
        all.values().retainAll(wanted);
        return new Quorum(key, all);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, otherwise);
        }
    }

    static Kind kind(LoadedKey key) {
        return key.sharing().scheme() == Scheme.ECDSA ? Kind.ECDSA : Kind.FROST;
    }

    /** Whether a key has presignatures was said when it was generated. */
    Quorum requirePresignatures() {
        if (!key.attributes().presignatures()) {
            throw new ProblemException(
                    ProblemCode.PRESIGNATURES_OFF, "key " + keyId() + " was generated without presignatures");
        }
        return this;
    }

    String keyId() {
        return key.description().keyId();
    }

    Kind kind() {
        return kind(key);
    }

    PoolKey pool() {
        return PoolKey.of(keyId(), players.keySet());
    }

    /** The name of a presignature that these players have now. */
    PresignatureName name(PresignatureId id, KnownKeys keys) {
        return new PresignatureName(id, processes(keys));
    }

    /** PSG-2: the name is of the processes that run. */
    void requireCurrent(PresignatureName name, KnownKeys keys) {
        if (!name.processes().equals(processes(keys))) {
            throw PresignatureProblems.ofOtherProcesses();
        }
    }

    private List<Long> processes(KnownKeys keys) {
        return players.values().stream()
                .map(player -> PresignatureName.process(keys.process(player)
                        .orElseThrow(PresignatureProblems::ofOtherProcesses)
                        .bytes()))
                .toList();
    }
}
