package quorate.testkit.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quorate.api.ApprovalState;
import quorate.api.BackupList;
import quorate.api.BackupRecord;
import quorate.api.BackupResult;
import quorate.api.BackupState;
import quorate.api.Bytes;
import quorate.api.CreateBackup;
import quorate.api.DeletedShare;
import quorate.api.Drill;
import quorate.api.GenerateKey;
import quorate.api.Json;
import quorate.api.KeyInfo;
import quorate.api.KeyList;
import quorate.api.KeyState;
import quorate.api.MalformedJson;
import quorate.api.Pair;
import quorate.api.PairApproval;
import quorate.api.PauseRequest;
import quorate.api.PauseState;
import quorate.api.Peer;
import quorate.api.ProblemCode;
import quorate.api.Ready;
import quorate.api.RecordDrill;
import quorate.api.Requirement;
import quorate.api.Requirements;
import quorate.api.Reshare;
import quorate.api.ResumeRequest;
import quorate.api.Scheme;
import quorate.api.SignRequest;
import quorate.api.SignResult;
import quorate.api.Status;
import quorate.api.UnsoundKey;

/**
 * Nodes that keep keys, presignatures, pauses and backups like real ones, and never speak to one another: whatever
 * they answer follows from what was asked, so that all answer the same. Keys, ECDSA signatures and the parts of
 * signatures are real, made with the whole key; other signatures are hashes.
 */
public final class FakeCluster implements AutoCloseable {
    public static final String USER_KEY = "qrt_user_0000";
    public static final String ADMIN_KEY = "qrt_admin_0000";
    public static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");

    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> approvals = ConcurrentHashMap.newKeySet();

    private FakeCluster(int count) {
        IntStream.rangeClosed(1, count).forEach(player -> nodes.add(new Node(player, count)));
    }

    public static FakeCluster of(int nodes) {
        return new FakeCluster(nodes);
    }

    public FakeNode node(int player) {
        return nodes.get(player - 1).http;
    }

    public List<FakeNode> nodes() {
        return nodes.stream().map(node -> node.http).toList();
    }

    /** What the node holds of the key. */
    public KeyInfo key(int player, String keyId) {
        var key = nodes.get(player - 1).keys.get(keyId);
        if (key == null) {
            throw new IllegalArgumentException("no key " + keyId);
        }
        return key;
    }

    /** What the node says of itself. */
    public Status status(int player) {
        return nodes.get(player - 1).status();
    }

    /** Lets the node hold this instead. */
    public void forge(int player, KeyInfo key) {
        nodes.get(player - 1).keys.put(key.keyId(), key);
    }

    /** Lets the node list this key as one that it cannot use. */
    public void spoil(int player, UnsoundKey key) {
        nodes.get(player - 1).keys.remove(key.keyId());
        nodes.get(player - 1).unsound.add(key);
    }

    public PauseState pause(int player) {
        return nodes.get(player - 1).pause;
    }

    /** From now on the nodes show this pair as banned, until both have approved. */
    public void ban(Pair pair) {
        nodes.forEach(node -> node.pairs.add(pair));
    }

    /** How many unused presignatures of the key the node holds. */
    public int presignatures(int player, String keyId) {
        return nodes.get(player - 1).presignatures.levels(keyId).count();
    }

    /** As after a restart of the node: what it held is gone, on this node only. */
    public void forgetPresignatures(int player) {
        nodes.get(player - 1).presignatures.deleteAll();
    }

