package quorate.node.key;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.api.ProblemCode;
import quorate.commit.Octets;
import quorate.commit.State;
import quorate.dealing.NewSharing;
import quorate.key.KeyRecord;
import quorate.node.commit.Certificates;
import quorate.node.commit.Commits;
import quorate.node.config.Roster;
import quorate.node.problem.CeremonyProblems;
import quorate.node.problem.ProblemException;
import quorate.node.session.Seat;
import quorate.node.session.SessionUsed;
import quorate.node.session.Sessions;
import quorate.reshare.ReceivedShare;
import quorate.reshare.Redistribution;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Offer;
import quorate.rounds.Proposal;
import quorate.rounds.Protocol;
import quorate.store.Database;

/**
 * One session of a redistribution or copy (protocols.md 5.2) on this node: as a dealer or observer, as a member of the
 * new committee, or as both at once. Its result becomes a PENDING record of the commit protocol (5.4).
 */
public final class RedistributionCeremony {
    /** With the message of this round a party says that it has a result, so others may have one. */
    private static final int LAST_ROUND = 3;

    private static final long NOTHING_OFFERED = -1;

    private final Database database;
    private final KeyRing keys;
    private final Presence presence;
    private final Sessions sessions;
    private final Commits commits;
    private final Certificates certificates;
    private final Freshness freshness;
    private final Supplier<Roster> roster;
    private final RedistributedShares shares;
    private final SecureRandom random;
    private final Duration limit;

    /**
     * @param roster the players as they are known now
     * @param limit how long a session may take
     */
    public RedistributionCeremony(
            Database database,
            KeyRing keys,
            Presence presence,
            Sessions sessions,
            Commits commits,
            Certificates certificates,
            Freshness freshness,
            Supplier<Roster> roster,
            SecureRandom random,
            Duration limit) {
        this.database = database;
        this.keys = keys;
        this.presence = presence;
        this.sessions = sessions;
        this.commits = commits;
        this.certificates = certificates;
        this.freshness = freshness;
        this.roster = roster;
        this.shares = new RedistributedShares(commits);
        this.random = random;
        this.limit = limit;
    }

    /** The session, then PENDING. Returns what the commit comes to. */
    CompletableFuture<State> run(RedistributionPlan what, Octets opId) throws InterruptedException {
        if (what.held().isPresent()) {
            freshness.require(what.keyId(), what.present());
        }
        var players = what.players();
        var entries = new ArrayList<>(presence.entries(0, what.old(), what.present()));
        entries.addAll(presence.entries(1, what.fresh(), what.fresh().players()));
        var agreed = new AtomicReference<Optional<Agreement>>(Optional.empty());
        var round = new AtomicInteger();
        commits.began(opId);
        try (var ofOld = new Secrets();
                var ofNew = new Secrets()) {
            var told = new Told(what, entries, opId, agreed, round);
            return run(what, players, told.asOld(ofOld), told.asNew(ofNew));
        } catch (CeremonyException e) {
            agreed.get()
                    .filter(agreement -> round.get() >= LAST_ROUND && what.commits(me()))
                    .ifPresent(agreement -> commits.refuse(what.plan().refusal(agreement), what.degrees()));
            freshness.compareAfter(e, KeyOperations.name(what.keyId()).bytes());
            throw new ProblemException(CeremonyProblems.of(e, players, what.request().sessionId()));
        } catch (SessionUsed e) {
            throw new ProblemException(ProblemCode.SESSION_USED, String.valueOf(e.getMessage()));
        } finally {
            commits.ended(opId);
        }
    }

    private CompletableFuture<State> run(
            RedistributionPlan what,
            SortedMap<Integer, Integer> players,
            Optional<Seat<NewSharing>> asOld,
            Optional<Seat<ReceivedShare>> asNew)
            throws CeremonyException, SessionUsed, InterruptedException {
        if (asOld.isPresent() && asNew.isPresent()) {
            var both = sessions.run(asOld.get(), asNew.get(), players, limit);
            return shares.store(what, both.second(), me());
        }
        if (asNew.isPresent()) {
            return shares.store(what, run(asNew.get(), players), me());
        }
        var made = run(asOld.orElseThrow(), players);
        return what.commits(me())
                ? commits.prepareToLeave(made.operation(), what.degrees())
                // A dealer of a copy has nothing to commit to: its key is as it was.
                : CompletableFuture.completedFuture(State.CLEAN);
    }

