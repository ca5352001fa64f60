package quorate.sdk;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import quorate.api.Bytes;
import quorate.api.DeletedPresignatures;
import quorate.api.ExportMode;
import quorate.api.GenerateKey;
import quorate.api.ImportKey;
import quorate.api.KeyInfo;
import quorate.api.PresignatureLevels;
import quorate.api.ProblemCode;
import quorate.api.Ready;
import quorate.api.Refill;
import quorate.api.Reshare;
import quorate.api.Scheme;
import quorate.api.SignResult;
import quorate.api.StandingOrder;
import quorate.api.Status;
import quorate.api.WrappingKey;

/**
 * All nodes of an application at once: asks every participating node for the same under one random session id,
 * compares the answers, and names the nodes that differ. Every call throws {@link TsmException}. Safe for use by
 * several threads.
 */
public final class Tsm implements AutoCloseable {
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(500);

    private final TreeMap<Integer, TsmClient> nodes = new TreeMap<>();
    private final SessionIds ids;
    private final SignatureRequest signatures;
    private final QuorumSearch search;
    private final Presigning presigning;
    private final PresignatureUse presignatures;
    private final Map<String, List<Integer>> lastQuorum = new ConcurrentHashMap<>();

    /** The clients are closed together with this. */
    public Tsm(Collection<TsmClient> clients, SecureRandom random) {
        clients.forEach(client -> nodes.put(client.player(), client));
        if (nodes.isEmpty() || nodes.size() != clients.size()) {
            throw new IllegalArgumentException("one client for every node, and at least one");
        }
        this.ids = new SessionIds(random);
        this.search = new QuorumSearch(nodes.values());
        this.signatures = new SignatureRequest(ids);
        this.presigning = new Presigning(ids);
        this.presignatures = new PresignatureUse(
                new PoolSearch(nodes.values()),
                new PartialSigning(new KeyRecords(), Tsm::combiner),
                players -> among(players).values());
    }

    private static Combiner combiner(Scheme scheme) {
        return switch (scheme) {
            case SCHNORR, BIP340 -> new FrostCombiner();
            case ECDSA -> new EcdsaCombiner();
        };
    }

    /**
     * Generates a key. When this returns, every player holds its share for good. If answers are missing, the same
     * request is repeated under the same id, which joins the operation at the nodes.
     */
    public KeyInfo generateKey(NewKey key) {
        var players = key.players().isEmpty() ? List.copyOf(nodes.keySet()) : key.players();
        var request = new GenerateKey(
                ids.next(),
                key.keyId().isEmpty() ? ids.keyId() : key.keyId(),
                key.scheme(),
                key.curve(),
                key.threshold(),
                players,
                key.purpose(),
                key.attributes().minPathLength(),
                key.attributes().messagesOnly(),
                key.attributes().presignatures());
        return new KeyOperation<>("key generation", BETWEEN_ROUNDS, among(players), TsmClient::player, TsmClient::readiness)
                .run(request.sessionId(), client -> client.generateKey(request));
    }

    /**
     * Gives every player of the key a new share; the public key stays. When this returns, every player holds its new
     * share for good, and the former shares are worthless. If answers are missing, the same request is repeated under
     * the same id, which joins the operation at the nodes.
     *
     * @param administrators of the nodes; only those of the players of the key are asked, and none of them may be missing
     */
    public KeyInfo reshare(String keyId, Collection<AdminClient> administrators) {
        var players = showKey(keyId).agreed().players();
        var asked = among(administrators, players);
        if (!List.copyOf(asked.keySet()).equals(players)) {
            throw new IllegalArgumentException(
                    "a reshare needs an administrator of each of " + players + ", not only of " + asked.keySet());
        }
        return reshare(keyId, asked, ids.next());
    }

