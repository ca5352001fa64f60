package quorate.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import quorate.api.ApprovalState;
import quorate.api.Bytes;
import quorate.api.DeletedPresignatures;
import quorate.api.HandOut;
import quorate.api.NextPresignature;
import quorate.api.PairApproval;
import quorate.api.PartialRequest;
import quorate.api.PartialSignature;
import quorate.api.Presign;
import quorate.api.PresignatureLevels;
import quorate.api.PresignaturePool;
import quorate.api.Presigned;
import quorate.api.ProblemCode;
import quorate.api.Refill;
import quorate.api.StandingOrder;
import quorate.key.Scheme;
import quorate.node.config.Caller;
import quorate.node.http.PresignatureApi;
import quorate.node.key.KeyNames;
import quorate.node.key.KeyRing;
import quorate.node.key.LoadedKey;
import quorate.node.key.Requests;
import quorate.node.pair.Pairs;
import quorate.node.presign.PresignatureName;
import quorate.node.presign.Presignatures;
import quorate.node.presign.Task;
import quorate.node.problem.ProblemException;
import quorate.store.Database;

/** Presignatures and pairs in the words of the API. */
record PresignatureService(
        int player, Database database, KeyRing ring, Requests requests, Presignatures presignatures, Pairs pairs)
        implements PresignatureApi {
    @Override
    public Presigned presign(String keyId, Presign request) throws InterruptedException {
        var names = presignatures.presign(
                keyId, request.players(), request.sessionId().toArray(), request.count());
        return new Presigned(
                player,
                keyId,
                request.players(),
                names.stream().map(name -> Bytes.of(name.encode())).toList());
    }

    @Override
    public PresignatureLevels levels(String keyId) {
        ring.show(keyId);
        var pools = new TreeMap<String, PresignaturePool>();
        int count = 0;
        for (var pool : presignatures.counts(keyId).entrySet()) {
            int level = presignatures.order(keyId, pool.getKey());
            count += pool.getValue();
            pools.put(
                    pool.getKey().toString(),
                    new PresignaturePool(pool.getKey(), pool.getValue(), level == 0 ? null : level));
        }
        database.standingOrders().all().stream()
                .filter(order -> order.keyId().equals(keyId))
                .forEach(order -> pools.putIfAbsent(
                        order.players().toString(), new PresignaturePool(order.players(), 0, order.level())));
        return new PresignatureLevels(player, keyId, count, new ArrayList<>(pools.values()));
    }

    @Override
    public DeletedPresignatures delete(
            Caller caller, String keyId, Optional<Bytes> presignature, List<Integer> players) {
        int deleted = presignature
                .map(name -> presignatures.delete(keyId, name(name)))
                .orElseGet(() -> players.isEmpty()
                        ? presignatures.delete(keyId)
                        : presignatures.delete(keyId, players));
        database.events()
                .append("presignatures-deleted", deleted + " presignatures of key " + keyId + ", by " + caller.name());
        return new DeletedPresignatures(player, deleted);
    }

    private static PresignatureName name(Bytes presignature) {
        try {
            return PresignatureName.decode(presignature.toArray());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public DeletedPresignatures deleteAll(Caller caller) {
        int deleted = presignatures.deleteAll();
        database.events().append("presignatures-deleted", "all " + deleted + " presignatures, by " + caller.name());
        return new DeletedPresignatures(player, deleted);
    }

    @Override
    public HandOut next(String keyId, NextPresignature request) throws InterruptedException {
        var name = presignatures.next(keyId, request.players());
        return new HandOut(player, keyId, Bytes.of(name.encode()));
    }

    @Override
    public PartialSignature signPartially(String keyId, PartialRequest request) {
        var part = presignatures.partial(
                keyId, request.presignature().toArray(), request.players(), key -> task(key, request));
        var scheme = KeyNames.schemeOf(part.key().description().scheme());
        return new PartialSignature(
                player,
                keyId,
                request.presignature(),
                Bytes.of(part.request()),
                Bytes.of(part.share()),
                Bytes.of(part.nonce()),
                Bytes.of(part.commitments()),
                KeyNames.publicKey(scheme, part.publicKey()));
    }

    private Task task(LoadedKey key, PartialRequest request) {
        return key.sharing().scheme() == Scheme.ECDSA
                ? new Task.Ecdsa(requests.ecdsa(key, request))
                : new Task.Schnorr(requests.frost(key, request));
    }

    @Override
    public StandingOrder refill(String keyId, Refill request) {
        presignatures.order(keyId, request.players(), request.level());
        return new StandingOrder(player, keyId, request.players(), request.level());
    }

    @Override
    public PairApproval approvePair(Caller caller, String keyId, int peer) {
        var key = ring.offers(keyId).getFirst();
        int party = key.committee().party(peer);
        if (key.sharing().scheme() != Scheme.ECDSA || party == 0 || peer == player) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "player " + peer + " forms no pair with player " + player + " for key " + keyId);
        }
        boolean done = pairs.isApproved(key, party) && pairs.book().hasUsable(key, party);
        if (!done) {
            pairs.approve(key, party, caller.name());
        }
        return new PairApproval(player, keyId, peer, done ? ApprovalState.DONE : ApprovalState.APPROVED);
    }
}