    private <R> R run(Seat<R> seat, SortedMap<Integer, Integer> players)
            throws CeremonyException, SessionUsed, InterruptedException {
        return sessions.run(seat.proposal(), players, limit, seat.protocol(), seat.progress());
    }

    private int me() {
        return presence.self().player();
    }

    /** What both seats of this node are told about one session, and what they tell of it. */
    private final class Told {
        private final RedistributionPlan what;
        private final List<Entry> entries;
        private final Octets opId;
        private final AtomicReference<Optional<Agreement>> agreed;
        private final AtomicInteger round;

        Told(
                RedistributionPlan what,
                List<Entry> entries,
                Octets opId,
                AtomicReference<Optional<Agreement>> agreed,
                AtomicInteger round) {
            this.what = what;
            this.entries = entries;
            this.opId = opId;
            this.agreed = agreed;
            this.round = round;
        }

        Optional<Seat<NewSharing>> asOld(Secrets secrets) {
            return what.held().map(key -> {
                var me = presence.self().entry(0, key.party());
                var offer = new Offer(key.sharing().epoch(), key.sharing().shareId());
                return seat(me, List.of(offer), agreement -> {
                    if (!what.deals(me())) {
                        return Redistribution.observe(agreement, what.plan(), key.sharing());
                    }
                    var share = keys.open(key, secrets);
                    var hedge = secrets.keep(share.secret().exposeFor(Purpose.HEDGING));
                    var draw = new HedgedDraw(random, hedge, me, secrets);
                    return Redistribution.deal(agreement, what.plan(), share, record(key), draw, secrets);
                });
            });
        }

        Optional<Seat<ReceivedShare>> asNew(Secrets secrets) {
            if (!what.receives(me())) {
                return Optional.empty();
            }
            var me = presence.self().entry(1, what.fresh().party(me()));
            var draw = database.useNodeSecret(secret -> new HedgedDraw(random, secret, me, secrets));
            return Optional.of(seat(
                    me, List.of(), agreement -> Redistribution.receive(agreement, what.plan(), draw, secrets)));
        }

        private <R> Seat<R> seat(Entry me, List<Offer> offers, Protocol<R> protocol) {
            return new Seat<>(
                    proposal(me, offers),
                    agreement -> {
                        agreed.set(Optional.of(agreement));
                        return protocol.start(agreement);
                    },
                    reached -> round.accumulateAndGet(reached, Math::max));
        }

        private Proposal proposal(Entry me, List<Offer> offers) {
            var request = what.request();
            long offered = offers.isEmpty() ? NOTHING_OFFERED : offers.getFirst().epoch();
            var name = KeyOperations.name(what.keyId());
            return new Proposal(
                    what.plan().operation(),
                    KeyNames.group(request.curve()),
                    KeyNames.scheme(request.scheme()).code(),
                    name.bytes(),
                    what.old().size(),
                    request.threshold() - 1,
                    what.old().digest(),
                    entries,
                    me,
                    opId.bytes(),
                    what.plan().params(),
                    offers,
                    request.publicKey().toArray(),
                    request.copies() ? new byte[0] : certificates.top(what.keyId(), offered),
                    new byte[0],
                    certificates.judge(name, witnesses(), request.threshold() - 1));
        }

        /** Whose statements prove an epoch: the parties of this node's record, or, without one, all players (5.4). */
        private Set<Octets> witnesses() {
            var ids = new HashSet<Octets>();
            what.held().ifPresentOrElse(
                    key -> key.committee().members().values().forEach(member -> ids.add(Octets.of(member.id().bytes()))),
                    () -> roster.get().players().forEach(card -> ids.add(Octets.of(card.id().bytes()))));
            return ids;
        }
    }

    private static KeyRecord record(LoadedKey key) {
        var ids = key.committee().members().values().stream()
                .map(member -> member.id().bytes())
                .toList();
        return KeyRecord.of(key.sharing(), ids, key.description().attributes().toArray());
    }
}
