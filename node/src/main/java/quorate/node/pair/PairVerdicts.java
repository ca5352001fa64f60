package quorate.node.pair;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.commit.Octets;
import quorate.ecdsa.Verdicts;
import quorate.node.key.Committee;
import quorate.node.key.LoadedKey;
import quorate.node.key.Self;
import quorate.pair.Ban;
import quorate.pair.PairState;
import quorate.rounds.Check;
import quorate.rounds.Guard;
import quorate.rounds.Refused;
import quorate.rounds.VerdictUnwritten;
import quorate.store.Bytes;
import quorate.store.Database;

/**
 * The locks of the pairs of this process, and the verdicts under them (protocols.md 3.6). A ban is in the database before
 * anybody hears of it.
 */
public final class PairVerdicts {
    private static final Logger LOG = LoggerFactory.getLogger(PairVerdicts.class);

    private final Database database;
    private final Self self;
    private final Consumer<Raised> listener;
    private final PairLocks locks = new PairLocks();

    /** Pairs of which a ban could not be written: in this process nobody evaluates or says anything about them any more. */
    private final Set<Unwritten> unwritten = ConcurrentHashMap.newKeySet();

    private record Unwritten(String keyId, int party) {}

    /**
     * A ban that this node has just raised, and stored.
     *
     * @param player the other node of the pair
     */
    public record Raised(LoadedKey key, int player, Check check, Ban ban) {}

    /** @param listener ends the sessions of the pair, drops its presignatures and tells the peers, under the lock of the pair */
    public PairVerdicts(Database database, Self self, Consumer<Raised> listener) {
        this.database = database;
        this.self = self;
        this.listener = listener;
    }

    /** For the sessions of one sharing. */
    public Verdicts of(LoadedKey key) {
        return new OfKey(key);
    }

    private final class OfKey implements Verdicts {
        private final LoadedKey key;

        private OfKey(LoadedKey key) {
            this.key = key;
        }

        @Override
        public Optional<Check> judge(PairState pair, Supplier<Optional<Check>> evaluation) throws Refused {
            try (var _ = hold(pair)) {
                if (isBanned(pair)) {
                    throw Refused.ofBannedPair("the pair with party " + pair.peer() + " is banned");
                }
                var failed = evaluation.get();
                failed.ifPresent(check -> ban(pair, check));
                return failed;
            }
        }

        private void ban(PairState pair, Check check) {
            // Before anything that can fail. Nobody looks before the lock is released.
            unwritten.add(unwritten(pair));
            var ban = write(pair, check);
            unwritten.remove(unwritten(pair));
            listener.accept(new Raised(key, peer(pair).player(), check, ban));
        }

        private Ban write(PairState pair, Check check) {
            try {
                var member = peer(pair);
                var ban = Ban.sign(
                        Octets.of(key.sharing().keyId()),
                        Octets.of(pair.setup()),
                        Octets.of(self.id().bytes()),
                        Octets.of(member.id().bytes()),
                        self.identity().statements());
                database.bans()
                        .raise(
                                PairBook.keyId(key),
                                PairBook.shareId(key),
                                pair.peer(),
                                Bytes.of(pair.setup()),
                                Bytes.of(self.id().bytes()),
                                Bytes.of(member.id().bytes()),
                                check.id(),
                                Bytes.of(ban.encode()));
                return ban;
            } catch (RuntimeException e) {
                LOG.error("a ban of party {} on key {} could not be written", pair.peer(), PairBook.keyId(key), e);
                throw new VerdictUnwritten("a ban on key " + PairBook.keyId(key) + " could not be written", e);
            }
        }

        private Unwritten unwritten(PairState pair) {
            return new Unwritten(PairBook.keyId(key), pair.peer());
        }

        @Override
        public Guard guard(Collection<PairState> pairs) {
            var ascending = new ArrayList<>(pairs);
            ascending.sort(Comparator.comparingInt(PairState::peer));
            return handOver -> {
                var held = new ArrayList<PairLocks.Held>();
                try {
                    for (var pair : ascending) {
                        held.add(hold(pair));
                        if (isBanned(pair)) {
                            return false;
                        }
                    }
                    handOver.run();
                    return true;
                } finally {
                    held.reversed().forEach(PairLocks.Held::close);
                }
            };
        }

        private Committee.Member peer(PairState pair) {
            var member = key.committee().members().get(pair.peer());
            if (member == null) {
                throw new IllegalStateException("party " + pair.peer() + " is not in the committee");
            }
            return member;
        }

        private boolean isBanned(PairState pair) {
            if (unwritten.contains(unwritten(pair))) {
                throw new VerdictUnwritten("a ban on key " + PairBook.keyId(key) + " could not be written before");
            }
            return database.pairStates()
                    .isBanned(
                            PairBook.keyId(key),
                            Bytes.of(pair.setup()),
                            Bytes.of(peer(pair).id().bytes()));
        }

        private PairLocks.Held hold(PairState pair) {
            return locks.hold(PairBook.keyId(key), pair.peer());
        }
    }
}