    public List<BackupRecord> backups(int player) {
        return List.copyOf(nodes.get(player - 1).backups.values());
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.http.close());
    }

    private final class Node {
        private final int player;
        private final int count;
        private final FakeNode http;
        private final Map<String, KeyInfo> keys = new TreeMap<>();
        private final List<UnsoundKey> unsound = new ArrayList<>();
        private final Map<String, FakeKey> dealt = new TreeMap<>();
        private final List<Pair> pairs = new CopyOnWriteArrayList<>();
        private final FakePresignatures presignatures;
        private final Map<String, BackupRecord> backups = new TreeMap<>();
        private final List<Drill> drills = new ArrayList<>();
        private PauseState pause;

        Node(int player, int count) {
            this.player = player;
            this.count = count;
            this.pause = new PauseState(player, false, null, null, null, null);
            this.presignatures = new FakePresignatures(player);
            this.http = new FakeNode(player, this::answer);
        }

        private synchronized void answer(FakeNode.Call call, HttpExchange exchange) throws IOException {
            try {
                var steps = call.path().split("/", -1);
                if (call.path().startsWith("/v1/health/")) {
                    reply(exchange, 200, Ready.yes(player));
                } else if (!List.of("Bearer " + USER_KEY, "Bearer " + ADMIN_KEY).contains(call.authorization())) {
                    refuse(exchange, ProblemCode.UNAUTHENTICATED, "no such API key");
                } else if (call.route().equals("GET /v1/status")) {
                    reply(exchange, 200, status());
                } else if (call.route().equals("POST /v1/keys")) {
                    generate(Json.readRequest(call.body(), GenerateKey.class), exchange);
                } else if (call.route().equals("GET /v1/keys")) {
                    reply(exchange, 200, new KeyList(player, List.copyOf(keys.values()), List.copyOf(unsound)));
                } else if (call.path().startsWith("/v1/keys/")) {
                    key(call, steps[3], exchange);
                } else if (call.route().equals("DELETE /v1/presignatures")) {
                    reply(exchange, 200, presignatures.deleteAll());
                } else if (call.route().equals("POST /v1/pause")) {
                    pause(Json.readRequest(call.body(), PauseRequest.class));
                    reply(exchange, 200, pause);
                } else if (call.route().equals("POST /v1/resume")) {
                    resume(Json.readRequest(call.body(), ResumeRequest.class).since());
                    reply(exchange, 200, pause);
                } else if (call.route().equals("GET /v1/requirements")) {
                    reply(exchange, 200, new Requirements(player, List.of(new Requirement(
                            "master key", "key file /n" + player + "/master.key", "ab12", null))));
                } else if (call.path().startsWith("/v1/backups")) {
                    backup(call, steps, exchange);
                } else {
                    refuse(exchange, ProblemCode.NOT_FOUND, call.path());
                }
            } catch (MalformedJson e) {
                refuse(exchange, e.code(), e.detail());
            }
        }

        private Status status() {
            var peers = others().stream().map(other -> new Peer(other, true, NOW)).toList();
            return new Status(
                    player,
                    "0.1.0",
                    FakePresignatures.incarnation(player),
                    true,
                    keys.size(),
                    pause,
                    peers,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.copyOf(pairs),
                    keys.keySet().stream()
                            .mapToInt(key -> presignatures.levels(key).count())
                            .sum(),
                    drills.isEmpty() ? null : drills.getFirst());
        }

        private List<Integer> others() {
            return IntStream.rangeClosed(1, count).filter(other -> other != player).boxed().toList();
        }

        private void generate(GenerateKey request, HttpExchange exchange) throws IOException {
            var existing = keys.get(request.keyId());
            var key = FakeKey.of(request);
            if (pause.paused()) {
                refuse(exchange, ProblemCode.PAUSED, "paused by " + pause.by());
            } else if (existing != null && !existing.shareId().equals(key.shareId())) {
                refuse(exchange, ProblemCode.KEY_EXISTS, "key " + request.keyId() + " exists");
            } else {
                dealt.put(request.keyId(), key);
                keys.put(request.keyId(), info(request, key));
                reply(exchange, 201, info(request, key));
            }
        }

        private KeyInfo info(GenerateKey request, FakeKey key) {
            var purpose = request.purpose();
            return new KeyInfo(
                    player,
                    request.keyId(),
                    key.publicKey(key.point()),
                    Bytes.of(key.point().encode()),
                    request.curve(),
                    request.scheme(),
                    request.threshold(),
                    request.players(),
                    0,
                    key.shareId(),
                    Bytes.of(key.chainCode()),
                    purpose == null ? "" : purpose,
                    request.attributes().minPathLength(),
                    request.attributes().messagesOnly(),
                    request.attributes().presignatures(),
                    key.commitment(),
                    KeyState.ACTIVE,
                    NOW.plusMillis(player));
        }

        private void key(FakeNode.Call call, String keyId, HttpExchange exchange)
                throws IOException, MalformedJson {
            var key = keys.get(keyId);
            var dealer = dealt.get(keyId);
            if (key == null || dealer == null) {
                refuse(exchange, ProblemCode.KEY_NOT_FOUND, "node " + player + " holds no share of key " + keyId);
                return;
            }
            var below = call.path().substring(("/v1/keys/" + keyId).length());
            if (below.startsWith("/presignatures") || below.equals("/partial-signatures") || below.equals("/refill")) {
                presignatures.answer(call, below, key, dealer, exchange);
            } else if (below.endsWith("/approval")) {
                reply(exchange, 200, approval(keyId, Integer.parseInt(below.split("/", -1)[2])));
            } else if (call.method().equals("DELETE")) {
                keys.remove(keyId);
                reply(exchange, 200, new DeletedShare(player, keyId, key.epoch()));
            } else if (below.equals("/reshare")) {
                reshare(key, Json.readRequest(call.body(), Reshare.class), exchange);
            } else if (below.equals("/signatures")) {
                sign(key, dealer, Json.readRequest(call.body(), SignRequest.class), exchange);
            } else {
                reply(exchange, 200, key);
            }
        }

        /** A sharing that only its name tells from the former one; asked for again, the same. */
        private void reshare(KeyInfo key, Reshare request, HttpExchange exchange) throws IOException {
            var shareId = hash(key.keyId() + request.sessionId());
            if (pause.paused()) {
                refuse(exchange, ProblemCode.PAUSED, "paused by " + pause.by());
                return;
            }
            if (!key.shareId().equals(shareId)) {
                presignatures.forget(key.keyId());
                keys.put(key.keyId(), renewed(key, shareId));
            }
            reply(exchange, 200, FakeCluster.this.key(player, key.keyId()));
        }

        private static KeyInfo renewed(KeyInfo key, Bytes shareId) {
            return new KeyInfo(
                    key.player(),
                    key.keyId(),
                    key.publicKey(),
                    key.point(),
                    key.curve(),
                    key.scheme(),
                    key.threshold(),
                    key.players(),
                    key.epoch() + 1,
                    shareId,
                    key.chainCode(),
                    key.purpose(),
                    key.minPathLength(),
                    key.messagesOnly(),
                    key.presignatures(),
                    key.commitment(),
                    key.state(),
                    key.createdAt());
        }

        /** The pair is out of use no longer when both nodes were asked. */
        private PairApproval approval(String keyId, int peer) {
            var both = Stream.of(player, peer).sorted().toList();
            approvals.add(keyId + " " + player + " " + peer);
            boolean done = approvals.contains(keyId + " " + peer + " " + player);
            if (done) {
                nodes.forEach(node -> node.pairs.removeIf(
                        pair -> pair.keyId().equals(keyId) && pair.players().equals(both)));
            }
            return new PairApproval(player, keyId, peer, done ? ApprovalState.DONE : ApprovalState.APPROVED);
        }

        private void sign(KeyInfo key, FakeKey dealer, SignRequest request, HttpExchange exchange)
                throws IOException {
            if (request.players().size() < key.threshold()) {
                refuse(exchange, ProblemCode.REFUSED, "COM-5: " + key.threshold() + " players needed");
            } else if (request.hash() != null && (key.messagesOnly() || key.scheme() != Scheme.ECDSA)) {
                refuse(exchange, ProblemCode.HASH_REFUSED, "key " + key.keyId() + " signs messages");
            } else if (key.scheme() == Scheme.ECDSA) {
                var signer = new FakeEcdsa(dealer, request);
                var signed = signer.sign();
                reply(exchange, 200, new SignResult(
                        player,
                        key.keyId(),
                        request.sessionId(),
                        signed.compact(),
                        dealer.publicKey(signer.publicKey()),
                        request.players(),
                        signed.der(),
                        signed.recoveryId()));
            } else {
                var signature = Bytes.parse(
                        hash("r" + request.sessionId()).hex() + hash(key.keyId() + request.message()).hex());
                var signer = dealer.at(request.pathOrRoot()).point();
                reply(exchange, 200, new SignResult(
                        player,
                        key.keyId(),
                        request.sessionId(),
                        signature,
                        dealer.publicKey(signer),
                        request.players()));
            }
        }

        private void pause(PauseRequest request) {
            if (!pause.paused() || !request.keepsExisting()) {
                var until = request.limit().map(NOW::plus);
                pause = new PauseState(
                        player, true, "admin", orNull(until), request.reason(), NOW.plus(Duration.ofNanos(1000)));
            }
        }

        private void resume(@Nullable Instant since) {
            if (since == null || since.equals(pause.since())) {
                pause = new PauseState(player, false, null, null, null, null);
            }
        }

        private void backup(FakeNode.Call call, String[] steps, HttpExchange exchange)
                throws IOException, MalformedJson {
            if (call.method().equals("GET")) {
                reply(exchange, 200, new BackupList(player, List.copyOf(backups.values()), drills));
            } else if (steps.length == 3) {
                var id = Json.readRequest(call.body(), CreateBackup.class).backupId();
                backups.put(id, record(id, BackupState.INCOMPLETE, Bytes.of(), ""));
                var content = ("fake backup " + id + " of node " + player).getBytes(StandardCharsets.UTF_8);
                FakeNode.send(exchange, 200, "application/octet-stream", content);
            } else if (steps[4].equals("drills")) {
                var said = Json.readRequest(call.body(), RecordDrill.class);
                drills.addFirst(
                        new Drill(steps[3], NOW, "admin", said.ok(), said.keys(), said.signed(), said.detail()));
                reply(exchange, 200, drills.getFirst());
            } else if (!backups.containsKey(steps[3])) {
                refuse(exchange, ProblemCode.NOT_FOUND, "no backup " + steps[3]);
            } else {
                var result = Json.readRequest(call.body(), BackupResult.class);
                backups.put(steps[3], record(steps[3], result.state(), result.digest(), result.detail()));
                reply(exchange, 200, backups.get(steps[3]));
            }
        }

        private BackupRecord record(String id, BackupState state, Bytes digest, String detail) {
            return new BackupRecord(player, id, NOW, keys.size(), state, digest, detail, null);
        }

        private void refuse(HttpExchange exchange, ProblemCode code, String detail) throws IOException {
            FakeNode.refuse(exchange, player, code, detail);
        }

        private static void reply(HttpExchange exchange, int status, Object body) throws IOException {
            FakeNode.reply(exchange, status, body);
        }

        private static @Nullable Instant orNull(java.util.Optional<Instant> time) {
            return time.orElse(null);
        }

        private static Bytes hash(String text) {
            try {
                return Bytes.of(
                        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
