package quorate.cli.drill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.KeyState;
import quorate.api.Problem;
import quorate.cli.drill.DrilledKey.Failure;
import quorate.cli.drill.DrilledKey.Untested;
import quorate.cli.terminal.CommandFailed;
import quorate.sdk.TsmException;

/**
 * One key after another on restored nodes: the nodes that hold the same sharing sign, in as many quorums as it takes
 * for each of them to take part once. Whoever could not take part is named with the reason.
 */
final class KeyDrill {
    private static final String NAME_MORE = "Name the backup files of more nodes, and have their configurations here.";

    private final Map<Integer, Map<String, KeyInfo>> held;
    private final Map<Integer, NotRestored> notRestored;
    private final Signer signer;

    /** Has exactly these nodes sign with a key, and sees that the signature is one. */
    @FunctionalInterface
    interface Signer {
        void sign(KeyInfo key, List<Integer> quorum);
    }

    /**
     * @param held by restored node, its keys
     * @param notRestored the nodes of which a file was named in vain
     */
    KeyDrill(
            Map<Integer, Map<String, KeyInfo>> held,
            Map<Integer, NotRestored> notRestored,
            Signer signer) {
        this.held = held;
        this.notRestored = notRestored;
        this.signer = signer;
    }

    DrilledKey drill(String keyId) {
        var holders = new TreeMap<Integer, KeyInfo>();
        held.forEach((player, keys) -> {
            var key = keys.get(keyId);
            if (key != null) {
                holders.put(player, key);
            }
        });
        var able = largestSharing(holders);
        if (able.isEmpty()) {
            return DrilledKey.untried(
                    keyId, "no restored node has a share that signs", NAME_MORE, untested(holders, Set.of()));
        }
        var key = any(able);
        var untested = untested(holders, able.keySet());
        if (able.size() < key.threshold()) {
            return new DrilledKey(
                    keyId,
                    false,
                    "nothing could be signed: nodes " + able.keySet() + " were restored, " + key.threshold()
                            + " of players " + key.players() + " are needed",
                    NAME_MORE,
                    key.publicKey(),
                    key.epoch(),
                    key.players(),
                    List.of(),
                    List.of(),
                    untested,
                    null);
        }
        return sign(key, List.copyOf(able.keySet()), untested);
    }

    private DrilledKey sign(KeyInfo key, List<Integer> able, List<Untested> untested) {
        var signedBy = new ArrayList<List<Integer>>();
        var failures = new ArrayList<Failure>();
        for (var quorum : quorums(able, key.threshold())) {
            try {
                signer.sign(key, quorum);
                signedBy.add(quorum);
            } catch (TsmException.Interrupted e) {
                throw e;
            } catch (TsmException e) {
                failures.add(failure(quorum, e.problem()));
            } catch (CommandFailed e) {
                failures.add(failure(quorum, e.problem()));
            }
        }
        var why = signedBy.isEmpty()
                ? "no quorum signed"
                : "nodes " + words(signedBy) + " signed at epoch " + key.epoch();
        return new DrilledKey(
                key.keyId(),
                !signedBy.isEmpty(),
                failures.isEmpty() ? why : why + "; nodes " + failures.getFirst().nodes() + " could not: "
                        + failures.getFirst().code() + ": " + failures.getFirst().detail(),
                failures.isEmpty() ? null : failures.getFirst().remedy(),
                key.publicKey(),
                key.epoch(),
                key.players(),
                signedBy,
                failures,
                untested,
                null);
    }

    private static Failure failure(List<Integer> quorum, Problem problem) {
        return new Failure(quorum, problem.code(), problem.detail(), problem.remedy());
    }

    private static String words(List<List<Integer>> quorums) {
        return String.join(" and ", quorums.stream().map(List::toString).toList());
    }

    /** Each node at least once; the last quorum is filled up with nodes from the front. */
    private static List<List<Integer>> quorums(List<Integer> able, int threshold) {
        var quorums = new ArrayList<List<Integer>>();
        for (int from = 0; from < able.size(); from += threshold) {
            var quorum = new TreeSet<>(able.subList(from, Math.min(from + threshold, able.size())));
            for (int i = 0; quorum.size() < threshold; i++) {
                quorum.add(able.get(i));
            }
            quorums.add(List.copyOf(quorum));
        }
        return quorums;
    }

    /** Of the sharings of which enough nodes have a share the newest one; else the one that most have. */
    private static SortedMap<Integer, KeyInfo> largestSharing(SortedMap<Integer, KeyInfo> holders) {
        var sharings = new HashMap<Bytes, SortedMap<Integer, KeyInfo>>();
        holders.forEach((player, key) -> {
            if (key.state() == KeyState.ACTIVE) {
                sharings.computeIfAbsent(key.shareId(), id -> new TreeMap<>()).put(player, key);
            }
        });
        return sharings.values().stream()
                .max(Comparator.comparing(KeyDrill::isEnough)
                        .thenComparingLong(of -> isEnough(of) ? any(of).epoch() : of.size()))
                .orElseGet(TreeMap::new);
    }

    private static boolean isEnough(SortedMap<Integer, KeyInfo> holders) {
        return holders.size() >= any(holders).threshold();
    }

    private static KeyInfo any(SortedMap<Integer, KeyInfo> holders) {
        return holders.values().iterator().next();
    }

    private List<Untested> untested(SortedMap<Integer, KeyInfo> holders, Set<Integer> able) {
        var players = new TreeSet<>(notRestored.keySet());
        holders.values().forEach(key -> players.addAll(key.players()));
        players.removeAll(able);
        return players.stream().map(player -> untested(player, holders)).toList();
    }

    private Untested untested(int player, SortedMap<Integer, KeyInfo> holders) {
        var refused = notRestored.get(player);
        var key = holders.get(player);
        if (refused != null) {
            return new Untested(player, refused.code() + ": " + refused.reason(), refused.remedy());
        }
        if (key != null) {
            return new Untested(
                    player,
                    "its share in the backup is of epoch " + key.epoch() + " and "
                            + key.state().wireName() + ", so it does not fit the others",
                    "Use files of one backup; for the live node: quorate key show " + key.keyId());
        }
        return held.containsKey(player)
                ? new Untested(
                        player,
                        "its backup has no share of this key",
                        "Use files of one backup; see docs/runbooks/inconsistent-backup.md")
                : new Untested(player, "no backup file of node " + player + " was named", "Name its file as well.");
    }
}
