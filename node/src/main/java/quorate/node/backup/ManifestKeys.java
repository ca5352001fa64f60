package quorate.node.backup;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import quorate.node.identity.Bytes32;
import quorate.node.key.KeyNames;
import quorate.node.key.LoadedKey;
import quorate.node.key.UnsoundKeyRecord;
import quorate.store.KeyState;
import quorate.store.Role;
import quorate.store.Snapshot;
import quorate.store.StoredKey;

/**
 * The keys of a snapshot as its manifest lists them.
 *
 * @param unsound those whose record fails DKG-7: a backup holds them as they are, and the others are none the worse
 */
record ManifestKeys(List<BackupManifest.Key> sound, List<BackupManifest.Unsound> unsound) {
    static final String ACTIVE = "active";
    static final String UNFINISHED = "unfinished";

    ManifestKeys {
        sound = List.copyOf(sound);
        unsound = List.copyOf(unsound);
    }

    /** Every sharing that is ACTIVE, and PENDING ones of keys that have no other. */
    static ManifestKeys of(Snapshot snapshot) {
        var sound = new ArrayList<BackupManifest.Key>();
        var unsound = new ArrayList<BackupManifest.Unsound>();
        for (var key : snapshot.keys().all()) {
            try {
                for (var loaded : sharings(snapshot, key)) {
                    sound.add(entry(loaded, key.state() == KeyState.USABLE ? ACTIVE : UNFINISHED));
                }
            } catch (UnsoundKeyRecord e) {
                unsound.add(new BackupManifest.Unsound(key.keyId(), e.contradiction()));
            }
        }
        return new ManifestKeys(sound, unsound);
    }

    /** Whether a manifest is about this snapshot. Another release may put a defect in other words. */
    static boolean describe(BackupManifest manifest, Snapshot snapshot) {
        var node = snapshot.node();
        var keys = of(snapshot);
        return node.name().player() == manifest.player()
                && node.name().id().hex().equals(manifest.nodeId())
                && node.masterKeyFingerprint().equals(manifest.masterKey())
                && snapshot.schemaVersion().number() == manifest.schema()
                && keys.sound().equals(manifest.keys())
                && names(keys.unsound()).equals(names(manifest.unsound()));
    }

    private static Set<String> names(List<BackupManifest.Unsound> keys) {
        return keys.stream().map(BackupManifest.Unsound::keyId).collect(Collectors.toSet());
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
