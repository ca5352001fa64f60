package quorate.ecdsa;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import quorate.pair.PairState;
import quorate.rounds.Check;
import quorate.rounds.Guard;
import quorate.rounds.Refused;

/** Serial verdicts of one party and key whose bans last as long as this object. */
public final class InMemoryVerdicts implements Verdicts {
    private final Map<Integer, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<String, Check> bans = new ConcurrentHashMap<>();
    private final AtomicInteger evaluations = new AtomicInteger();

    @Override
    public Optional<Check> judge(PairState pair, Supplier<Optional<Check>> evaluation) throws Refused {
        var lock = lock(pair.peer());
        lock.lock();
        try {
            if (isBanned(pair)) {
                throw new Refused(Check.COM_5, "the pair with party " + pair.peer() + " is banned");
            }
            evaluations.incrementAndGet();
            var failed = evaluation.get();
            failed.ifPresent(check -> bans.put(name(pair), check));
            return failed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Guard guard(Collection<PairState> pairs) {
        var ordered = new TreeMap<Integer, PairState>();
        pairs.forEach(pair -> ordered.put(pair.peer(), pair));
        return handOver -> {
            var taken = ordered.keySet().stream().map(this::lock).toList();
            taken.forEach(ReentrantLock::lock);
            try {
                boolean free = ordered.values().stream().noneMatch(this::isBanned);
                if (free) {
                    handOver.run();
                }
                return free;
            } finally {
                taken.reversed().forEach(ReentrantLock::unlock);
            }
        };
    }

    boolean isBanned(PairState pair) {
        return bans.containsKey(name(pair));
    }

    /** The checks under which pairs were banned. */
    List<Check> bans() {
        return List.copyOf(bans.values());
    }

    /** How many verdicts were passed. */
    int evaluations() {
        return evaluations.get();
    }

    private ReentrantLock lock(int peer) {
        return locks.computeIfAbsent(peer, other -> new ReentrantLock());
    }

    private static String name(PairState pair) {
        return HexFormat.of().formatHex(pair.setup());
    }
}
