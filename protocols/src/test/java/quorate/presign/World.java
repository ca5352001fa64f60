package quorate.presign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import quorate.algebra.Groups;
import quorate.algebra.Transcript;
import quorate.rounds.Agreement;
import quorate.rounds.Entry;

/** One node's surroundings, all of which a test can change: clocks, sharings, processes, bans. And sessions. */
final class World implements Surroundings {
    static final PoolKey POOL = PoolKey.of("key-1", List.of(1, 2, 3));

    private final Set<String> offered = new HashSet<>(Set.of("sharing"));
    private final Set<Integer> restarted = new HashSet<>();
    private final Set<Integer> banned = new HashSet<>();
    private final List<Dropped> dropped = new ArrayList<>();
    private Instant wall = Instant.parse("2026-11-22T12:00:00Z");
    private long nanos = Long.MAX_VALUE - 5;
    private boolean agrees = true;

    final Clocks clocks = new Clocks(() -> wall, () -> nanos);
    final ClockWatch watch = new ClockWatch(clocks);

    PresignaturePool pool() {
        return pool(Caps.DEFAULT);
    }

    PresignaturePool pool(Caps caps) {
        return new PresignaturePool(caps, this, watch, clocks, dropped::add);
    }

    Instant now() {
        return wall;
    }

    /** Both clocks go on. */
    void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    /** Only the wall clock moves. */
    void jump(Duration time) {
        wall = wall.plus(time);
    }

    void reshared() {
        offered.clear();
    }

    void restarts(int party) {
        restarted.add(party);
    }

    void bans(int party) {
        banned.add(party);
    }

    void witnessRefuses() {
        agrees = false;
    }

    /** What the listener heard since it was last asked. */
    List<Dropped> heard() {
        var heard = List.copyOf(dropped);
        dropped.clear();
        return heard;
    }

    @Override
    public boolean offersSharing(Origin origin) {
        return offered.contains(new String(origin.shareId(), UTF_8));
    }

    @Override
    public boolean isCurrent(Origin origin) {
        return origin.parts().stream().noneMatch(entry -> restarted.contains(entry.index()));
    }

    @Override
    public boolean hasBannedPair(Origin origin) {
        return origin.pool().parties().stream().anyMatch(banned::contains);
    }

    @Override
    public boolean witnesses(PresignatureId id) {
        return agrees;
    }

    /** A session of the parties of {@code pool}, which ends now. */
    Origin session(PoolKey pool) {
        var entries = new TreeSet<>(pool.parties())
                .stream()
                        .map(i -> new Entry(0, i, new byte[32], new byte[32], new byte[32], new byte[32]))
                        .toList();
        var agreement = new Agreement(
                new byte[32],
                6,
                Groups.ED25519,
                2,
                pool.keyId().getBytes(UTF_8),
                5,
                1,
                new byte[32],
                entries,
                pool.parties().getFirst(),
                0,
                "sharing".getBytes(UTF_8),
                new byte[32]);
        return Origin.of(Kind.FROST, agreement, wall);
    }

    /** Presignatures of one session, number {@code from} and on. */
    List<Sample> batch(PoolKey pool, int from, int count) {
        var origin = session(pool);
        return IntStream.range(from, from + count)
                .mapToObj(number -> new Sample(id(number), origin))
                .toList();
    }

    /** A session that ended well: its batch is in the pool. */
    List<Sample> fill(PresignaturePool pool, PoolKey key, int from, int count) throws Exception {
        var batch = batch(key, from, count);
        try (var reservation = pool.reserve(key, count)) {
            reservation.fill(batch);
        }
        return batch;
    }

    static PresignatureId id(int number) {
        return PresignatureId.of(Transcript.of("test/id").addU32(number).hash());
    }

    static Collection<PresignatureId> ids(Collection<Sample> samples) {
        return samples.stream().map(Presignature::id).toList();
    }

    /** Another kind of presignature. */
    static final class Other extends Presignature<String> {
        Other(PresignatureId id, Origin origin) {
            super(id, origin);
        }

        @Override
        protected String surrender() {
            return "";
        }

        @Override
        protected void wipe() {}
    }

    /** A presignature whose secret can be looked at by the test. */
    static final class Sample extends Presignature<byte[]> {
        final byte[] secret = new byte[16];

        Sample(PresignatureId id, Origin origin) {
            super(id, origin);
            Arrays.fill(secret, (byte) 9);
        }

        boolean isWiped() {
            return Arrays.equals(secret, new byte[16]);
        }

        @Override
        protected byte[] surrender() {
            return secret.clone();
        }

        @Override
        protected void wipe() {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
