package quorate.node.key;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.commit.Degrees;
import quorate.commit.Octets;
import quorate.commit.State;
import quorate.dealing.NewShare;
import quorate.node.commit.Certificates;
import quorate.node.commit.Commits;
import quorate.node.problem.CeremonyProblems;
import quorate.node.problem.ProblemException;
import quorate.node.session.SessionUsed;
import quorate.node.session.Sessions;
import quorate.reshare.Refresh;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Offer;
import quorate.rounds.Proposal;
import quorate.rounds.Refused;
import quorate.store.NewPairState;

/**
 * One session of a refresh (protocols.md 5.1) on this node, and its result as a PENDING record of the commit protocol
 * (5.4). Before that record is written nothing is stored.
 */
public final class ReshareCeremony {
    /** With the message of this round a party says that it has a result, so others may have one. */
    private static final int LAST_ROUND = 3;

    private final KeyRing keys;
    private final Presence presence;
    private final Sessions sessions;
    private final Commits commits;
    private final Certificates certificates;
    private final Freshness freshness;
    private final SecureRandom random;
    private final Duration limit;

    /** @param limit how long a session may take */
    public ReshareCeremony(
            KeyRing keys,
            Presence presence,
            Sessions sessions,
            Commits commits,
            Certificates certificates,
            Freshness freshness,
            SecureRandom random,
            Duration limit) {
        this.keys = keys;
        this.presence = presence;
        this.sessions = sessions;
        this.commits = commits;
        this.certificates = certificates;
        this.freshness = freshness;
        this.random = random;
        this.limit = limit;
    }

    /** The session, then PENDING. Returns what the commit comes to. */
    CompletableFuture<State> run(String keyId, Bytes sessionId, Octets opId) throws InterruptedException {
        var key = keys.offers(keyId).getFirst();
        var players = key.committee().playersByParty();
        freshness.require(keyId, players.values());
        var entries = presence.entries(key.committee(), players.values());
        var me = presence.self().entry(key.party());
        var degrees = Degrees.of(key.sharing().degree());
        var agreed = new AtomicReference<Optional<Agreement>>(Optional.empty());
        var round = new int[1];
        commits.began(opId);
        try (var secrets = new Secrets()) {
            var renewed = sessions.run(
                    proposal(key, entries, me, opId),
                    players,
                    limit,
                    agreement -> {
                        agreed.set(Optional.of(agreement));
                        var share = keys.open(key, secrets);
                        var hedge = secrets.keep(share.secret().exposeFor(Purpose.HEDGING));
                        return Refresh.start(
                                agreement, share, new HedgedDraw(random, hedge, me, secrets), secrets);
                    },
                    reached -> round[0] = reached);
            return store(key, renewed, degrees);
        } catch (CeremonyException e) {
            agreed.get().filter(agreement -> round[0] >= LAST_ROUND).ifPresent(agreement ->
                    commits.refuse(Refresh.operation(agreement), degrees));
            freshness.compareAfter(e, key.sharing().keyId());
            throw new ProblemException(CeremonyProblems.of(e, players, sessionId));
        } catch (SessionUsed e) {
            throw new ProblemException(ProblemCode.SESSION_USED, String.valueOf(e.getMessage()));
        } finally {
            commits.ended(opId);
        }
    }

    /** Only the ACTIVE sharing is replaced; a second one that is offered belongs to an operation that is open (R0). */
    private Proposal proposal(LoadedKey key, List<Entry> entries, Entry me, Octets opId) {
        var sharing = key.sharing();
        var keyId = key.description().keyId();
        var parties = new HashSet<Octets>();
        key.committee().members().values().forEach(member -> parties.add(Octets.of(member.id().bytes())));
        return new Proposal(
                quorate.rounds.Operation.REFRESH,
                sharing.group(),
                sharing.scheme().code(),
                sharing.keyId(),
                sharing.players(),
                sharing.degree(),
                key.committee().digest(),
                entries,
                me,
                opId.bytes(),
                Refresh.params(),
                List.of(new Offer(sharing.epoch(), sharing.shareId())),
                sharing.publicKey().encode(),
                certificates.top(keyId, sharing.epoch()),
                new byte[0],
                certificates.judge(Octets.of(sharing.keyId()), parties, sharing.degree()));
    }

    private CompletableFuture<State> store(LoadedKey key, NewShare renewed, Degrees degrees) throws Refused {
        var share = renewed.share().secret().exposeFor(Purpose.SEALING);
        var pairs = renewed.pairs().values().stream()
                .map(pair -> new NewPairState(
                        pair.peer(),
                        quorate.store.Bytes.of(pair.setup()),
                        pair.generation(),
                        pair.exposeFor(Purpose.SEALING)))
                .toList();
        try {
            return commits.prepare(
                    renewed.operation(),
                    degrees,
                    renewed.setups(),
                    LoadedKey.store(renewed.share().sharing(), key.committee(), key.party()),
                    share,
                    pairs);
        } finally {
            Arrays.fill(share, (byte) 0);
            pairs.forEach(pair -> Arrays.fill(pair.state(), (byte) 0));
        }
    }
}
