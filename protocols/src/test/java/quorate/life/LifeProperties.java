package quorate.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.Groups;
import quorate.commit.Octets;
import quorate.commit.State;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.table.Keys;

/**
 * Any key, any sequence of reshare, repair, copy, backup, restore, delete and sign, with nodes that die in between: a
 * quorum of nodes whose share nobody took away or put back signs at any time, the public key stays, epochs only grow, and
 * shares of two sharings make nothing. A failure prints its seed and all that was done.
 */
class LifeProperties {
    private static final long SEED = 4_20261122;
    private static final int SEQUENCES = Boolean.getBoolean("quorate.long") ? 5_000 : 500;
    private static final int STEPS = 9;
    private static final int NODES = 5;

    @Test
    void anySequenceOfChangesKeepsEveryKeySound() {
        for (int i = 0; i < SEQUENCES; i++) {
            play(SEED + i);
        }
    }

    /** Seeds that found something once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void seedsOfBefore(long seed) {
        play(seed);
    }

    private static void play(long seed) {
        var sequence = new Sequence(seed);
        try {
            sequence.play();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", after " + sequence.done + ": " + e.getMessage(), e);
        }
    }

    private enum Step {
        RESHARE,
        REPAIR,
        COPY,
        BACKUP,
        RESTORE_SHARE,
        RESTORE_DATABASE,
        DELETE,
        SIGN
    }

    /** What is known of a key: whose share nobody took away or put back, and what there was. */
    private static final class Key {
        private final String id;
        private final byte[] publicKey;
        private final List<Integer> nodes;
        private final int threshold;
        private final Set<Integer> sound;
        private final Map<Octets, KeyShare> older = new HashMap<>();
        private Octets current;
        private long epoch;

        private Key(String id, byte[] publicKey, List<Integer> nodes, int threshold, Octets current) {
            this.id = id;
            this.publicKey = publicKey;
            this.nodes = List.copyOf(nodes);
            this.threshold = threshold;
            this.sound = new TreeSet<>(nodes);
            this.current = current;
        }
    }

    private record Backup(int node, String keyId, Disk.Held share, Disk image) {}

    private static final class Sequence implements AutoCloseable {
        private final List<String> done = new ArrayList<>();
        private final Random random;
        private final World world;
        private final Map<String, Key> keys = new TreeMap<>();
        private final List<Backup> backups = new ArrayList<>();

        Sequence(long seed) {
            random = new Random(seed);
            world = new World(NODES, seed);
            int n = 2 + random.nextInt(3);
            int threshold = 2 + random.nextInt(n - 1);
            var nodes = some(world.numbers(), n);
            var shares = Keys.random(
                    Groups.ED25519, Scheme.SCHNORR, n, threshold - 1, "sequence " + seed, world.secrets());
            for (int party = 1; party <= n; party++) {
                var share = Optional.ofNullable(shares.get(party)).orElseThrow();
                world.node(nodes.get(party - 1)).disk().install("key-1", new Disk.Held(share, nodes));
            }
            var sharing = shares.values().iterator().next().sharing();
            keys.put("key-1", new Key(
                    "key-1", sharing.publicKey().encode(), nodes, threshold, Octets.of(sharing.shareId())));
            done.add(threshold + " of " + nodes);
        }

        private List<Integer> some(List<Integer> of, int count) {
            var shuffled = new ArrayList<>(of);
            Collections.shuffle(shuffled, random);
            return shuffled.subList(0, count).stream().sorted().toList();
        }

