package quorate.node.key;

import quorate.api.ProblemCode;
import quorate.node.problem.ProblemException;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.KeyState;
import quorate.store.Role;

/**
 * The sharings that shares are backed up of: those that this node uses, unless an operation is about to change them.
 */
public final class SettledKeys {
    private final Database database;
    private final KeyRing ring;

    public SettledKeys(Database database, KeyRing ring) {
        this.database = database;
        this.ring = ring;
    }

    /**
     * The sharing of this key. A pending one is not given: a reverted operation has no way back.
     *
     * @throws ProblemException BUSY, SHARE_STALE, KEY_NOT_FOUND
     */
    public LoadedKey get(String keyId) {
        var active = database.keys().sharing(keyId, Role.ACTIVE);
        var open = database.operations().open(keyId);
        if (open.isPresent()) {
            throw new ProblemException(
                    ProblemCode.BUSY,
                    "operation " + open.get().operation().opId().hex() + " on key " + keyId + " is "
                            + open.get().state() + ": a share is backed up before or after it");
        }
        if (database.keys().find(keyId).filter(key -> key.state() == KeyState.STALE).isPresent()) {
            throw new ProblemException(
                    ProblemCode.SHARE_STALE,
                    "key " + keyId + " was reshared since: this share is of no use to anybody");
        }
        return ring.offers(keyId).stream()
                .filter(key -> active.filter(stored ->
                                stored.sharing().shareId().equals(Bytes.of(key.sharing().shareId())))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.KEY_NOT_FOUND, "this node holds no share of a key " + keyId));
    }
}
