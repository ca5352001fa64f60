package quorate.sdk;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.api.KeyInfo;
import quorate.api.KeyList;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.UnsoundKey;

/**
 * All keys of all nodes, by id.
 *
 * @param keys every key that at least one node holds, as all nodes hold it
 * @param unsound keys that a node cannot use because its record of them is damaged, by player
 * @param unasked nodes that could not be asked, with the reason
 */
public record KeyInventory(
        List<KeyView> keys, SortedMap<Integer, List<UnsoundKey>> unsound, SortedMap<Integer, TsmException> unasked) {
    public KeyInventory {
        keys = List.copyOf(keys);
    }

    /** Throws if no node answered. */
    static KeyInventory of(Answers<KeyList> lists) {
        if (lists.given().isEmpty()) {
            lists.requireAll();
        }
        var ids = new TreeSet<String>();
        var unsound = new TreeMap<Integer, List<UnsoundKey>>();
        lists.given().forEach((player, held) -> {
            held.keys().forEach(key -> ids.add(key.keyId()));
            if (!held.unsound().isEmpty()) {
                unsound.put(player, held.unsound());
            }
        });
        var views = ids.stream()
                .flatMap(id -> KeyView.of(holders(id, lists)).stream())
                .sorted(Comparator.comparing(view -> view.agreed().keyId()))
                .toList();
        return new KeyInventory(views, unsound, lists.failures());
    }

    private static Answers<KeyInfo> holders(String keyId, Answers<KeyList> lists) {
        var holders = new Answers<KeyInfo>();
        for (var list : lists.all()) {
            holders.add(
                    switch (list) {
                        case NodeAnswer.Given<KeyList>(int player, KeyList held) ->
                            held.keys().stream()
                                    .filter(key -> key.keyId().equals(keyId))
                                    .findFirst()
                                    .<NodeAnswer<KeyInfo>>map(key -> new NodeAnswer.Given<>(player, key))
                                    .orElseGet(() -> unusable(player, keyId, held));
                        case NodeAnswer.Failed<KeyList>(int player, TsmException failure) ->
                            new NodeAnswer.Failed<>(player, failure);
                    });
        }
        return holders;
    }

    private static NodeAnswer<KeyInfo> unusable(int player, String keyId, KeyList held) {
        return held.unsound().stream()
                .filter(key -> key.keyId().equals(keyId))
                .findFirst()
                .map(key -> Problem.of(ProblemCode.KEY_UNUSABLE, "key " + keyId + ": " + key.defect())
                        .failing(key.check()))
                .<NodeAnswer<KeyInfo>>map(
                        problem -> new NodeAnswer.Failed<>(player, new TsmException.Answered(problem.from(player))))
                .orElseGet(() -> lacking(player, keyId));
    }

    private static NodeAnswer<KeyInfo> lacking(int player, String keyId) {
        var problem = Problem.of(ProblemCode.KEY_NOT_FOUND, "node " + player + " holds no share of key " + keyId);
        return new NodeAnswer.Failed<>(player, new TsmException.Answered(problem.from(player)));
    }
}
