package quorate.node.backup;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import quorate.node.identity.Bytes32;
import quorate.node.key.KeyNames;
import quorate.node.key.LoadedKey;
import quorate.node.key.UnsoundKeyRecord;
import quorate.store.KeyState;
import quorate.store.Role;
import quorate.store.Snapshot;
import quorate.store.StoredKey;

/** The keys of a snapshot as its manifest lists them. */
final class ManifestKeys {
    static final String ACTIVE = "active";
    static final String UNFINISHED = "unfinished";

    private ManifestKeys() {}

    /** Every sharing that is ACTIVE, and PENDING ones of keys that have no other. */
    static List<BackupManifest.Key> of(Snapshot snapshot) throws UnsoundKeyRecord {
        var keys = new ArrayList<BackupManifest.Key>();
        for (var key : snapshot.keys().all()) {
            for (var loaded : sharings(snapshot, key)) {
                keys.add(entry(loaded, key.state() == KeyState.USABLE ? ACTIVE : UNFINISHED));
            }
        }
        return keys;
    }

    /** Whether a manifest is about this snapshot. */
    static boolean describe(BackupManifest manifest, Snapshot snapshot) throws UnsoundKeyRecord {
        var node = snapshot.node();
        return node.name().player() == manifest.player()
                && node.name().id().hex().equals(manifest.nodeId())
                && node.masterKeyFingerprint().equals(manifest.masterKey())
                && snapshot.schemaVersion().number() == manifest.schema()
                && of(snapshot).equals(manifest.keys());
    }

    /** What the manifest lists of one key, read and found sound. */
    static List<LoadedKey> sharings(Snapshot snapshot, StoredKey key) throws UnsoundKeyRecord {
        var node = snapshot.node().name();
        var loaded = new ArrayList<LoadedKey>();
        for (var role : List.of(Role.ACTIVE, Role.PENDING)) {
            var stored = snapshot.keys().sharing(key.keyId(), role);
            if (stored.isPresent() && loaded.isEmpty()) {
                loaded.add(LoadedKey.of(
                        key.description(), stored.get(), node.player(), Bytes32.of(node.id().toArray())));
            }
        }
        return loaded;
    }

    private static BackupManifest.Key entry(LoadedKey key, String state) {
        var sharing = key.sharing();
        var scheme = KeyNames.schemeOf(key.description().scheme());
        return new BackupManifest.Key(
                key.description().keyId(),
                KeyNames.publicKey(scheme, sharing.publicKey()).hex(),
                key.description().scheme(),
                key.description().curve(),
                sharing.threshold(),
                key.committee().players(),
                sharing.epoch(),
                HexFormat.of().formatHex(sharing.shareId()),
                state);
    }
}
