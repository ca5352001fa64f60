package quorate.node;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.commit.CommitMachine;
import quorate.commit.Octets;
import quorate.commit.StatementKeys;
import quorate.node.backup.BackupCreation;
import quorate.node.commit.Certificates;
import quorate.node.commit.Commits;
import quorate.node.config.ConfigException;
import quorate.node.config.NodeConfig;
import quorate.node.config.Roster;
import quorate.node.export.ExportPolicy;
import quorate.node.export.WrappingKeys;
import quorate.node.http.ApiServer;
import quorate.node.identity.Bytes32;
import quorate.node.identity.NodeIdentity;
import quorate.node.identity.Statements;
import quorate.node.key.Declining;
import quorate.node.key.Freshness;
import quorate.node.key.HeldSharings;
import quorate.node.key.ImportCeremony;
import quorate.node.key.KeyAdoption;
import quorate.node.key.KeyExports;
import quorate.node.key.KeyGeneration;
import quorate.node.key.KeyImports;
import quorate.node.key.KeyOperations;
import quorate.node.key.KeyRing;
import quorate.node.key.KeygenCeremony;
import quorate.node.key.OperationReports;
import quorate.node.key.PauseGate;
import quorate.node.key.Presence;
import quorate.node.key.RepairCeremony;
import quorate.node.key.Redistributing;
import quorate.node.key.RedistributionCeremony;
import quorate.node.key.Requests;
import quorate.node.key.ReshareCeremony;
import quorate.node.key.Resharing;
import quorate.node.key.Resolution;
import quorate.node.key.Self;
import quorate.node.key.SettledKeys;
import quorate.node.key.ShareRepairs;
import quorate.node.key.Signing;
import quorate.node.link.Incarnation;
import quorate.node.link.LinkSettings;
import quorate.node.link.Links;
import quorate.node.local.LocalSocket;
import quorate.node.pair.Pairs;
import quorate.node.presign.KnownKeys;
import quorate.node.presign.PresignSession;
import quorate.node.presign.Presignatures;
import quorate.node.recovery.RecoveryProofs;
import quorate.node.session.Sessions;
import quorate.node.share.LocalShares;
import quorate.node.share.ShareBackups;
import quorate.node.share.ShareReturn;
import quorate.presign.ClockWatch;
import quorate.presign.Clocks;
import quorate.rounds.Driver;
import quorate.rounds.Workers;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.NotOwner;
import quorate.store.StoreException;

/**
 * One running node: takes its locks and its database, makes its links, answers its API, until it is closed or
 * has a reason to stop (protocols.md 15.1, 15.2).
 */
public final class Node implements AutoCloseable {
    /** Why a node ends. */
    public enum Ending {
        /** It was asked to. */
        STOPPED,
        /** Its database was rolled back: it has a new incarnation now and starts again (protocols.md 15.1). */
        RESTART,
        /** It must not go on: somebody else owns the database, or it is a copy of itself. */
        FAILED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final int INCARNATION_BYTES = 32;
    /** The longest payload of a frame before there are pair states: AGREE and openings are far below. */
    private static final int PAYLOAD_BYTES = 64 << 10;

    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final Duration LINK_PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOCAL_PATIENCE = Duration.ofSeconds(20);
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);

