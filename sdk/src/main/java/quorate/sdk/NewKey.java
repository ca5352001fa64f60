package quorate.sdk;

import java.util.List;
import quorate.api.Curve;
import quorate.api.KeyAttributes;
import quorate.api.Scheme;

/**
 * A key to generate.
 *
 * @param threshold how many players it takes to sign
 * @param players who holds a share; empty for all nodes
 * @param keyId the id, or empty for a random one
 * @param purpose a label that all nodes agree on and that never changes
 * @param attributes what else never changes
 */
public record NewKey(
        Scheme scheme,
        Curve curve,
        int threshold,
        List<Integer> players,
        String keyId,
        String purpose,
        KeyAttributes attributes) {
    public NewKey {
        players = players.stream().sorted().distinct().toList();
    }

    /** A key of all nodes with a random id. */
    public static NewKey of(Scheme scheme, Curve curve, int threshold) {
        return new NewKey(scheme, curve, threshold, List.of(), "", "", KeyAttributes.USUAL);
    }

    public NewKey named(String id) {
        return new NewKey(scheme, curve, threshold, players, id, purpose, attributes);
    }

    public NewKey among(List<Integer> holders) {
        return new NewKey(scheme, curve, threshold, holders, keyId, purpose, attributes);
    }

    public NewKey labelled(String label) {
        return new NewKey(scheme, curve, threshold, players, keyId, label, attributes);
    }

    public NewKey with(KeyAttributes fixed) {
        return new NewKey(scheme, curve, threshold, players, keyId, purpose, fixed);
    }
}