        private <T> T one(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        void play() {
            try (this) {
                for (int i = 0; i < STEPS; i++) {
                    var key = one(List.copyOf(keys.values()));
                    var step = one(List.of(Step.values()));
                    take(step, key);
                    keys.values().forEach(this::check);
                }
                keys.values().forEach(key -> health(key).everyQuorumSigns(
                        key.sound, key.threshold, 1));
            }
        }

        private void take(Step step, Key key) {
            switch (step) {
                case RESHARE -> reshare(key);
                case REPAIR -> repair(key);
                case COPY -> copy(key);
                case BACKUP -> backup(key);
                case RESTORE_SHARE -> restoreShare();
                case RESTORE_DATABASE -> restoreDatabase();
                case DELETE -> delete(key);
                case SIGN -> sign(key);
            }
        }

        /** Whether nobody dies and nothing is lost. */
        private boolean run(Errand errand, String what) {
            boolean calm = random.nextInt(3) > 0;
            done.add(what + (calm ? "" : ", disturbed"));
            if (!calm) {
                world.badWeather(random.nextBoolean());
                world.killAt(1 + random.nextInt(120));
            }
            world.run(errand);
            world.settle();
            return calm;
        }

        private void reshare(Key key) {
            var errand = new Errand.Reshare(world.fresh("session"), key.id, key.nodes);
            boolean calm = run(errand, "reshare " + key.id);
            var states = key.nodes.stream()
                    .flatMap(node -> world.node(node).disk().state(errand.session()).stream())
                    .toList();
            boolean became = states.contains(State.CLEAN);
            assertThat(states).allMatch(state -> (state == State.CLEAN) == became);
            if (calm && key.sound.containsAll(key.nodes)) {
                assertThat(became).as("a calm reshare among sound nodes").isTrue();
            }
            if (became) {
                var old = world.node(key.nodes.getFirst()).disk().active(key.id).orElseThrow();
                assertThat(old.epoch()).as("epochs only grow").isGreaterThan(key.epoch);
                key.epoch = old.epoch();
                key.current = old.shareId();
                key.sound.addAll(key.nodes);
            }
        }

        private void repair(Key key) {
            int target = one(key.nodes);
            var others = new ArrayList<>(key.nodes);
            others.remove(Integer.valueOf(target));
            if (others.size() < key.threshold || isDeleted(target, key)) {
                return;
            }
            var helpers = some(others, key.threshold);
            var errand = new Errand.Mend(
                    world.fresh("session"), key.id, key.nodes, key.threshold, target, helpers, key.publicKey);
            boolean calm = run(errand, "repair " + target + " of " + key.id + " with " + helpers);
            boolean whole = holds(target, key);
            if (calm && key.sound.containsAll(helpers)) {
                assertThat(whole).as("node %s has the share again", target).isTrue();
            }
            if (whole) {
                key.sound.add(target);
            }
        }

        private void copy(Key key) {
            if (keys.size() == 3) {
                return;
            }
            int n = 2 + random.nextInt(3);
            int threshold = 2 + random.nextInt(n - 1);
            var receivers = some(world.numbers(), n);
            var dealers = some(key.nodes, key.threshold);
            var id = "key-" + (keys.size() + 1) + "-" + done.size();
            var errand = new Errand.Copy(
                    world.fresh("session"),
                    key.id,
                    id,
                    key.nodes,
                    key.threshold,
                    dealers,
                    receivers,
                    threshold,
                    key.publicKey);
            boolean calm = run(errand, "copy " + key.id + " from " + dealers + " to " + threshold + " of " + receivers);
            var made = receivers.stream()
                    .flatMap(node -> world.node(node).disk().offers(id).stream())
                    .toList();
            if (calm && key.sound.containsAll(dealers)) {
                assertThat(made).as("a calm copy").hasSize(n);
            }
            if (!made.isEmpty()) {
                assertThat(made).as("all have the copy, or none has it").hasSize(n);
                keys.put(id, new Key(id, key.publicKey, receivers, threshold, made.getFirst().shareId()));
            }
        }

        private void backup(Key key) {
            int node = one(key.nodes);
            var disk = world.node(node).disk();
            disk.active(key.id).ifPresent(held -> {
                done.add("backup of node " + node + ", " + key.id + " at epoch " + held.epoch());
                backups.add(new Backup(node, key.id, held, disk.image()));
                key.older.put(held.shareId(), held.share());
            });
        }

        /** By force: a share of whatever epoch takes the place of what is there. */
        private void restoreShare() {
            if (!backups.isEmpty()) {
                var backup = one(backups);
                var node = world.node(backup.node());
                var key = key(backup.keyId());
                if (!isDeleted(backup.node(), key) && !node.hasOpen()) {
                    done.add("restore of node " + backup.node() + ", " + key.id + " at epoch " + backup.share().epoch());
                    node.disk().install(key.id, backup.share());
                    moved(backup.node());
                }
            }
        }

        private void restoreDatabase() {
            if (!backups.isEmpty()) {
                var backup = one(backups);
                done.add("restore of the database of node " + backup.node());
                world.node(backup.node()).restore(backup.image());
                deleted.removeIf(place -> place.startsWith(backup.node() + " "));
                moved(backup.node());
            }
        }

        private final Set<String> deleted = new TreeSet<>();

        private void delete(Key key) {
            int node = one(key.nodes);
            // One deletion in a while: too many leave nothing to look at.
            if (deleted.size() < 2 && !world.node(node).hasOpen()) {
                done.add("delete " + key.id + " on node " + node);
                world.node(node).disk().delete(key.id);
                deleted.add(node + " " + key.id);
                key.sound.remove(node);
            }
        }

        private boolean isDeleted(int node, Key key) {
            return deleted.contains(node + " " + key.id);
        }

        private void sign(Key key) {
            var quorum = some(key.nodes, key.threshold);
            done.add("sign with " + quorum + " of " + key.id);
            var shares = health(key).common(quorum);
            if (key.sound.containsAll(quorum)) {
                assertThat(shares).isPresent();
            }
            shares.ifPresent(health(key)::sign);
        }

        /** A node has what it had before: it is sound where that is what the others have. */
        private void moved(int node) {
            for (var key : keys.values()) {
                if (key.nodes.contains(node)) {
                    key.sound.remove(node);
                    if (holds(node, key)) {
                        key.sound.add(node);
                    }
                }
            }
            world.meet();
        }

        private boolean holds(int node, Key key) {
            return world.node(node).disk().offers(key.id).stream().anyMatch(held -> held.shareId().equals(key.current));
        }

        private Key key(String id) {
            return Optional.ofNullable(keys.get(id)).orElseThrow();
        }

        private Health health(Key key) {
            return new Health(world, key.id, key.publicKey);
        }

        private void check(Key key) {
            for (int node : key.nodes) {
                var offers = world.node(node).disk().offers(key.id);
                assertThat(offers).allSatisfy(held -> {
                    assertThat(Arrays.equals(held.share().sharing().publicKey().encode(), key.publicKey)).isTrue();
                    assertThat(held.epoch()).isLessThanOrEqualTo(key.epoch);
                });
                if (key.sound.contains(node)) {
                    assertThat(holds(node, key)).as("node %s has the newest share of %s", node, key.id).isTrue();
                    assertThat(offers).as("of node %s", node).hasSize(1);
                }
            }
            if (key.sound.size() >= key.threshold) {
                var sound = List.copyOf(key.sound);
                var health = health(key);
                health.everyQuorumSharesOne(sound, key.threshold);
                var shares = health.common(some(sound, key.threshold)).orElseThrow();
                assertThat(shares).allSatisfy(share -> assertThat(Octets.of(share.sharing().shareId())).isEqualTo(key.current));
                key.older.forEach((shareId, share) -> {
                    var rest = shares.stream().filter(other -> other.index() != share.index()).toList();
                    if (!shareId.equals(key.current) && rest.size() >= key.threshold - 1) {
                        health.doNotCombine(share, rest.subList(0, key.threshold - 1));
                    }
                });
            }
        }

        @Override
        public void close() {
            world.close();
        }
    }
}
