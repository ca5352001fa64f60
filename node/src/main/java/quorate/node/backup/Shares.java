package quorate.node.backup;

import quorate.algebra.Secrets;
import quorate.node.key.LoadedKey;
import quorate.node.key.UnsoundKeyRecord;
import quorate.store.Bytes;
import quorate.store.Snapshot;

/** Whether a share in a backup is one. */
final class Shares {
    private Shares() {}

    /** Opens the share, checks x·G == X and wipes it again. */
    static void check(Snapshot.Unlocked unlocked, LoadedKey key) throws UnsoundKeyRecord {
        try (var scope = new Secrets()) {
            unlocked.use(
                    key.description().keyId(),
                    Bytes.of(key.sharing().shareId()),
                    secret -> key.share(secret, scope));
        }
    }
}
