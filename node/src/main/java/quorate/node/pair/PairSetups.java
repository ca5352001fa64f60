package quorate.node.pair;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.commit.Octets;
import quorate.node.key.KeyRing;
import quorate.node.key.LoadedKey;
import quorate.node.key.Presence;
import quorate.node.problem.ProblemException;
import quorate.node.session.SessionUsed;
import quorate.node.session.Sessions;
import quorate.pair.PairSetup;
import quorate.pair.PairState;
import quorate.rounds.CeremonyException;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Offer;
import quorate.rounds.Operation;
import quorate.rounds.Proposal;
import quorate.rounds.Protocol;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.NewPairState;
import quorate.store.StoreException;

/**
 * Makes pair states anew (PAIRSETUP of protocols.md 3.6): when a session needs one that is missing, when one has served
 * long enough, and after a ban, once administrators of both nodes have approved it (PAIR-4). The node of the lower player
 * invites; both then run one session.
 */
final class PairSetups {
    private static final Logger LOG = LoggerFactory.getLogger(PairSetups.class);

    /** "pair state: sessions before rotation / age", protocols.md 0.1. */
    private static final long MAX_USES = 1L << 30;

    private static final Duration MAX_AGE = Duration.ofDays(90);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    /** Whoever waits is woken when a set-up ends; this is for what ends no set-up, such as a ban or a lost message. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(500);

    private static final int SESSION_BYTES = 32;

    /** What a peer can make this node do: so many set-ups at a time, and a pause after each of a pair. */
    private static final int RUNNING_PER_PEER = 64;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How many a look for worn states begins. */
    private static final int WORN_AT_ONCE = 16;

    /** A peer that runs ahead further would use up all generations that there are (PAIR-3). */
    private static final long MOST_AHEAD = 1L << 20;

    private final Database database;
    private final KeyRing keys;
    private final PairBook book;
    private final Presence presence;
    private final Sessions sessions;
    private final PairLinks links;
    private final SecureRandom random;
    private final Clock clock;
    private final Duration limit;
    private final Map<Octets, Invited> invited = new ConcurrentHashMap<>();
    private final Map<Place, Integer> running = new ConcurrentHashMap<>();
    private final Map<Place, Long> ended = new ConcurrentHashMap<>();

    private final Turns turns = new Turns();

    private record Place(String keyId, Bytes shareId, int party) {}

    private record Invited(int player, CompletableFuture<PairFrame> answer) {}

