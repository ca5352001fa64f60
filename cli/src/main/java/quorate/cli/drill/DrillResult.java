package quorate.cli.drill;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.cli.backup.BackupFiles.Verification;

/**
 * What a drill came to.
 *
 * @param verification what `backup verify` says of the same files, which is the first stage of a drill
 * @param restored the nodes that were restored
 * @param notRestored the others of which a file was named
 * @param keys every key in any of the files
 */
public record DrillResult(
        Verification verification,
        SortedSet<Integer> restored,
        SortedMap<Integer, NotRestored> notRestored,
        List<DrilledKey> keys) {
    public DrillResult {
        restored = new TreeSet<>(restored);
        notRestored = new TreeMap<>(notRestored);
        keys = List.copyOf(keys);
    }

    /** The same, with what the live nodes have beside what the backup has. */
    public DrillResult beside(LiveKeys live) {
        return new DrillResult(
                verification,
                restored,
                notRestored,
                keys.stream()
                        .map(key -> live.compare(key).map(key::beside).orElse(key))
                        .toList());
    }

    public int signed() {
        return Math.toIntExact(keys.stream().filter(DrilledKey::restorable).count());
    }

    /** Nothing is wrong with the files, every node was restored, and every key is good. */
    public boolean ok() {
        return verification.ok() && notRestored.isEmpty() && keys.stream().allMatch(DrilledKey::isGood);
    }
}
