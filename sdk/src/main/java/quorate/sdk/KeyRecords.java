package quorate.sdk;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import quorate.api.KeyInfo;

/** What the nodes said of keys, remembered: only a reshare changes it. */
final class KeyRecords {
    private final Map<String, KeyInfo> known = new ConcurrentHashMap<>();

    Optional<KeyInfo> known(String keyId) {
        return Optional.ofNullable(known.get(keyId));
    }

    /** Asks these nodes, all of which must agree on a record that does not contradict itself. */
    KeyInfo ask(String keyId, Collection<TsmClient> nodes) {
        var answers = new FanOut<>(nodes, TsmClient::player).askEach(client -> client.key(keyId));
        answers.requireAll();
        var view = KeyView.of(answers).orElseThrow();
        view.disagreement().ifPresent(problem -> {
            throw new TsmException.Unsettled(problem);
        });
        Sharings.of(view.agreed());
        known.put(keyId, view.agreed());
        return view.agreed();
    }
}
