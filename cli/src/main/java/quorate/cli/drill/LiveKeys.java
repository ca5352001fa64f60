package quorate.cli.drill;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.ProblemCode;
import quorate.sdk.AdminClient;
import quorate.sdk.AdminNodes;
import quorate.sdk.TsmException;

/** The keys that the live nodes have, which a drill only reads: to say what has happened since the backup. */
public final class LiveKeys {
    private final Map<Integer, AdminClient> nodes;
    private final Map<Integer, Map<String, KeyInfo>> held = new TreeMap<>();

    private LiveKeys(Map<Integer, AdminClient> nodes) {
        this.nodes = nodes;
    }

    /** Asks those that answer. */
    public static LiveKeys of(List<AdminClient> admins) {
        var live = new LiveKeys(admins.stream().collect(Collectors.toMap(AdminClient::player, admin -> admin)));
        new AdminNodes(admins).askEach(AdminClient::keys).given().forEach((player, keys) -> live.held.put(
                player, keys.stream().collect(Collectors.toMap(KeyInfo::keyId, key -> key))));
        return live;
    }

    /** Keys that no file of the drill has. */
    public List<String> besides(List<String> keyIds) {
        var others = new TreeSet<String>();
        held.values().forEach(keys -> others.addAll(keys.keySet()));
        keyIds.forEach(others::remove);
        return List.copyOf(others);
    }

    /** The same key as a restored node has it. */
    Optional<LiveKey> compare(DrilledKey restored) {
        var publicKey = restored.publicKey();
        var epoch = restored.epoch();
        return publicKey == null || epoch == null
                ? Optional.empty()
                : Optional.of(compare(restored, publicKey, epoch));
    }

    private LiveKey compare(DrilledKey restored, Bytes publicKey, long epoch) {
        var asked = restored.players().stream().filter(held::containsKey).toList();
        if (asked.isEmpty()) {
            return new LiveKey(LiveKey.State.UNKNOWN, "no live node of the key answered", "See: quorate status");
        }
        var found = new TreeMap<Integer, KeyInfo>();
        for (int player : asked) {
            var key = held.getOrDefault(player, Map.of()).get(restored.keyId());
            if (key != null) {
                found.put(player, key);
            }
        }
        var others = found.entrySet().stream()
                .filter(entry -> !entry.getValue().publicKey().equals(publicKey))
                .map(Map.Entry::getKey)
                .toList();
        if (!others.isEmpty()) {
            return new LiveKey(
                    LiveKey.State.DIFFERENT,
                    "live nodes " + others + " have another public key under this id",
                    "Find out where the backup comes from; do not restore it.");
        }
        var deleted = asked.stream()
                .filter(player -> !found.containsKey(player) && isDeleted(player, restored.keyId()))
                .toList();
        if (!deleted.isEmpty()) {
            return new LiveKey(
                    LiveKey.State.DELETED,
                    "live nodes " + deleted + " have erased their shares since this backup, which still has them",
                    "If nobody shall be able to bring the key back, destroy the old backups too.");
        }
        if (found.isEmpty()) {
            return new LiveKey(
                    LiveKey.State.ABSENT,
                    "live nodes " + asked + " do not have this key",
                    "If they should: restore it from this backup. See docs/runbooks/restore-a-quorum.md");
        }
        return epochs(epoch, found);
    }

    private static LiveKey epochs(long epoch, Map<Integer, KeyInfo> found) {
        long newest = found.values().stream().mapToLong(KeyInfo::epoch).max().orElseThrow();
        return newest > epoch
                ? new LiveKey(
                        LiveKey.State.STALE,
                        "the live nodes are at epoch " + newest + ", the backup is of epoch " + epoch
                                + ": one node restored from it would be stale",
                        "Take a new backup: quorate backup create --out DIR")
                : new LiveKey(
                        LiveKey.State.SAME, "live nodes " + found.keySet() + " are at epoch " + newest + " too", null);
    }

    private boolean isDeleted(int player, String keyId) {
        var node = nodes.get(player);
        try {
            if (node != null) {
                node.key(keyId);
            }
            return false;
        } catch (TsmException refused) {
            return refused.code() == ProblemCode.KEY_DELETED;
        }
    }
}
