package quorate.node.key;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.api.GenerateKey;
import quorate.api.ProblemCode;
import quorate.commit.Degrees;
import quorate.commit.Octets;
import quorate.commit.Participant;
import quorate.commit.State;
import quorate.dealing.NewShare;
import quorate.keygen.Keygen;
import quorate.node.commit.Commits;
import quorate.node.config.Roster;
import quorate.node.problem.CeremonyProblems;
import quorate.node.problem.ProblemException;
import quorate.node.session.SessionUsed;
import quorate.node.session.Sessions;
import quorate.rounds.CeremonyException;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Proposal;
import quorate.rounds.Refused;
import quorate.store.Database;
import quorate.store.KeyDescription;
import quorate.store.NewPairState;

/**
 * One session of key generation (protocols.md 1.1) on this node, and its result as a PENDING record of the
 * commit protocol (5.4). Before that record is written nothing is stored.
 */
public final class KeygenCeremony {
    /** With the message of this round a party says that it has a result, so others may have one. */
    private static final int LAST_ROUND = 3;

    private final Database database;
    private final Presence presence;
    private final Sessions sessions;
    private final Commits commits;
    private final Supplier<Roster> roster;
    private final SecureRandom random;
    private final Duration limit;

    /**
     * Runs sessions among the players of the roster as it is known now.
     *
     * @param limit how long a session may take
     */
    public KeygenCeremony(
            Database database,
            Presence presence,
            Sessions sessions,
            Commits commits,
            Supplier<Roster> roster,
            SecureRandom random,
            Duration limit) {
        this.database = database;
        this.presence = presence;
        this.sessions = sessions;
        this.commits = commits;
        this.roster = roster;
        this.random = random;
        this.limit = limit;
    }

    /** The players of the request are players of this installation, this one among them. */
    void requirePlayers(GenerateKey request) {
        if (request.players().getLast() > roster.get().size()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "player " + request.players().getLast() + " is not in the roster of " + roster.get().size());
        }
        if (!request.players().contains(presence.self().player())) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "players " + request.players() + " do not include player " + presence.self().player());
        }
    }

    /** The session, then PENDING. Returns what the commit comes to. */
    CompletableFuture<State> run(GenerateKey request, Octets keyId, Octets opId) throws InterruptedException {
        var committee = Committee.of(request.players().stream()
                .map(player -> {
                    var card = roster.get().player(player);
                    return new Committee.Member(player, card.tlsPin(), card.statementKey());
                })
                .toList());
        var entries = presence.entries(committee, request.players());
        var me = presence.self().entry(committee.party(presence.self().player()));
        var group = KeyNames.group(request.curve());
        var purpose = request.purpose() == null ? "" : request.purpose();
        var attributes = new Attributes(purpose, request.attributes()).encode();
        var proposal = new Proposal(
                quorate.rounds.Operation.KEYGEN,
                group,
                KeyNames.scheme(request.scheme()).code(),
                keyId.bytes(),
                committee.size(),
                request.threshold() - 1,
                committee.digest(),
                entries,
                me,
                opId.bytes(),
                List.of(attributes),
                List.of(),
                new byte[0],
                new byte[0],
                new byte[0]);
        var degrees = Degrees.of(request.threshold() - 1);
        var round = new int[1];
        commits.began(opId);
        try (var secrets = new Secrets()) {
            var draw = database.useNodeSecret(secret -> new HedgedDraw(random, secret, me, secrets));
            var generated = sessions.run(
                    proposal,
                    committee.playersByParty(),
                    limit,
                    agreement -> Keygen.start(agreement, draw, secrets),
                    reached -> round[0] = reached);
            return store(request, purpose, attributes, committee, entries, me, generated, opId, keyId, degrees);
        } catch (CeremonyException e) {
            if (round[0] >= LAST_ROUND) {
                commits.refuse(withoutResult(keyId, opId, entries), degrees);
            }
            throw new ProblemException(CeremonyProblems.of(e, committee.playersByParty(), request.sessionId()));
        } catch (SessionUsed e) {
            throw new ProblemException(ProblemCode.SESSION_USED, String.valueOf(e.getMessage()));
        } finally {
            commits.ended(opId);
        }
    }

    private CompletableFuture<State> store(
            GenerateKey request,
            String purpose,
            byte[] attributes,
            Committee committee,
            List<Entry> entries,
            Entry me,
            NewShare generated,
            Octets opId,
            Octets keyId,
            Degrees degrees)
            throws Refused {
        var sharing = generated.share().sharing();
        var operation = new quorate.commit.Operation(
                quorate.rounds.Operation.KEYGEN.protocolId(),
                opId,
                keyId,
                Octets.EMPTY,
                sharing.epoch(),
                Octets.of(sharing.shareId()),
                entries.stream().map(Participant::of).toList(),
                generated.confirmation().digest());
        var description = new KeyDescription(
                request.keyId(),
                request.scheme().wireName(),
                request.curve().wireName(),
                purpose,
                quorate.store.Bytes.of(attributes));
        var share = generated.share().secret().exposeFor(Purpose.SEALING);
        var pairs = generated.pairs().values().stream()
                .map(pair -> new NewPairState(
                        pair.peer(),
                        quorate.store.Bytes.of(pair.setup()),
                        pair.generation(),
                        pair.exposeFor(Purpose.SEALING)))
                .toList();
        try {
            return commits.prepare(
                    operation,
                    degrees,
                    generated.setups(),
                    description,
                    LoadedKey.store(sharing, committee, me.index()),
                    share,
                    pairs);
        } finally {
            Arrays.fill(share, (byte) 0);
            pairs.forEach(pair -> Arrays.fill(pair.state(), (byte) 0));
        }
    }

    private static quorate.commit.Operation withoutResult(Octets keyId, Octets opId, List<Entry> entries) {
        return new quorate.commit.Operation(
                quorate.rounds.Operation.KEYGEN.protocolId(),
                opId,
                keyId,
                Octets.EMPTY,
                0,
                Octets.EMPTY,
                entries.stream().map(Participant::of).toList(),
                Octets.EMPTY);
    }
}
