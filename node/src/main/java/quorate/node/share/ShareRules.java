package quorate.node.share;

import java.util.Optional;
import quorate.api.ProblemCode;
import quorate.node.key.LoadedKey;
import quorate.store.Bytes;
import quorate.store.KeyState;
import quorate.store.Operation;
import quorate.store.Sharing;

/**
 * Whether a share from a file may take its place in the database: product.md 2, rows 3 and 4. "Refused with the reason
 * if it is of another epoch, another key, another player, or damaged; nothing is overwritten without {@code
 * --replace}". Node, signature, digest and commitment were looked at before.
 *
 * @param replace whether a share that is there may be overwritten
 * @param forceOlderEpoch whether a share may come back although the key was reshared since
 */
public record ShareRules(boolean replace, boolean forceOlderEpoch) {
    /** What becomes of the share in the file. */
    public enum Fate {
        /** It is put where none is. */
        RESTORED,
        /** It takes the place of one that is there. */
        REPLACES,
        /** The database has the same one: nothing is to be done. */
        UNCHANGED,
        /** It is of an older epoch and comes back by force: the other nodes will find it stale. */
        FORCED
    }

    /**
     * What becomes of {@code share}.
     *
     * @throws ShareRefused BUSY, KEY_DELETED, BACKUP_KEY, SHARE_STALE or TARGET_NOT_EMPTY
     */
    public Fate judge(LoadedKey share, Held held) throws ShareRefused {
        var keyId = share.description().keyId();
        var open = held.open();
        if (open.isPresent()) {
            throw new ShareRefused(
                    ProblemCode.BUSY,
                    "cannot mend key " + keyId + " now: operation "
                            + open.get().operation().opId().hex() + " is " + open.get().state()
                            + "; let it end first");
        }
        if (held.key().isEmpty() && held.deleted()) {
            throw new ShareRefused(
                    ProblemCode.KEY_DELETED, "holds key " + keyId + ", whose share was deleted here since");
        }
        requireSameKey(share, held);
        long epoch = share.sharing().epoch();
        var abandoned = held.abandoned(share.sharing().degree());
        if (abandoned.contains(Bytes.of(share.sharing().shareId()))) {
            throw new ShareRefused(
                    ProblemCode.SHARE_STALE,
                    "holds epoch " + epoch + " of key " + keyId + ", which was given up for an older one by key adopt");
        }
        var finished = held.finished(abandoned);
        long known = knownEpoch(held, finished);
        if (epoch < known) {
            return older(share, held, known);
        }
        requireSameSharing(share, held, finished);
        var active = held.active();
        if (active.isEmpty()) {
            return Fate.RESTORED;
        }
        boolean same = isOf(active.get().shareId(), share);
        if (same && held.key().filter(key -> key.state() == KeyState.STALE).isPresent()) {
            throw new ShareRefused(
                    ProblemCode.SHARE_STALE,
                    "holds epoch " + epoch + " of key " + keyId + ", which was reshared since");
        }
        if (same && !replace) {
            return Fate.UNCHANGED;
        }
        requireReplace(keyId, active.get());
        return Fate.REPLACES;
    }

    /** "The key is at epoch 3": refused, unless somebody says in so many words that he wants it. */
    private Fate older(LoadedKey share, Held held, long known) throws ShareRefused {
        var keyId = share.description().keyId();
        if (!forceOlderEpoch) {
            throw new ShareRefused(
                    ProblemCode.SHARE_STALE,
                    "holds epoch " + share.sharing().epoch() + " of key " + keyId + ", the key is at epoch " + known
                            + " here");
        }
        if (held.active().isPresent()) {
            requireReplace(keyId, held.active().get());
        }
        return Fate.FORCED;
    }

    private void requireReplace(String keyId, Sharing active) throws ShareRefused {
        if (!replace) {
            throw new ShareRefused(
                    ProblemCode.TARGET_NOT_EMPTY,
                    "would overwrite the share of key " + keyId + " that is there, of epoch " + active.epoch());
        }
    }

    /** The highest epoch that this database has seen the key in: operations stay when a share is lost. */
    private static long knownEpoch(Held held, Optional<Operation> finished) {
        long active = held.active().map(Sharing::epoch).orElse(-1L);
        return Math.max(active, finished.map(Operation::newEpoch).orElse(-1L));
    }

    private static void requireSameKey(LoadedKey share, Held held) throws ShareRefused {
        var keyId = share.description().keyId();
        var known = held.key();
        if (known.isPresent() && !known.get().description().equals(share.description())) {
            throw new ShareRefused(
                    ProblemCode.BACKUP_KEY, "is of another key called " + keyId + ": scheme or attributes differ");
        }
        var publicKey = Bytes.of(share.sharing().publicKey().encode());
        // The name of a sharing covers its public key: what has the same one is of the same key, however damaged.
        var here = held.active().filter(sharing -> !isOf(sharing.shareId(), share)).map(Sharing::publicKey);
        if (here.isPresent() && !here.get().equals(publicKey)) {
            throw new ShareRefused(
                    ProblemCode.BACKUP_KEY,
                    "is of another key called " + keyId + ": its public key is " + publicKey.hex() + ", here it is "
                            + here.get().hex());
        }
        if (held.active().isPresent()) {
            requireSameChainCode(share, held.active().get());
        }
    }

    /** The chain code is not in the name of a sharing, and never changes. */
    private static void requireSameChainCode(LoadedKey share, Sharing active) throws ShareRefused {
        if (!active.chainCode().equals(Bytes.of(share.sharing().chainCode()))) {
            throw new ShareRefused(
                    ProblemCode.BACKUP_KEY,
                    "is of another key called " + share.description().keyId() + ": its chain code is another");
        }
    }

    /** Two sharings of one epoch are a fork: the one that this node knows to be finished counts. */
    private static void requireSameSharing(LoadedKey share, Held held, Optional<Operation> done) throws ShareRefused {
        long epoch = share.sharing().epoch();
        var active = held.active().filter(sharing -> sharing.epoch() == epoch).map(Sharing::shareId);
        var finished = done
                .filter(operation -> operation.newEpoch() == epoch)
                .flatMap(operation -> operation.newShareId());
        if (differs(active, share) || differs(finished, share)) {
            throw new ShareRefused(
                    ProblemCode.SHARE_STALE,
                    "holds another sharing of epoch " + epoch + " of key " + share.description().keyId()
                            + " than the one that is known here");
        }
    }

    private static boolean differs(Optional<Bytes> known, LoadedKey share) {
        return known.isPresent() && !isOf(known.get(), share);
    }

    private static boolean isOf(Bytes shareId, LoadedKey share) {
        return shareId.equals(Bytes.of(share.sharing().shareId()));
    }
}