    private final Database database;
    private final ExecutorService compute;
    private final Mesh mesh;
    private final Sessions sessions;
    private final Presignatures presignatures;
    private final ShareRepairs repairs;
    private final Commits commits;
    private final Pairs pairs;
    private final EffectAlarm effect;
    private final StatusReport report;
    private final ApiServer server;
    private final Optional<LocalSocket> local;
    private final Duration drain;
    private final Thread watch;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Node(
            NodeConfig config,
            Roster roster,
            NodeIdentity identity,
            SecureRandom random,
            Clock clock,
            LongSupplier nanos)
            throws IOException, ConfigException {
        var inc = new byte[INCARNATION_BYTES];
        random.nextBytes(inc);
        drain = config.limits().drainTimeout();
        database = Database.open(StorageSettings.of(config, identity), Bytes.of(inc), random, clock);
        compute = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("compute-", 1).daemon().factory());
        mesh = new Mesh(clock, this::happened);
        try {
            StorageSettings.markStarted(config);
            var record = database.node();
            var self = new Self(identity, Bytes32.of(inc), Bytes32.of(record.dbi().toArray()));
            var verifier = new Statements();
            var driver = new Driver(Workers.of(compute), System::nanoTime, SETTLING);
            var clocks = new Clocks(clock, nanos);
            var jumps = new ClockWatch(clocks);
            sessions = new Sessions(mesh, driver, identity.statements(), verifier, PAYLOAD_BYTES, jumps::jumps);
            var players = Players.load(roster, database, clock, config.player());
            var ring = new KeyRing(database, self);
            StatementKeys statementKeys = players::statementKey;
            var me = Octets.of(self.id().bytes());
            var held = new HeldSharings(database, ring, sessions::areOffered);
            commits = new Commits(
                    new CommitMachine(
                            me,
                            Octets.of(self.database().bytes()),
                            statementKeys,
                            identity.statements(),
                            verifier),
                    statementKeys,
                    identity.statements(),
                    verifier,
                    database,
                    held,
                    mesh,
                    players::others,
                    clock,
                    config.limits().pendingDeadline(),
                    this::happened);
            var presence = new Presence(self, mesh, LINK_PATIENCE);
            var gate = new PauseGate(database, config.player(), clock, drain);
            var limit = config.limits().sessionDeadline();
            pairs = new Pairs(
                    database, ring, presence, players, sessions, mesh, verifier, random, clock, limit, this::happened);
            var ceremony = new KeygenCeremony(database, presence, sessions, commits, players, random, limit);
            var operations = new KeyOperations(
                    ring, commits, gate, new OperationReports(database, commits, players::others), limit);
            var declining = new Declining(sessions);
            var generation = new KeyGeneration(database, ceremony, operations, declining);
            var freshness = new Freshness(commits);
            var certificates = new Certificates(me, database, statementKeys, verifier);
            var resharing = new Resharing(
                    ring,
                    new ReshareCeremony(ring, presence, sessions, commits, certificates, freshness, random, limit),
                    operations,
                    declining);
            var redistributing = new Redistributing(
                    database,
                    ring,
                    new RedistributionCeremony(
                            database, ring, presence, sessions, commits, certificates, freshness, players, random, limit),
                    operations,
                    declining,
                    players,
                    config.player());
            repairs = new ShareRepairs(
                    database,
                    ring,
                    new RepairCeremony(database, ring, presence, sessions, commits, random),
                    commits,
                    players,
                    gate,
                    declining,
                    clock,
                    limit);
            var keys = new KnownKeys(database, ring, pairs.book(), self);
            presignatures = new Presignatures(
                    database,
                    ring,
                    keys,
                    new PresignSession(
                            ring, presence, sessions, pairs, Workers.of(compute), random, clocks, limit),
                    mesh,
                    config.limits().caps(),
                    config.limits().presignatureLifetime(),
                    jumps,
                    clocks,
                    random,
                    this::happened);
            pairs.afterBan(presignatures::review);
            commits.afterChange(presignatures::review);
            effect = new EffectAlarm(operations, clock, this::happened);
            commits.afterChange(ring::forgetRetired);
            var requests = new Requests(System::nanoTime);
            report = new StatusReport(
                    self, players, database, ring, operations, commits.staleness(), gate, mesh, presignatures::count, pairs, ending::isDone, clock);
            var settled = new SettledKeys(database, ring);
            var shares = new ShareBackups(
                    settled, ring, self, config.shareRecipients(), Software.VERSION, random, clock);
            var wrapping = new WrappingKeys(database, random);
            var exports = new KeyExports(
                    ring,
                    presence,
                    sessions,
                    new ExportPolicy(config.player(), config.exports()),
                    freshness,
                    declining,
                    random,
                    limit);
            var imports = new KeyImports(
                    database,
                    self,
                    players,
                    wrapping,
                    new ImportCeremony(database, presence, sessions, commits, certificates, random, limit),
                    operations,
                    declining,
                    verifier,
                    clock);
            var service = new NodeService(
                    config.player(),
                    players,
                    mesh::add,
                    database,
                    ring,
                    certificates,
                    generation,
                    resharing,
                    redistributing,
                    new Resolution(database, commits, operations),
                    new KeyAdoption(database, held, commits),
                    operations,
                    repairs,
                    new Signing(ring, presence, sessions, pairs, freshness, requests, random, limit),
                    gate,
                    new BackupCreation(
                            database,
                            self,
                            players,
                            BackupCreation.spool(config.file()),
                            Software.VERSION,
                            clock),
                    shares,
                    exports,
                    imports,
                    wrapping,
                    new RecoveryProofs(ring, settled, self, config.recoveryKeys(), random, clock),
                    report,
                    RestoreNeeds.of(config, identity, database),
                    new PresignatureService(config.player(), database, ring, requests, presignatures, pairs));
            commits.resume();
            mesh.attach(sessions, commits, pairs);
            mesh.attach(presignatures);
            var incarnation = new Incarnation(self.incarnation(), self.database(), record.startNo());
            mesh.connect(Links.open(
                    LinkSettings.defaults(config.mpc()),
                    identity,
                    players.get(),
                    incarnation,
                    new StoredLinks(database),
                    mesh,
                    clock,
                    random));
            // Links that came up before they could be written to have asked nobody.
            mesh.connected().forEach(player -> mesh.inOrder(() -> {
                pairs.linkUp(player);
                commits.linkUp(player);
            }));
            server = new ApiServer(service, config, identity.api());
            local = localSocket(
                    config,
                    new LocalShares(
                            database,
                            shares,
                            new ShareReturn(database, self, verifier),
                            keyId -> commits.compare(KeyOperations.name(keyId))),
                    random);
            watch = Thread.ofVirtual().name("watch").start(this::watch);
        } catch (IOException | ConfigException | RuntimeException e) {
            mesh.close();
            compute.shutdownNow();
            database.close();
            throw e;
        }
        LOG.info("player {} is up: api {}, mpc {}", config.player(), config.api(), config.mpc());
    }

    /**
     * Starts the node of a configuration file.
     *
     * @throws ConfigException naming file, setting and what to do
     * @throws StoreException if the database is refused
     * @throws IOException if an address is taken or a file cannot be read
     */
    public static Node start(Path configuration, SecureRandom random, Clock clock) throws ConfigException, IOException {
        return start(configuration, random, clock, System::nanoTime);
    }

    /** The same, with a monotonic clock that presignatures are judged by. */
    static Node start(Path configuration, SecureRandom random, Clock clock, LongSupplier nanos)
            throws ConfigException, IOException {
        var config = NodeConfig.load(configuration);
        var identity = NodeIdentity.load(config.identity(), config.player());
        var roster = Roster.load(config.roster());
        roster.requireMember(identity);
        return new Node(config, roster, identity, random, clock, nanos);
    }

    /** Done when the node has a reason to end. */
    public CompletableFuture<Ending> ending() {
        return ending;
    }

    /** Asks the node to end. */
    public void stop() {
        ending.complete(Ending.STOPPED);
    }

    /** Takes no more requests, lets running sessions finish for a while, closes the links, releases the database. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        repairs.close();
        local.ifPresent(LocalSocket::close);
        server.close();
        presignatures.close();
        long deadline = System.nanoTime() + drain.toNanos();
        try {
            while (sessions.running() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(Duration.ofMillis(20));
            }
            watch.interrupt();
            watch.join(EVERY_SECOND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        mesh.close();
        compute.shutdown();
        database.close();
        LOG.info("stopped");
    }

    /** The presignatures of this node. */
    Presignatures presignatures() {
        return presignatures;
    }

    Database database() {
        return database;
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(EVERY_SECOND);
                database.checkOwner();
                database.pairStates().settle();
                report.refresh();
                if (presignatures.tick()) {
                    sessions.abortAll();
                    database.checkOwner();
                    mesh.makeAnew();
                }
                mesh.inOrder(commits::tick);
                mesh.inOrder(effect::look);
                mesh.inOrder(pairs::rotate);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (NotOwner e) {
            LOG.error("PSG-3: {}", e.getMessage());
            ending.complete(Ending.FAILED);
        } catch (StoreException e) {
            LOG.error("the database failed: {}", e.getMessage());
            ending.complete(Ending.FAILED);
        } catch (RuntimeException e) {
            // Without this watch nobody would notice that another process owns the database.
            LOG.error("the watch failed", e);
            ending.complete(Ending.FAILED);
        }
    }

    /** A node signs also where no socket can be: its operator is told, and finds the reason again when he needs it. */
    private Optional<LocalSocket> localSocket(NodeConfig config, LocalSocket.Handler handler, SecureRandom random) {
        try {
            return Optional.of(LocalSocket.open(config.file(), handler, LOCAL_PATIENCE, random));
        } catch (IOException e) {
            happened("no-local-socket", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Something that an operator should see, and that may end this process. */
    private void happened(String kind, String detail) {
        if (ending.isDone()) {
            return;
        }
        LOG.warn("{}: {}", kind, detail);
        try {
            database.events().append(kind, detail);
            switch (kind) {
                case "rolled-back" -> {
                    database.newDatabaseIncarnation();
                    ending.complete(Ending.RESTART);
                }
                case "older-copy" -> ending.complete(Ending.FAILED);
                default -> {}
            }
        } catch (StoreException e) {
            LOG.error("could not record it: {}", e.getMessage());
            ending.complete(Ending.FAILED);
        }
    }
}
