package quorate.node.key;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.api.Adopt;
import quorate.api.AdoptionApproval;
import quorate.api.ApprovalState;
import quorate.api.Bytes;
import quorate.api.KeySharings;
import quorate.api.KnownSharing;
import quorate.api.ProblemCode;
import quorate.commit.Octets;
import quorate.node.commit.Commits;
import quorate.node.commit.Sharings;
import quorate.node.problem.ProblemException;
import quorate.store.Database;
import quorate.store.KeyState;
import quorate.store.OperationState;
import quorate.store.Role;
import quorate.store.StoredOperation;

/**
 * {@code key adopt}: administrators of {@code threshold} nodes revive an older sharing of which they hold shares, because
 * too few of the newest are left (protocols.md 5.4, Adoption).
 */
public final class KeyAdoption {
    private final Database database;
    private final Sharings held;
    private final Commits commits;

    public KeyAdoption(Database database, Sharings held, Commits commits) {
        this.database = database;
        this.held = held;
        this.commits = commits;
    }

    /** The sharings of a key that this node holds or knows to have been made, the highest epoch first. */
    public KeySharings sharings(int player, String keyId) {
        var active = require(keyId);
        var known = new TreeMap<String, KnownSharing>();
        for (var operation : database.operations().ofKey(keyId)) {
            if (mayBeInForce(operation)) {
                operation.operation().newShareId().map(KeyAdoption::bytes).ifPresent(made -> known.put(
                        made.hex(), new KnownSharing(operation.operation().newEpoch(), made, false)));
            }
        }
        // A node that was restored has no record of what the others did since: it has their proof.
        for (var operation : commits.proven(keyId)) {
            var made = Bytes.of(operation.newShareId().bytes());
            known.putIfAbsent(made.hex(), new KnownSharing(operation.newEpoch(), made, false));
        }
        for (var stored : database.keys().sharings(keyId)) {
            var shareId = bytes(stored.sharing().shareId());
            known.put(shareId.hex(), new KnownSharing(stored.sharing().epoch(), shareId, stored.role() != Role.PENDING));
        }
        var sorted = new ArrayList<>(known.values());
        sorted.sort(Comparator.comparingLong(KnownSharing::epoch).reversed());
        return new KeySharings(player, keyId, active.degree() + 1, sorted);
    }

    private static boolean mayBeInForce(StoredOperation operation) {
        return operation.state() != OperationState.REFUSED && operation.state() != OperationState.REVERTED;
    }

    /**
     * This node approves.
     *
     * @param by the name of the credential, for the audit
     * @throws ProblemException REFUSED if this node does not hold the sharing or knows a newer one that is not given up
     */
    public AdoptionApproval approve(int player, String by, String keyId, Adopt request) {
        var active = require(keyId);
        var sharings = sharings(player, keyId).sharings();
        var revived = sharings.stream()
                .filter(sharing -> sharing.held() && sharing.shareId().equals(request.shareId()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.REFUSED, "this node holds no share of the sharing that is to be revived"));
        requireAllNewerGivenUp(sharings, revived, request);
        database.events()
                .append(
                        "adoption-approved",
                        "key " + keyId + ", epoch " + revived.epoch() + ", giving up " + request.abandoned().size()
                                + " sharings, by " + by);
        var parties = commits.approve(
                active,
                Octets.of(request.shareId().toArray()),
                new ArrayList<>(new TreeSet<>(request.abandoned().stream()
                        .map(abandoned -> Octets.of(abandoned.toArray()))
                        .toList())),
                Octets.of(request.sessionId().toArray()));
        return new AdoptionApproval(
                player, keyId, revived.epoch(), players(keyId, parties), isRevived(keyId, request) ? ApprovalState.DONE : ApprovalState.APPROVED);
    }

    private static void requireAllNewerGivenUp(List<KnownSharing> sharings, KnownSharing revived, Adopt request) {
        var kept = new HashSet<Bytes>();
        sharings.stream()
                .filter(sharing -> sharing.epoch() > revived.epoch())
                .map(KnownSharing::shareId)
                .filter(newer -> !request.abandoned().contains(newer))
                .forEach(kept::add);
        if (!kept.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.REFUSED,
                    "this node knows of a newer sharing that is not to be given up: "
                            + kept.stream().map(Bytes::hex).toList());
        }
    }

    private boolean isRevived(String keyId, Adopt request) {
        return database.keys().find(keyId).filter(key -> key.state() == KeyState.USABLE).isPresent()
                && database.keys()
                        .sharing(keyId, Role.ACTIVE)
                        .filter(active -> bytes(active.sharing().shareId()).equals(request.shareId()))
                        .isPresent()
                && database.operations().open(keyId).isEmpty();
    }

    private List<Integer> players(String keyId, Set<Integer> parties) {
        var committee = database.keys()
                .sharing(keyId, Role.ACTIVE)
                .map(stored -> Committee.players(stored.sharing().roster().toArray()))
                .orElseGet(TreeMap::new);
        return parties.stream().map(party -> committee.getOrDefault(party, party)).sorted().toList();
    }

    private Sharings.Held require(String keyId) {
        return held.active(keyId)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.KEY_NOT_FOUND, "this node holds no share of a key " + keyId));
    }

    private static Bytes bytes(quorate.store.Bytes bytes) {
        return Bytes.of(bytes.toArray());
    }
}
