package quorate.sdk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.api.Bytes;
import quorate.api.CreateRecoveryProof;
import quorate.api.Curve;
import quorate.api.KeyInfo;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.recovery.Batch;
import quorate.recovery.Proof;
import quorate.recovery.RecoveryFile;
import quorate.recovery.RecoveryRefused;

/**
 * Makes emergency recovery data (protocols.md 8): asks every player of the keys for its part, combines the parts, and
 * has every
 * player validate every part before there is a result. All players are needed to create it, any {@code threshold} to
 * recover.
 */
public final class RecoveryCreation {
    private final List<AdminClient> admins;

    /** The clients, one for each node, stay the caller's to close. */
    public RecoveryCreation(Collection<AdminClient> admins) {
        this.admins = List.copyOf(admins);
    }

    /**
     * Recovery data of these keys.
     *
     * @param recipient the SubjectPublicKeyInfo of an RSA key that every player lists
     * @param label must be shown again to open
     * @throws TsmException if a player refuses or cannot be asked, or RECOVERY_INVALID if a part is not true
     */
    public RecoveryFile create(Collection<String> keyIds, Bytes recipient, String label, Instant time) {
        try {
            var batches = new ArrayList<Batch>();
            for (var group : groups(keyIds).entrySet()) {
                for (int from = 0; from < group.getValue().size(); from += CreateRecoveryProof.MAX_KEYS) {
                    int to = Math.min(group.getValue().size(), from + CreateRecoveryProof.MAX_KEYS);
                    var ids = group.getValue().subList(from, to);
                    batches.add(batch(
                            group.getKey().players(), new CreateRecoveryProof(ids, recipient, label, time)));
                }
            }
            return RecoveryFile.of(batches);
        } catch (RecoveryRefused e) {
            throw invalid(e);
        }
    }

    /** What the keys of one proof have in common. */
    private record Kind(Curve curve, List<Integer> players) {}

    private Map<Kind, List<String>> groups(Collection<String> keyIds) {
        var lists = new FanOut<>(admins, AdminClient::player).askEach(AdminClient::keyList);
        var groups = new LinkedHashMap<Kind, List<String>>();
        for (var keyId : keyIds) {
            KeyInfo key = lists.given().values().stream()
                    .flatMap(list -> list.keys().stream())
                    .filter(held -> held.keyId().equals(keyId))
                    .findFirst()
                    .orElseThrow(() -> lists.failure()
                            .orElseGet(() -> new TsmException.Unsettled(
                                    Problem.of(ProblemCode.KEY_NOT_FOUND, "no node holds a share of a key " + keyId))));
            groups.computeIfAbsent(new Kind(key.curve(), key.players()), kind -> new ArrayList<>()).add(keyId);
        }
        return groups;
    }

    private Batch batch(List<Integer> players, CreateRecoveryProof request) throws RecoveryRefused {
        var nodes = new FanOut<>(clients(players), AdminClient::player);
        var parts = nodes.askEach(node -> node.proveShares(request));
        parts.requireAll();
        var batch = Batch.combine(decoded(parts.given()));
        for (var part : parts.given().values()) {
            nodes.askEach(node -> node.validateProof(part)).requireAll();
        }
        return batch;
    }

    private List<AdminClient> clients(List<Integer> players) {
        var clients = admins.stream().filter(admin -> players.contains(admin.player())).toList();
        if (clients.size() < players.size()) {
            var missing = new ArrayList<>(players);
            clients.forEach(client -> missing.remove(Integer.valueOf(client.player())));
            throw new TsmException.Unsettled(Problem.of(
                            ProblemCode.NOT_ENOUGH_NODES,
                            "recovery data has a part of every player, and there are no credentials for " + missing)
                    .missing(missing));
        }
        return clients;
    }

    private static List<Proof> decoded(SortedMap<Integer, byte[]> parts) throws RecoveryRefused {
        var proofs = new TreeMap<Integer, Proof>();
        for (var part : parts.entrySet()) {
            try {
                proofs.put(part.getKey(), Proof.decode(part.getValue()));
            } catch (RecoveryRefused e) {
                throw new TsmException.Unsettled(
                        invalid(e).problem().from(part.getKey()));
            }
        }
        return List.copyOf(proofs.values());
    }

    private static TsmException invalid(RecoveryRefused refused) {
        var problem = Problem.of(ProblemCode.RECOVERY_INVALID, refused.getMessage());
        return new TsmException.Unsettled(
                refused.check().map(check -> problem.failing(check.id())).orElse(problem));
    }
}