    /**
     * The same with some of the administrators: those of the other players ask theirs for the same, within the time
     * that a session may take.
     *
     * @param sessionId the same for all, never used before
     */
    public KeyInfo reshare(String keyId, Collection<AdminClient> administrators, Bytes sessionId) {
        var asked = among(administrators, showKey(keyId).agreed().players());
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("none of the administrators is one of a player of key " + keyId);
        }
        return reshare(keyId, asked, sessionId);
    }

    private static SortedMap<Integer, AdminClient> among(Collection<AdminClient> administrators, List<Integer> players) {
        var asked = new TreeMap<Integer, AdminClient>();
        administrators.stream()
                .filter(administrator -> players.contains(administrator.player()))
                .forEach(administrator -> asked.put(administrator.player(), administrator));
        return asked;
    }

    private static KeyInfo reshare(String keyId, SortedMap<Integer, AdminClient> asked, Bytes sessionId) {
        var request = new Reshare(sessionId);
        return new KeyOperation<>("reshare", BETWEEN_ROUNDS, asked, AdminClient::player, AdminClient::readiness)
                .run(request.sessionId(), administrator -> administrator.reshare(keyId, request));
    }

    /**
     * Exports a key: every administrator's node makes the wrapped share of its index. The live key stays as it is.
     *
     * @param administrators of at least {@code threshold} players of the key; for a move of all of them
     * @param order what every node is asked; players and session id are filled in here
     */
    public WrappedKey export(String keyId, Collection<AdminClient> administrators, Exporting order) {
        var players = showKey(keyId).agreed().players();
        var asked = new TreeMap<Integer, AdminClient>();
        administrators.stream()
                .filter(administrator -> players.contains(administrator.player()))
                .forEach(administrator -> asked.put(administrator.player(), administrator));
        if (order.mode() == ExportMode.MOVE && !List.copyOf(asked.keySet()).equals(players)) {
            throw new IllegalArgumentException(
                    "a move needs an administrator of each of " + players + ", not only of " + asked.keySet());
        }
        var request = order.request(ids.next(), List.copyOf(asked.keySet()));
        var answers = new FanOut<>(asked.values(), AdminClient::player)
                .askTogether(administrator -> administrator.export(keyId, request));
        answers.requireAll();
        return WrappedKey.of(answers.given().values().stream().map(WrappedShare::of).toList());
    }

    /**
     * Imports a key that was wrapped for these nodes. When this returns, every player holds its share for good. If answers
     * are missing, the same request is repeated under the same id, which joins the operation at the nodes.
     */
    public KeyInfo importKey(WrappedKey wrapped, Importing order) {
        var players = order.players().isEmpty() ? List.copyOf(nodes.keySet()) : order.players();
        var common = wrapped.common();
        if (players.size() != common.players() || wrapped.shares().size() != common.players()) {
            throw WrappedKey.unsound("the key has " + common.players() + " shares; there are " + wrapped.shares().size()
                    + " of them, for " + players.size() + " nodes");
        }
        var sessionId = ids.next();
        var keyId = order.keyId().isEmpty() ? new String(common.keyId(), StandardCharsets.UTF_8) : order.keyId();
        var requests = new TreeMap<Integer, ImportKey>();
        wrapped.shares().forEach((index, share) -> requests.put(
                players.get(index - 1),
                new ImportKey(
                        sessionId,
                        keyId,
                        players,
                        order.publicKey(),
                        order.chainCode().orElse(null),
                        Bytes.of(common.commonHash()),
                        Bytes.of(common.exportId()),
                        order.source().isEmpty() ? null : order.source(),
                        order.source().isEmpty() ? null : wrapped.signatures(),
                        share.header(),
                        share.blob(),
                        order.evenIfHeld() ? Boolean.TRUE : null)));
        return new KeyOperation<>("import", BETWEEN_ROUNDS, among(players), TsmClient::player, TsmClient::readiness)
                .run(sessionId, client -> client.importKey(Objects.requireNonNull(requests.get(client.player()))));
    }

    /** The wrapping key of every node. */
    public Answers<WrappingKey> wrappingKeys() {
        return each(TsmClient::wrappingKey);
    }

    /** Signs with a quorum that can sign now. */
    public SignResult sign(String keyId, Bytes message) {
        return sign(Signing.of(keyId, message));
    }

    /**
     * Signs with the named players, or with {@code threshold} of those that can sign now. Without named players a
     * failure that another quorum may not have is tried once more, without the nodes that failed.
     */
    public SignResult sign(Signing signing) {
        if (!signing.players().isEmpty()) {
            return signedBy(signing, signing.players());
        }
        var last = lastQuorum.get(signing.keyId());
        var quorum = last == null ? search.quorumFor(signing.keyId(), Set.of()) : last;
        lastQuorum.put(signing.keyId(), quorum);
        try {
            return signedBy(signing.with(quorum), quorum);
        } catch (TsmException failure) {
            lastQuorum.remove(signing.keyId());
            var other = anotherQuorum(signing.keyId(), failure);
            var signed = signedBy(signing.with(other), other);
            lastQuorum.put(signing.keyId(), other);
            return signed;
        }
    }

    /** A pair whose nodes were just setting up anew, as after a restore, has agreed by the second try. */
    private SignResult signedBy(Signing signing, List<Integer> quorum) {
        try {
            return signatures.run(signing, among(quorum).values());
        } catch (TsmException failure) {
            if (failure.code() != ProblemCode.PAIR_STATE_DIVERGED) {
                throw failure;
            }
            return signatures.run(signing, among(quorum).values());
        }
    }

    private List<Integer> anotherQuorum(String keyId, TsmException failure) {
        if (!SignatureRequest.mayDifferElsewhere(failure)) {
            throw failure;
        }
        try {
            return search.quorumFor(keyId, SignatureRequest.suspects(failure));
        } catch (TsmException none) {
            failure.addSuppressed(none);
            throw failure;
        }
    }

    /**
     * Makes presignatures of the named players, or of {@code threshold} of those that can sign now. Only all of them
     * together can use these.
     */
    public PresignedBatch presign(String keyId, List<Integer> players, int count) {
        var chosen = quorum(keyId, players);
        return presigning.run(keyId, chosen, count, among(chosen).values());
    }

    /**
     * Signs from any presignature of the named players, or of players that hold some together: asks each of them once,
     * puts their parts together here and verifies the signature. If somebody else was faster, or players are gone that
     * were not named, another presignature is tried, once.
     */
    public PresignedSignature signWithPresignature(Signing signing) {
        requireNodes(signing.players());
        return presignatures.useNext(signing);
    }

    /** The same from this one and no other. Its players need not be named: the nodes recognise what they made. */
    public PresignedSignature signWithPresignature(Signing signing, Bytes presignatureId) {
        requireNodes(signing.players());
        return presignatures.use(signing, presignatureId);
    }

    /** How many unused presignatures of the key every node holds, and its standing orders. */
    public Answers<PresignatureLevels> presignatureCount(String keyId) {
        return each(client -> client.presignatures(keyId));
    }

    /** Wipes all unused presignatures of the key on all nodes. */
    public Answers<DeletedPresignatures> deletePresignatures(String keyId) {
        return each(client -> client.deletePresignatures(keyId));
    }

    /**
     * Gives every one of the players, or of {@code threshold} nodes that can sign now, the standing order to keep so
     * many presignatures; level 0 ends it.
     */
    public Answers<StandingOrder> refill(String keyId, List<Integer> players, int level) {
        var chosen = quorum(keyId, players);
        var order = new Refill(chosen, level);
        return new FanOut<>(among(chosen).values(), TsmClient::player).askEach(client -> client.refill(keyId, order));
    }

    private List<Integer> quorum(String keyId, List<Integer> players) {
        return players.isEmpty()
                ? search.quorumFor(keyId, Set.of())
                : players.stream().sorted().distinct().toList();
    }

    private void requireNodes(List<Integer> players) {
        among(players);
    }

    /** Compares what all nodes hold of the key. */
    public KeyView showKey(String keyId) {
        var answers = each(client -> client.key(keyId));
        return KeyView.of(answers).orElseThrow(() -> Failures.sum(answers.failures()));
    }

    /** All keys of all nodes, compared. A node that cannot be asked is in the inventory, not an exception. */
    public KeyInventory listKeys() {
        return KeyInventory.of(each(TsmClient::keyList));
    }

    public Answers<Status> status() {
        return each(TsmClient::status);
    }

    /** Which nodes can sign now. Needs no credential. */
    public Answers<Ready> ready() {
        return each(TsmClient::ready);
    }

    public Answers<Readiness> readiness() {
        return each(TsmClient::readiness);
    }

    /** The nodes that this knows, ascending. */
    public List<Integer> players() {
        return List.copyOf(nodes.keySet());
    }

    @Override
    public void close() {
        nodes.values().forEach(TsmClient::close);
    }

    private Map<Integer, TsmClient> among(List<Integer> players) {
        var chosen = new TreeMap<Integer, TsmClient>();
        for (int player : players) {
            var client = nodes.get(player);
            if (client == null) {
                throw new IllegalArgumentException("there is no node " + player + "; the nodes are " + nodes.keySet());
            }
            chosen.put(player, client);
        }
        return chosen;
    }

    private <T> Answers<T> each(Function<TsmClient, T> question) {
        return new FanOut<>(nodes.values(), TsmClient::player).askEach(question);
    }
}
