package quorate.node.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import quorate.api.ProblemCode;

/**
 * Several sound backup files held against one another: the same nodes, the same keys, the same sharings. And
 * what they would bring back together.
 */
final class Comparison {
    private final Map<Integer, BackupFile> byPlayer = new TreeMap<>();
    private final Map<String, Map<Integer, BackupManifest.Key>> keys = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    Comparison(List<BackupFile> files) {
        for (var file : files) {
            var manifest = file.manifest();
            var twin = byPlayer.putIfAbsent(manifest.player(), file);
            if (twin != null) {
                inconsistent(
                        file, Optional.empty(), "player " + manifest.player() + " has another file here, " + twin.path());
                continue;
            }
            var first = byPlayer.values().iterator().next();
            if (!Rosters.agree(first.manifest().roster(), manifest.roster())) {
                inconsistent(file, Optional.empty(), "names other nodes than " + first.path());
            }
            manifest.keys().forEach(key -> keys.computeIfAbsent(key.keyId(), id -> new TreeMap<>())
                    .put(manifest.player(), key));
        }
        keys.forEach(this::compare);
    }

    List<Finding> findings() {
        return findings;
    }

    /** Which keys these files bring back. */
    List<VerificationReport.RestorableKey> keys() {
        var verdicts = new TreeMap<String, VerificationReport.RestorableKey>();
        byPlayer.values().forEach(file -> file.manifest().unsound().forEach(key -> verdicts.put(
                key.keyId(),
                new VerificationReport.RestorableKey(key.keyId(), false, "its record is damaged in every file"))));
        keys.forEach((keyId, held) -> verdicts.put(keyId, restorable(keyId, held)));
        return List.copyOf(verdicts.values());
    }

    private void compare(String keyId, Map<Integer, BackupManifest.Key> held) {
        var reference = newest(held);
        held.forEach((player, key) -> {
            var file = byPlayer.get(player);
            if (file == null) {
                return;
            }
            if (!key.state().equals(ManifestKeys.ACTIVE)) {
                inconsistent(file, Optional.of(keyId), "was taken while the key was being made");
            } else if (!key.publicKey().equals(reference.publicKey()) || !key.players().equals(reference.players())) {
                inconsistent(file, Optional.of(keyId), "is another key than in the other files");
            } else if (!key.shareId().equals(reference.shareId())) {
                inconsistent(
                        file,
                        Optional.of(keyId),
                        "holds epoch " + key.epoch() + ", another file holds epoch " + reference.epoch());
            }
        });
        for (int player : reference.players()) {
            var file = byPlayer.get(player);
            if (file != null && !held.containsKey(player) && !file.manifest().isUnsound(keyId)) {
                inconsistent(file, Optional.of(keyId), "lacks the key, of which player " + player + " has a share");
            }
        }
    }

    private static BackupManifest.Key newest(Map<Integer, BackupManifest.Key> held) {
        return held.values().stream()
                .reduce((one, other) -> other.epoch() > one.epoch() ? other : one)
                .orElseThrow();
    }

    /** Of the sharings of which enough players have a share the newest one; else the one that most have. */
    private static VerificationReport.RestorableKey restorable(String keyId, Map<Integer, BackupManifest.Key> held) {
        var holders = new TreeMap<String, TreeMap<Integer, BackupManifest.Key>>();
        held.forEach((player, key) -> {
            if (key.state().equals(ManifestKeys.ACTIVE)) {
                holders.computeIfAbsent(key.shareId(), id -> new TreeMap<>()).put(player, key);
            }
        });
        var best = holders.values().stream().max(Comparator.comparing(Comparison::isEnough)
                .thenComparingLong(of -> isEnough(of) ? of.values().iterator().next().epoch() : of.size()));
        if (best.isEmpty()) {
            return new VerificationReport.RestorableKey(keyId, false, "it was being made when the backups were taken");
        }
        var key = best.get().firstEntry().getValue();
        var why = "players " + best.get().keySet() + " of " + key.players() + " hold epoch " + key.epoch() + ", "
                + key.threshold() + " are needed";
        return new VerificationReport.RestorableKey(keyId, isEnough(best.get()), why);
    }

    private static boolean isEnough(Map<Integer, BackupManifest.Key> holders) {
        return holders.size() >= holders.values().iterator().next().threshold();
    }

    private void inconsistent(BackupFile file, Optional<String> keyId, String reason) {
        findings.add(new Finding(
                file.path(),
                Optional.of(file.manifest().player()),
                keyId,
                ProblemCode.BACKUP_INCONSISTENT,
                reason,
                ProblemCode.BACKUP_INCONSISTENT.remedy()));
    }
}
