package quorate.node.presign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.Encoding;
import quorate.node.link.FrameType;
import quorate.presign.DropNotice;
import quorate.presign.Dropped;
import quorate.presign.PoolKey;
import quorate.presign.PoolNotice;
import quorate.presign.PresignaturePool;
import quorate.presign.Snapshot;
import quorate.rounds.Malformed;

/**
 * Pools that agree (protocols.md 15.4): tells the others what was dropped, and compares what all of P hold. Each node does
 * so for itself: it asks with its digest, is answered with the same or with a list, and drops what not all hold.
 *
 * <p>A question has a number, which its answer repeats: a list from before would cost what was made since.
 */
final class PoolExchange {
    private static final Logger LOG = LoggerFactory.getLogger(PoolExchange.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final KnownKeys keys;
    private final PresignaturePool pool;
    private final InMaking inMaking;
    private final PresignLinks links;
    private final PoolQuestions questions;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Question> asked = new ConcurrentHashMap<>();
    private final Map<PoolKey, CompletableFuture<SortedSet<Integer>>> comparing = new ConcurrentHashMap<>();
    private final Set<PoolKey> soon = ConcurrentHashMap.newKeySet();

    private record Question(int player, Snapshot mine, CompletableFuture<PoolNotice> answer) {}

    PoolExchange(KnownKeys keys, PresignaturePool pool, InMaking inMaking, PresignLinks links) {
        this.keys = keys;
        this.pool = pool;
        this.inMaking = inMaking;
        this.links = links;
        this.questions = new PoolQuestions(inMaking, this::answer);
    }

    /** DROP: whoever drops tells the others of P. Who is not there compares when its link comes up. */
    void announce(Dropped dropped) {
        dropped.announcement().ifPresent(notice -> {
            var body = notice.encode();
            var connected = links.connected();
            others(notice.pool()).values().stream()
                    .filter(connected::contains)
                    .forEach(player -> links.send(player, FrameType.DROP, body));
        });
    }

    /**
     * PSG-5, now.
     *
     * @param anew whether a comparison that runs already is too old
     * @return the players who did not answer; if there are any, nothing was dropped
     */
    SortedSet<Integer> compare(PoolKey key, boolean anew) throws InterruptedException {
        boolean tooOld = anew;
        while (true) {
            var mine = new CompletableFuture<SortedSet<Integer>>();
            var other = comparing.putIfAbsent(key, mine);
            if (other == null) {
                SortedSet<Integer> silent = new TreeSet<>(others(key).values());
                try {
                    silent = ask(key);
                    return silent;
                } finally {
                    comparing.remove(key, mine);
                    mine.complete(silent);
                }
            }
            try {
                var silent = other.get();
                if (!tooOld) {
                    return silent;
                }
                tooOld = false;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** PSG-5, after a moment and in the background; once, however often it is wished for meanwhile. */
    void compareSoon(PoolKey key) {
        if (soon.add(key)) {
            Thread.ofVirtual().name("compare-pool").start(() -> {
                try {
                    Thread.sleep(BETWEEN);
                    soon.remove(key);
                    compare(key, true);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    soon.remove(key);
                }
            });
        }
    }

    private SortedSet<Integer> ask(PoolKey key) throws InterruptedException {
        var others = others(key);
        var silent = new TreeSet<>(others.values());
        silent.removeAll(links.connected());
        if (!silent.isEmpty() || others.size() != key.parties().size() - 1) {
            return silent;
        }
        var mine = pool.snapshot(key);
        var digest = mine.digest().encode();
        var answers = new TreeMap<Integer, CompletableFuture<PoolNotice>>();
        var numbered = new ArrayList<Long>();
        var notices = new TreeMap<Integer, PoolNotice>();
        try {
            others.forEach((party, player) -> {
                long number = numbers.incrementAndGet();
                var answer = new CompletableFuture<PoolNotice>();
                numbered.add(number);
                answers.put(party, answer);
                asked.put(number, new Question(player, mine, answer));
                links.send(player, FrameType.POOL_ASK, numbered(number, digest));
            });
            awaitAllOr(inMaking.ended(key), answers.values());
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (var answer : answers.entrySet()) {
                try {
                    long left = Math.max(0, deadline - System.nanoTime());
                    notices.put(answer.getKey(), answer.getValue().get(left, TimeUnit.NANOSECONDS));
                } catch (TimeoutException e) {
                    silent.add(others.getOrDefault(answer.getKey(), 0));
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            numbered.forEach(asked::remove);
        }
        if (silent.isEmpty()) {
            pool.settle(mine, notices);
        }
        return silent;
    }

    /**
     * Whoever is asked answers when the sessions of the pool have ended that run there, and those run here as well: they end
     * within their deadline.
     */
    private static void awaitAllOr(CompletableFuture<Void> ended, Collection<CompletableFuture<PoolNotice>> answers)
            throws InterruptedException {
        try {
            CompletableFuture.anyOf(ended, CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** A frame of {@code player}: DROP, POOL_ASK or POOL_SAY. Not in the thread of a link: lists are long. */
    void received(int player, FrameType type, byte[] body) {
        try {
            if (type == FrameType.DROP) {
                var notice = DropNotice.read(body);
                party(player, notice.pool()).ifPresent(party -> pool.hear(party, notice));
            } else {
                long number = Encoding.os2ip(body, 0, Long.BYTES);
                var notice = PoolNotice.read(Arrays.copyOfRange(body, Long.BYTES, body.length));
                if (type == FrameType.POOL_ASK) {
                    asked(player, number, notice);
                } else {
                    answered(player, number, notice);
                }
            }
        } catch (Malformed e) {
            LOG.warn("dropped a frame {} of player {}: {}", type, player, e.getMessage());
        }
    }

    private void asked(int player, long number, PoolNotice notice) {
        var key = notice.pool();
        if (!(notice instanceof PoolNotice.Digest theirs)
                || party(player, key).isEmpty()
                || party(keys.self().player(), key).isEmpty()) {
            return;
        }
        questions.ask(player, number, theirs);
    }

    private boolean answer(int player, long number, PoolNotice.Digest theirs) {
        var mine = pool.snapshot(theirs.pool());
        boolean same = mine.agreesWith(Set.of(theirs));
        PoolNotice answer = same ? mine.digest() : mine.listing();
        links.send(player, FrameType.POOL_SAY, numbered(number, answer.encode()));
        if (!same && !mine.ids().isEmpty()) {
            compareSoon(theirs.pool());
        }
        return !same;
    }

    private void answered(int player, long number, PoolNotice notice) {
        var question = asked.get(number);
        if (question == null || question.player() != player || !notice.pool().equals(question.mine().pool())) {
            return;
        }
        boolean says =
                switch (notice) {
                    case PoolNotice.Listing listing -> true;
                    // Another digest says nothing: where they differ the list is owed.
                    case PoolNotice.Digest digest -> question.mine().agreesWith(Set.of(digest));
                };
        if (says) {
            question.answer().complete(notice);
        }
    }

    /** Which party of the pool a player is; empty if it is none, or the key is not known. */
    private OptionalInt party(int player, PoolKey key) {
        int party = keys.committee(key.keyId()).map(committee -> committee.party(player)).orElse(0);
        return key.parties().contains(party) ? OptionalInt.of(party) : OptionalInt.empty();
    }

    /** The other players of a pool, by party. */
    private SortedMap<Integer, Integer> others(PoolKey key) {
        var others = new TreeMap<Integer, Integer>();
        keys.committee(key.keyId()).ifPresent(committee -> others.putAll(committee.playersByParty()));
        others.keySet().retainAll(key.parties());
        others.values().removeIf(player -> player == keys.self().player());
        return others;
    }

    private static byte[] numbered(long number, byte[] payload) {
        return Encoding.concat(Encoding.i2osp(number, Long.BYTES), payload);
    }
}
