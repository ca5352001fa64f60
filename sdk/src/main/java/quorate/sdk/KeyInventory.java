package quorate.sdk;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import quorate.api.KeyInfo;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/**
 * All keys of all nodes, by id.
 *
 * @param keys every key that at least one node holds, as all nodes hold it
 * @param unasked nodes that could not be asked, with the reason
 */
public record KeyInventory(List<KeyView> keys, SortedMap<Integer, TsmException> unasked) {
    public KeyInventory {
        keys = List.copyOf(keys);
    }

    /** Throws if no node answered. */
    static KeyInventory of(Answers<List<KeyInfo>> lists) {
        if (lists.given().isEmpty()) {
            lists.requireAll();
        }
        var ids = new TreeSet<String>();
        lists.given().values().forEach(keys -> keys.forEach(key -> ids.add(key.keyId())));
        var views = ids.stream()
                .flatMap(id -> KeyView.of(holders(id, lists)).stream())
                .sorted(Comparator.comparing(view -> view.agreed().keyId()))
                .toList();
        return new KeyInventory(views, lists.failures());
    }

    private static Answers<KeyInfo> holders(String keyId, Answers<List<KeyInfo>> lists) {
        var holders = new Answers<KeyInfo>();
        for (var list : lists.all()) {
            holders.add(
                    switch (list) {
                        case NodeAnswer.Given<List<KeyInfo>>(int player, List<KeyInfo> keys) ->
                            keys.stream()
                                    .filter(key -> key.keyId().equals(keyId))
                                    .findFirst()
                                    .<NodeAnswer<KeyInfo>>map(key -> new NodeAnswer.Given<>(player, key))
                                    .orElseGet(() -> lacking(player, keyId));
                        case NodeAnswer.Failed<List<KeyInfo>>(int player, TsmException failure) ->
                            new NodeAnswer.Failed<>(player, failure);
                    });
        }
        return holders;
    }

    private static NodeAnswer<KeyInfo> lacking(int player, String keyId) {
        var problem = Problem.of(ProblemCode.KEY_NOT_FOUND, "node " + player + " holds no share of key " + keyId);
        return new NodeAnswer.Failed<>(player, new TsmException.Answered(problem.from(player)));
    }
}