    /** @param limit how long a session may take */
    PairSetups(
            Database database,
            KeyRing keys,
            PairBook book,
            Presence presence,
            Sessions sessions,
            PairLinks links,
            SecureRandom random,
            Clock clock,
            Duration limit) {
        this.database = database;
        this.keys = keys;
        this.book = book;
        this.presence = presence;
        this.sessions = sessions;
        this.links = links;
        this.random = random;
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * Waits, bounded, until there is a pair state with each of these parties, and brings it about where there is none: a
     * missing one is made by the first session that needs it. Whether the peer sees it likewise is for AGREE to find out.
     */
    void ensure(LoadedKey key, Set<Integer> parties) throws InterruptedException {
        long seen = turns.count();
        var missing = new TreeSet<>(parties);
        missing.remove(key.party());
        missing.removeAll(book.usablePeers(key));
        missing.forEach(party -> begin(key, party));
        long begun = System.nanoTime();
        while (!missing.isEmpty() && missing.stream().allMatch(party -> mayBecome(key, party, System.nanoTime() - begun))) {
            turns.await(seen, LOOK_AGAIN_AFTER);
            seen = turns.count();
            missing.removeAll(book.usablePeers(key));
        }
    }

    /** A set-up ends by itself; the peer that was asked for one begins soon or not at all. */
    private boolean mayBecome(LoadedKey key, int party, long waited) {
        return isRunning(key, party)
                || (waited < ANSWER_WITHIN.toNanos()
                        && isApproved(key, party)
                        && presence.self().player() > player(key, party));
    }

    /** Starts a set-up with {@code party}, or asks the peer to, without waiting for it. */
    void begin(LoadedKey key, int party) {
        if (!isApproved(key, party)) {
            return;
        }
        int player = player(key, party);
        if (presence.self().player() > player) {
            var wish = new PairFrame.Wish(Octets.of(key.sharing().keyId()), Octets.of(key.sharing().shareId()));
            links.sendAboutPair(player, wish.encode());
        } else if (running.putIfAbsent(place(key, party), player) == null) {
            inBackground(key, party, () -> invite(key, party));
        }
    }

    /** The same because of what a peer said, who may say it as often as it likes. */
    void renew(LoadedKey key, int party) {
        if (!isBusy(key, party)) {
            begin(key, party);
        }
    }

    /** Whether a set-up with {@code party} goes on. */
    boolean isRunning(LoadedKey key, int party) {
        return running.containsKey(place(key, party));
    }

    private boolean isBusy(LoadedKey key, int party) {
        ended.values().removeIf(end -> System.nanoTime() - end > PAUSE.toNanos());
        int player = player(key, party);
        return ended.containsKey(place(key, party))
                || running.values().stream().filter(other -> other == player).count() >= RUNNING_PER_PEER;
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /** Of a place that is {@link #running}. */
    private void inBackground(LoadedKey key, int party, Work work) {
        Thread.ofVirtual().name("pair-setup").start(() -> {
            try {
                work.run();
            } catch (ProblemException | StoreException | IllegalArgumentException e) {
                LOG.warn("pair set-up with player {} on key {} failed: {}", player(key, party), PairBook.keyId(key), e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                running.remove(place(key, party));
                turns.next();
            }
        });
    }

    /** PAIR-4: no ban between these two since the last approval here. */
    boolean isApproved(LoadedKey key, int party) {
        return database.bans().unapproved(PairBook.keyId(key), id(key, party)).isEmpty();
    }

    /** An administrator of this node allows a set-up after all bans known here. */
    void approve(LoadedKey key, int party, String by) {
        database.bans().approve(PairBook.keyId(key), id(key, party), by);
        begin(key, party);
    }

    /** To be called now and then: replaces what has served long enough (protocols.md 3.6, rotation). */
    void rotate() {
        var worn = new ArrayList<>(database.pairStates().worn(MAX_USES, clock.instant().minus(MAX_AGE)));
        // Those whose peer is away must not keep the others from their turn.
        Collections.shuffle(worn, random);
        worn.stream()
                .flatMap(state -> find(state.keyId(), state.shareId())
                        .filter(key -> PairBook.isUsable(key, state))
                        .filter(key -> isNewest(key, state.peer(), state.generation()))
                        .map(key -> new Worn(key, state.peer()))
                        .stream())
                .limit(WORN_AT_ONCE)
                .forEach(due -> begin(due.key(), due.party()));
    }

    private record Worn(LoadedKey key, int party) {}

    private boolean isNewest(LoadedKey key, int party, long generation) {
        return book.generation(key, party) == generation;
    }

    private void invite(LoadedKey key, int party) throws InterruptedException {
        var sessionId = new byte[SESSION_BYTES];
        random.nextBytes(sessionId);
        var name = Octets.of(sessionId);
        var answer = new CompletableFuture<PairFrame>();
        invited.put(name, new Invited(player(key, party), answer));
        try {
            var invitation = new PairFrame.Invitation(
                    Octets.of(key.sharing().keyId()),
                    Octets.of(key.sharing().shareId()),
                    name,
                    book.generation(key, party) + 1);
            links.sendAboutPair(player(key, party), invitation.encode());
            switch (answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                case PairFrame.Acceptance acceptance -> run(key, party, sessionId, acceptance.generation());
                case PairFrame.Decline decline ->
                    LOG.info("player {} declines a pair set-up of key {}: {}", player(key, party), PairBook.keyId(key), decline.reason());
                case PairFrame.Wish wish -> {}
                case PairFrame.Invitation other -> {}
                case PairFrame.Shown shown -> {}
            }
        } catch (TimeoutException e) {
            LOG.info("player {} does not answer an invitation to a pair set-up", player(key, party));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            invited.remove(name);
        }
    }

    /** A frame of {@code player} about a pair with this node, other than a ban. */
    void received(int player, PairFrame frame) {
        switch (frame) {
            case PairFrame.Wish wish -> find(wish.keyId(), wish.shareId())
                    .filter(key -> key.committee().party(player) > key.party())
                    .ifPresent(key -> renew(key, key.committee().party(player)));
            case PairFrame.Invitation invitation -> accept(player, invitation);
            case PairFrame.Acceptance acceptance -> answered(player, acceptance.sessionId(), acceptance);
            case PairFrame.Decline decline -> answered(player, decline.sessionId(), decline);
            case PairFrame.Shown shown -> {}
        }
    }

    private void answered(int player, Octets sessionId, PairFrame answer) {
        var waiting = invited.get(sessionId);
        if (waiting != null && waiting.player() == player) {
            waiting.answer().complete(answer);
        }
    }

    private void accept(int player, PairFrame.Invitation invitation) {
        var key = find(invitation.keyId(), invitation.shareId());
        int party = key.map(found -> found.committee().party(player)).orElse(0);
        if (key.isEmpty() || party == 0 || party >= key.get().party()) {
            decline(player, invitation, "no such sharing, or not yours to invite to");
        } else if (!isApproved(key.get(), party)) {
            decline(player, invitation, "PAIR-4: banned, and not approved here");
        } else if (isBusy(key.get(), party)) {
            decline(player, invitation, "one has just ended, or too many are running");
        } else {
            accept(player, key.get(), party, invitation);
        }
    }

    private void accept(int player, LoadedKey key, int party, PairFrame.Invitation invitation) {
        long mine = book.generation(key, party) + 1;
        // proposed: 1 + the larger
        long generation = Math.max(invitation.generations(), mine);
        if (generation - mine > MOST_AHEAD) {
            decline(player, invitation, "PAIR-3: the generation is too far ahead");
        } else if (running.putIfAbsent(place(key, party), player) != null) {
            decline(player, invitation, "one is running");
        } else {
            links.sendAboutPair(player, new PairFrame.Acceptance(invitation.sessionId(), generation).encode());
            inBackground(key, party, () -> run(key, party, invitation.sessionId().bytes(), generation));
        }
    }

    private void decline(int player, PairFrame.Invitation invitation, String reason) {
        links.sendAboutPair(player, new PairFrame.Decline(invitation.sessionId(), reason).encode());
    }

    private void run(LoadedKey key, int party, byte[] sessionId, long generation) throws InterruptedException {
        int player = player(key, party);
        var pair = Set.of(presence.self().player(), player);
        var players = key.committee().playersByParty();
        players.values().retainAll(pair);
        long current = book.generation(key, party);
        if (generation - current > MOST_AHEAD) {
            throw new IllegalArgumentException("PAIR-3: generation " + generation + " is too far ahead of " + current);
        }
        try (var secrets = new Secrets()) {
            var me = presence.self().entry(key.party());
            var proposal = proposal(key, presence.entries(key.committee(), pair), me, sessionId, generation, party);
            Protocol<PairState> protocol = agreement -> {
                var share = keys.open(key, secrets);
                var hedge = secrets.keep(share.secret().exposeFor(Purpose.HEDGING));
                return PairSetup.start(agreement, generation, current, new HedgedDraw(random, hedge, me, secrets), secrets);
            };
            store(key, party, sessions.run(proposal, players, limit, protocol), secrets);
        } catch (CeremonyException | SessionUsed e) {
            LOG.warn("pair set-up with player {} on key {} failed: {}", player, PairBook.keyId(key), e.getMessage());
        } finally {
            ended.put(place(key, party), System.nanoTime());
        }
    }

    private void store(LoadedKey key, int party, PairState state, Secrets secrets) {
        var exposed = secrets.keep(state.exposeFor(Purpose.SEALING));
        boolean stored = database.pairStates()
                .add(
                        PairBook.keyId(key),
                        PairBook.shareId(key),
                        id(key, party),
                        new NewPairState(party, Bytes.of(state.setup()), state.generation(), exposed));
        LOG.info(
                "pair {}-{} of key {}: generation {} {}",
                presence.self().player(),
                player(key, party),
                PairBook.keyId(key),
                state.generation(),
                stored ? "is set up" : "was dropped, for a ban came up meanwhile (PAIR-4)");
    }

    private Proposal proposal(
            LoadedKey key, List<Entry> entries, Entry me, byte[] sessionId, long generation, int party) {
        var sharing = key.sharing();
        return new Proposal(
                Operation.PAIR_SETUP,
                sharing.group(),
                sharing.scheme().code(),
                sharing.keyId(),
                sharing.players(),
                sharing.degree(),
                key.committee().digest(),
                entries,
                me,
                sessionId,
                PairSetup.params(generation),
                List.of(new Offer(sharing.epoch(), sharing.shareId())),
                sharing.publicKey().encode(),
                new byte[0],
                book.offers(List.of(key), Set.of(party)).encode());
    }

    private Optional<LoadedKey> find(Octets keyId, Octets shareId) {
        return find(new String(keyId.bytes(), StandardCharsets.UTF_8), Bytes.of(shareId.bytes()));
    }

    private Optional<LoadedKey> find(String keyId, Bytes shareId) {
        try {
            return keys.offers(keyId).stream()
                    .filter(key -> Arrays.equals(key.sharing().shareId(), shareId.toArray()))
                    .findFirst();
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static Place place(LoadedKey key, int party) {
        return new Place(PairBook.keyId(key), PairBook.shareId(key), party);
    }

    private static int player(LoadedKey key, int party) {
        var member = key.committee().members().get(party);
        if (member == null) {
            throw new IllegalArgumentException("no party " + party);
        }
        return member.player();
    }

    private static Bytes id(LoadedKey key, int party) {
        var member = key.committee().members().get(party);
        if (member == null) {
            throw new IllegalArgumentException("no party " + party);
        }
        return Bytes.of(member.id().bytes());
    }
}
