package quorate.node.pair;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.DecodingException;
import quorate.api.Pair;
import quorate.commit.Octets;
import quorate.ecdsa.Verdicts;
import quorate.node.config.Roster;
import quorate.node.key.KeyRing;
import quorate.node.key.LoadedKey;
import quorate.node.key.Presence;
import quorate.node.session.Sessions;
import quorate.pair.Ban;
import quorate.rounds.Agreement;
import quorate.rounds.Disagreement;
import quorate.rounds.StatementVerifier;
import quorate.store.Database;

/** Everything about the pairs of this node: their states, verdicts over them, and what their nodes say to each other. */
public final class Pairs {
    private static final Logger LOG = LoggerFactory.getLogger(Pairs.class);

    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final PairBook book;
    private final PairVerdicts verdicts;
    private final PairSetups setups;
    private final BanExchange bans;
    private final PairsOutOfUse outOfUse;
    private final Sessions sessions;
    private final Supplier<Roster> roster;
    private final int me;
    private final BiConsumer<String, String> event;
    private final List<Runnable> afterBan = new CopyOnWriteArrayList<>();
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());

    /**
     * @param limit how long a session may take
     * @param event takes what an operator should see: kind and detail
     */
    public Pairs(
            Database database,
            KeyRing keys,
            Presence presence,
            Supplier<Roster> roster,
            Sessions sessions,
            PairLinks links,
            StatementVerifier verifier,
            SecureRandom random,
            Clock clock,
            Duration limit,
            BiConsumer<String, String> event) {
        var self = presence.self();
        this.sessions = sessions;
        this.roster = roster;
        this.me = self.player();
        this.event = event;
        book = new PairBook(database, clock, limit.multipliedBy(2));
        verdicts = new PairVerdicts(database, self, this::raised);
        setups = new PairSetups(database, keys, book, presence, sessions, links, random, clock, limit);
        outOfUse = new PairsOutOfUse(database, keys, book, setups, self.player(), roster);
        bans = new BanExchange(
                database, self, roster, verifier, links, this::learned, detail -> event.accept("rolled-back", detail));
    }

    public PairBook book() {
        return book;
    }

    /** For the sessions of one sharing. */
    public Verdicts verdicts(LoadedKey key) {
        return verdicts.of(key);
    }

    /** Waits, bounded, until there is a pair state with each of these parties. */
    public void ensure(LoadedKey key, Set<Integer> parties) throws InterruptedException {
        setups.ensure(key, parties);
    }

    /**
     * The setups that a session uses. Where none is common, a set-up begins for the next session.
     *
     * @throws Disagreement PAIR-2 naming the parties with whom there is none in common
     */
    public SortedMap<Integer, Octets> choose(LoadedKey key, Agreement agreement) throws Disagreement {
        try {
            return book.choose(key, agreement);
        } catch (Disagreement e) {
            var without = agreement.parties();
            without.remove(agreement.me());
            without.removeAll(book.common(key, agreement).keySet());
            without.forEach(party -> setups.renew(key, party));
            throw e;
        }
    }

    /** What else must happen after a ban, by this node or known from a peer: it voids presignatures of the pair. */
    public void afterBan(Runnable action) {
        afterBan.add(action);
    }

    /**
     * An administrator allows a fresh set-up with {@code party} after a ban (PAIR-4); it begins when the other node's has
     * too.
     */
    public void approve(LoadedKey key, int party, String by) {
        setups.approve(key, party, by);
        event.accept("pair-approved", "a new set-up with party " + party + " of key " + PairBook.keyId(key) + ", by " + by);
    }

    /** Whether no administrator has to approve a set-up with {@code party} here. */
    public boolean isApproved(LoadedKey key, int party) {
        return setups.isApproved(key, party);
    }

    /** The pairs of this node that cannot sign together now, and the bans that its peers told of. */
    public List<Pair> outOfUse() {
        return outOfUse.list();
    }

    /** The link to {@code player} is up. */
    public void linkUp(int player) {
        bans.linkUp(player);
    }

    /** A frame of {@code player} about a pair came. */
    public void received(int player, byte[] bytes) {
        try {
            switch (PairFrame.decode(bytes)) {
                case PairFrame.Shown shown -> bans.shown(player, shown.ban());
                case PairFrame.Wish wish -> setups.received(player, wish);
                case PairFrame.Invitation invitation -> setups.received(player, invitation);
                case PairFrame.Acceptance acceptance -> setups.received(player, acceptance);
                case PairFrame.Decline decline -> setups.received(player, decline);
            }
        } catch (DecodingException e) {
            LOG.warn("dropped a malformed frame of player {} about a pair: {}", player, e.getMessage());
        }
    }

    /** To be called every second: replaces, once a minute, pair states that have served long enough. */
    public void rotate() {
        long now = System.nanoTime();
        if (now - lookedAt.get() >= LOOK_EVERY.toNanos()) {
            lookedAt.set(now);
            setups.rotate();
        }
    }

    private void raised(PairVerdicts.Raised raised) {
        var key = raised.key();
        sessions.abort(key.sharing().keyId(), raised.player());
        event.accept(
                "pair-banned",
                raised.check().id() + ": pair " + me + "-" + raised.player() + " of key " + PairBook.keyId(key)
                        + " is banned; see the runbook banned-pair");
        bans.show(raised.ban(), others());
        afterBan.forEach(Runnable::run);
    }

    private void learned(Ban ban) {
        var key = new String(ban.keyId().bytes(), StandardCharsets.UTF_8);
        event.accept("pair-banned", "a peer's ban on key " + key + ": pair " + pair(ban));
        afterBan.forEach(Runnable::run);
    }

    private String pair(Ban ban) {
        return bans.player(ban.by()) + "-" + bans.player(ban.against());
    }

    private Collection<Integer> others() {
        var others = new TreeSet<Integer>();
        roster.get().players().forEach(card -> others.add(card.player()));
        others.remove(me);
        return others;
    }
}
