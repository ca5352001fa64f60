package quorate.node.key;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import quorate.algebra.DecodingException;
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
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Operation;
import quorate.rounds.Proposal;
import quorate.rounds.Refused;
import quorate.store.Database;
import quorate.store.KeyDescription;
import quorate.store.NewPairState;
import quorate.transfer.Import;
import quorate.transfer.ImportTerms;
import quorate.transfer.ImportedShare;

/**
 * One session of an import (protocols.md 7.3) on this node, and its result as a PENDING record of the commit protocol (5.4).
 * Before that record is written nothing is stored but that the export was tried.
 */
public final class ImportCeremony {
    /** With the message of this round a party says that it has a result, so others may have one. */
    private static final int LAST_ROUND = 3;

    private static final int ROLE = 1;
    private static final long NOTHING_OFFERED = -1;

    private final Database database;
    private final Presence presence;
    private final Sessions sessions;
    private final Commits commits;
    private final Certificates certificates;
    private final SecureRandom random;
    private final Duration limit;

    /** @param limit how long a session may take */
    public ImportCeremony(
            Database database,
            Presence presence,
            Sessions sessions,
            Commits commits,
            Certificates certificates,
            SecureRandom random,
            Duration limit) {
        this.database = database;
        this.presence = presence;
        this.sessions = sessions;
        this.commits = commits;
        this.certificates = certificates;
        this.random = random;
        this.limit = limit;
    }

    /** What an import comes down to when everything was checked (IMP-3). */
    record Order(String keyId, Bytes sessionId, Committee committee, ImportTerms terms) {
        Octets key() {
            return KeyOperations.name(keyId);
        }

        Octets operation() {
            return Octets.of(sessionId.toArray());
        }
    }

    /** The session, then PENDING. Returns what the commit comes to. */
    CompletableFuture<State> run(Order order, ImportedShare brought, Secrets secrets) throws InterruptedException {
        var header = brought.header();
        var committee = order.committee();
        var entries = presence.entries(committee, committee.players()).stream().map(ImportCeremony::inRole).toList();
        var me = inRole(presence.self().entry(committee.party(presence.self().player())));
        var players = new TreeMap<Integer, Integer>();
        committee.playersByParty().forEach((party, player) -> players.put(Entry.address(ROLE, party), player));
        var parties = new HashSet<Octets>();
        committee.members().values().forEach(member -> parties.add(Octets.of(member.id().bytes())));
        var proposal = new Proposal(
                Operation.IMPORT,
                header.publicKey().group(),
                header.scheme().code(),
                order.key().bytes(),
                header.players(),
                header.degree(),
                committee.digest(),
                entries,
                me,
                order.operation().bytes(),
                order.terms().params(),
                List.of(),
                header.publicKey().encode(),
                certificates.top(order.keyId(), NOTHING_OFFERED),
                new byte[0],
                certificates.judge(order.key(), parties, header.degree()),
                header.epoch());
        var degrees = Degrees.of(header.degree());
        var agreed = new AtomicReference<Optional<Agreement>>(Optional.empty());
        var round = new int[1];
        commits.began(order.operation());
        try {
            var draw = database.useNodeSecret(secret -> new HedgedDraw(random, secret, me, secrets));
            var imported = sessions.run(
                    proposal,
                    players,
                    limit,
                    agreement -> {
                        agreed.set(Optional.of(agreement));
                        return Import.start(agreement, brought, draw, secrets);
                    },
                    reached -> round[0] = reached);
            return store(order, brought, imported, me.index(), degrees);
        } catch (CeremonyException e) {
            agreed.get()
                    .filter(agreement -> round[0] >= LAST_ROUND)
                    .ifPresent(agreement -> commits.refuse(Import.operation(agreement), degrees));
            throw new ProblemException(CeremonyProblems.of(e, players, order.sessionId()));
        } catch (SessionUsed e) {
            throw new ProblemException(ProblemCode.SESSION_USED, String.valueOf(e.getMessage()));
        } finally {
            commits.ended(order.operation());
        }
    }

    /** All nodes of an import are of its new committee. */
    private static Entry inRole(Entry entry) {
        return new Entry(
                ROLE, entry.index(), entry.id(), entry.incarnation(), entry.database(), entry.statementKey());
    }

    private CompletableFuture<State> store(
            Order order, ImportedShare brought, NewShare imported, int party, Degrees degrees) throws Refused {
        var sharing = imported.share().sharing();
        var attributes = brought.header().attributes();
        var description = new KeyDescription(
                order.keyId(),
                KeyNames.nameOf(sharing.scheme()).wireName(),
                KeyNames.nameOf(sharing.group()).wireName(),
                purpose(attributes),
                quorate.store.Bytes.of(attributes));
        var share = imported.share().secret().exposeFor(Purpose.SEALING);
        var pairs = imported.pairs().values().stream()
                .map(pair -> new NewPairState(
                        pair.peer(),
                        quorate.store.Bytes.of(pair.setup()),
                        pair.generation(),
                        pair.exposeFor(Purpose.SEALING)))
                .toList();
        try {
            database.imports()
                    .record(
                            quorate.store.Bytes.of(brought.header().exportId()),
                            order.keyId(),
                            quorate.store.Bytes.of(order.operation().bytes()));
            return commits.prepare(
                    imported.operation(),
                    degrees,
                    imported.setups(),
                    description,
                    LoadedKey.store(sharing, order.committee(), party),
                    share,
                    pairs);
        } finally {
            Arrays.fill(share, (byte) 0);
            pairs.forEach(pair -> Arrays.fill(pair.state(), (byte) 0));
        }
    }

    private static String purpose(byte[] attributes) {
        try {
            return Attributes.decode(attributes).purpose();
        } catch (DecodingException e) {
            throw new IllegalStateException("attributes are read before the session", e);
        }
    }
}
