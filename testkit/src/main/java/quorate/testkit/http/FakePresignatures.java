package quorate.testkit.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import quorate.api.Bytes;
import quorate.api.DeletedPresignatures;
import quorate.api.HandOut;
import quorate.api.Json;
import quorate.api.KeyInfo;
import quorate.api.MalformedJson;
import quorate.api.NextPresignature;
import quorate.api.PartialRequest;
import quorate.api.PartialSignature;
import quorate.api.Presign;
import quorate.api.PresignatureLevels;
import quorate.api.PresignaturePool;
import quorate.api.Presigned;
import quorate.api.ProblemCode;
import quorate.api.Refill;
import quorate.api.Scheme;
import quorate.api.StandingOrder;

/** The presignatures of one fake node: their ids, each of which is used once. Nothing else is kept of them. */
final class FakePresignatures {
    private static final int ID_BYTES = 32;
    private static final int INCARNATION_BYTES = 8;

    private final int player;
    private final Map<String, Map<String, Pool>> pools = new TreeMap<>();
    private final Set<Bytes> handedOut = new HashSet<>();

    FakePresignatures(int player) {
        this.player = player;
    }

    /** Those of one set of players. */
    private static final class Pool {
        private final List<Integer> players;
        private final Set<Bytes> ids = new LinkedHashSet<>();
        private int level;

        Pool(List<Integer> players) {
            this.players = players;
        }
    }

    static Bytes incarnation(int player) {
        return hash("inc" + player);
    }

    private Map<String, Pool> pools(String keyId) {
        return pools.computeIfAbsent(keyId, id -> new TreeMap<>());
    }

    private Pool pool(String keyId, List<Integer> players) {
        return pools(keyId).computeIfAbsent(players.toString(), name -> new Pool(players));
    }

    synchronized PresignatureLevels levels(String keyId) {
        var levels = pools(keyId).values().stream()
                .filter(pool -> !pool.ids.isEmpty() || pool.level > 0)
                .map(pool ->
                        new PresignaturePool(pool.players, pool.ids.size(), pool.level == 0 ? null : pool.level))
                .toList();
        return new PresignatureLevels(
                player, keyId, levels.stream().mapToInt(PresignaturePool::count).sum(), levels);
    }

    synchronized DeletedPresignatures deleteAll() {
        int deleted = 0;
        for (var keyId : List.copyOf(pools.keySet())) {
            deleted += wipe(pools(keyId).values().stream().toList());
        }
        return new DeletedPresignatures(player, deleted);
    }

    private static int wipe(List<Pool> some) {
        int wiped = some.stream().mapToInt(pool -> pool.ids.size()).sum();
        some.forEach(pool -> pool.ids.clear());
        return wiped;
    }

    synchronized void answer(FakeNode.Call call, String below, KeyInfo key, FakeKey dealer, HttpExchange exchange)
            throws IOException, MalformedJson {
        var keyId = key.keyId();
        switch (call.method() + " " + below) {
            case "GET /presignatures" -> FakeNode.reply(exchange, 200, levels(keyId));
            case "POST /presignatures" -> presign(key, Json.readRequest(call.body(), Presign.class), exchange);
            case "DELETE /presignatures" -> FakeNode.reply(
                    exchange, 200, new DeletedPresignatures(player, delete(keyId, call.query())));
            case "POST /presignatures/next" ->
                next(keyId, Json.readRequest(call.body(), NextPresignature.class).players(), exchange);
            case "POST /partial-signatures" ->
                sign(key, dealer, Json.readRequest(call.body(), PartialRequest.class), exchange);
            case "PUT /refill" -> FakeNode.reply(
                    exchange, 200, order(keyId, Json.readRequest(call.body(), Refill.class)));
            default -> FakeNode.refuse(exchange, player, ProblemCode.METHOD_NOT_ALLOWED, call.route());
        }
    }

    private void presign(KeyInfo key, Presign request, HttpExchange exchange) throws IOException {
        if (!key.presignatures()) {
            FakeNode.refuse(exchange, player, ProblemCode.PRESIGNATURES_OFF, "key " + key.keyId());
            return;
        }
        var ids = new ArrayList<Bytes>();
        var processes = request.players().stream()
                .map(p -> incarnation(p).hex().substring(0, 2 * INCARNATION_BYTES))
                .collect(Collectors.joining());
        for (int k = 0; k < request.count(); k++) {
            ids.add(Bytes.parse(hash("presig" + request.sessionId() + k) + processes));
        }
        pool(key.keyId(), request.players()).ids.addAll(ids);
        FakeNode.reply(exchange, 200, new Presigned(player, key.keyId(), request.players(), ids));
    }

    /** As after a reshare of the key. */
    synchronized void forget(String keyId) {
        wipe(pools(keyId).values().stream().toList());
    }

    private int delete(String keyId, String query) {
        if (query.startsWith("presignature=")) {
            var id = Bytes.parse(query.substring("presignature=".length()));
            return (int) pools(keyId).values().stream().filter(pool -> pool.ids.remove(id)).count();
        }
        var named = query.startsWith("players=") ? query.substring("players=".length()) : "";
        return wipe(pools(keyId).values().stream()
                .filter(pool -> named.isEmpty()
                        || pool.players.stream().map(String::valueOf).collect(Collectors.joining(",")).equals(named))
                .toList());
    }

    private void next(String keyId, List<Integer> players, HttpExchange exchange) throws IOException {
        var free = pool(keyId, players).ids.stream().filter(id -> !handedOut.contains(id)).findFirst();
        if (free.isEmpty()) {
            FakeNode.refuse(exchange, player, ProblemCode.NO_PRESIGNATURE, "none of players " + players);
            return;
        }
        handedOut.add(free.get());
        FakeNode.reply(exchange, 200, new HandOut(player, keyId, free.get()));
    }

    private StandingOrder order(String keyId, Refill order) {
        pool(keyId, order.players()).level = order.level();
        return new StandingOrder(player, keyId, order.players(), order.level());
    }

    private void sign(KeyInfo key, FakeKey dealer, PartialRequest request, HttpExchange exchange)
            throws IOException {
        if (!pool(key.keyId(), request.players()).ids.remove(request.presignature())) {
            FakeNode.refuse(exchange, player, ProblemCode.PRESIGNATURE_SPENT, "presignature " + request.presignature());
            return;
        }
        var presigId = Arrays.copyOf(request.presignature().toArray(), ID_BYTES);
        var parties = request.players().stream().map(p -> key.players().indexOf(p) + 1).toList();
        int place = request.players().indexOf(player);
        var publicKey = dealer.publicKey(dealer.at(request.pathOrRoot()).point());
        if (key.scheme() == Scheme.ECDSA) {
            var part = new FakeEcdsa(dealer, request).part(presigId, place, parties.size());
            FakeNode.reply(exchange, 200, new PartialSignature(
                    player,
                    key.keyId(),
                    request.presignature(),
                    part.request(),
                    part.share(),
                    part.nonce(),
                    Bytes.of(),
                    publicKey));
        } else {
            var part = new FakeFrost(dealer, request).part(presigId, parties.get(place), parties);
            FakeNode.reply(exchange, 200, new PartialSignature(
                    player,
                    key.keyId(),
                    request.presignature(),
                    part.request(),
                    part.share(),
                    Bytes.of(),
                    part.commitments(),
                    publicKey));
        }
    }

    private static Bytes hash(String text) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
