package quorate.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.commit.State;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.table.Keys;

/**
 * Whole operations, from the requests to the last statement, with the real ceremonies and the real commit machine: a node
 * dies before or after a durable write or before a frame, and starts again. Afterwards every quorum signs under the same
 * public key, and no old share goes with a new one (protocols.md 5.4, Appendix B scenario 6).
 *
 * <p>The deaths go through all events of an operation in turn; the order of frames, who is asked when and, in every second
 * run, lost and repeated frames and a second death follow from the seed that a failure names. {@code -Dquorate.long=true}:
 * ten times as many.
 */
class LifeSimulation {
    private static final long SEED = 20_261_122;
    private static final int LONG = Boolean.getBoolean("quorate.long") ? 10 : 1;
    private static final String KEY = "key-1";
    private static final String OTHER = "key-2";

    private static final Secrets DEALT = new Secrets();
    private static final Map<Integer, List<KeyShare>> SHARES = new TreeMap<>();

    enum Kind {
        KEYGEN,
        RESHARE,
        REPAIR,
        COPY
    }

    @BeforeAll
    static void deal() {
        for (int n : List.of(3, 5)) {
            var shares = Keys.random(Groups.ED25519, Scheme.SCHNORR, n, threshold(n) - 1, "life " + n, DEALT);
            SHARES.put(n, List.copyOf(shares.values()));
        }
    }

    @AfterAll
    static void wipe() {
        DEALT.close();
    }

    private static int threshold(int n) {
        return n / 2 + 1;
    }

    @ParameterizedTest
    @CsvSource({"KEYGEN, 3, 300", "RESHARE, 3, 500", "REPAIR, 3, 500", "COPY, 3, 500",
        "KEYGEN, 5, 60", "RESHARE, 5, 80", "REPAIR, 5, 150", "COPY, 5, 150"})
    void aNodeThatDiesAnywhereLeavesEveryQuorumAbleToSign(Kind kind, int n, int runs) {
        int events = new Run(kind, n, SEED).undisturbed();
        for (int i = 0; i < runs * LONG; i++) {
            long seed = SEED + 1 + i;
            try {
                new Run(kind, n, seed).disturbed(1 + i % events, i / events % 2 == 1);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(kind + " of " + n + " nodes, run " + i + ", seed " + seed + ", of "
                        + events + " events: " + e.getMessage(), e);
            }
        }
    }

    /** Two reshares of one epoch, asked for at once: one or none. */
    @ParameterizedTest
    @CsvSource({"3, 100", "5, 20"})
    void twoResharesAtOnceComeToOneOrNone(int n, int runs) {
        for (int i = 0; i < runs * LONG; i++) {
            long seed = SEED + i;
            try {
                new Run(Kind.RESHARE, n, seed).twice();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("two reshares of " + n + " nodes, seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** One world with a key, and what is done to it. */
    private static final class Run {
        private final Kind kind;
        private final int n;
        private final World world;
        private final List<Integer> all;
        private final byte[] publicKey;
        private final Errand errand;
        private final int lost;

        Run(Kind kind, int n, long seed) {
            this.kind = kind;
            this.n = n;
            this.world = new World(n, seed);
            this.all = IntStream.rangeClosed(1, n).boxed().toList();
            this.publicKey = dealt(1).sharing().publicKey().encode();
            this.lost = 1 + world.random().nextInt(n);
            all.forEach(node -> world.node(node).disk().install(KEY, new Disk.Held(dealt(node), all)));
            if (kind == Kind.REPAIR) {
                world.node(lost).disk().delete(KEY);
            }
            this.errand = errand(kind);
        }

        private KeyShare dealt(int node) {
            return SHARES.getOrDefault(n, List.of()).get(node - 1);
        }

        private Errand errand(Kind what) {
            var session = world.fresh("session");
            var others = new ArrayList<>(all);
            others.remove(Integer.valueOf(lost));
            return switch (what) {
                case KEYGEN -> new Errand.Generate(session, OTHER, all, threshold(n));
                case RESHARE -> new Errand.Reshare(session, KEY, all);
                case REPAIR -> new Errand.Mend(
                        session, KEY, all, threshold(n), lost, others.subList(0, threshold(n)), publicKey);
                case COPY -> new Errand.Copy(
                        session, KEY, OTHER, all, threshold(n), others.subList(0, threshold(n)), all, 2, publicKey);
            };
        }

        /** Returns how many events there are in which a node can die. */
        int undisturbed() {
            try (world) {
                watch();
                world.run(errand);
                int events = world.events();
                world.settle();
                check();
                if (kind != Kind.REPAIR) {
                    assertThat(states(errand)).containsOnly(State.CLEAN);
                }
                return events;
            }
        }

        void disturbed(int death, boolean badly) {
            try (world) {
                watch();
                world.badWeather(badly);
                world.killAt(death);
                if (badly) {
                    world.killAt(death + 1 + world.random().nextInt(20));
                }
                world.run(errand);
                world.settle();
                check();
            }
        }

        void twice() {
            try (world) {
                watch();
                var other = errand(kind);
                world.badWeather(world.random().nextBoolean());
                world.run(List.of(errand, other));
                world.settle();
                boolean one = check(errand);
                boolean another = check(other);
                assertThat(one && another).isFalse();
                check(one || another);
            }
        }

        /** Claim (2) of 5.4 after every durable write, of all nodes that have a share to begin with. */
        private void watch() {
            var health = new Health(world, KEY, publicKey);
            var whole = new ArrayList<>(all);
            if (kind == Kind.REPAIR) {
                whole.remove(Integer.valueOf(lost));
            }
            world.afterWrite(now -> health.everyQuorumSharesOne(whole, threshold(n)));
        }

        private List<State> states(Errand of) {
            return all.stream()
                    .flatMap(node -> world.node(node).disk().state(of.session()).stream())
                    .toList();
        }

        /** Claim (1) of 5.4: no CLEAN beside REFUSED or REVERTED. Whether it was done. */
        private boolean check(Errand of) {
            boolean done = states(of).contains(State.CLEAN);
            assertThat(states(of)).allMatch(state -> (state == State.CLEAN) == done);
            return done;
        }

        private void check() {
            check(check(errand));
        }

        private void check(boolean done) {
            all.forEach(node -> assertThat(world.node(node).hasOpen()).as("node %s has an open operation", node).isFalse());
            var health = new Health(world, KEY, publicKey);
            var whole = all.stream().filter(node -> !world.node(node).disk().offers(KEY).isEmpty()).toList();
            assertThat(whole).hasSizeGreaterThanOrEqualTo(kind == Kind.REPAIR ? n - 1 : n);
            health.everyQuorumSigns(whole, threshold(n), world.random().nextInt(4) == 0 ? 3 : 1);
            switch (kind) {
                case KEYGEN, COPY -> checkNew(done);
                case RESHARE -> checkRenewed(health, done);
                case REPAIR -> {}
            }
        }

        /** All have it, or none has anything of it. */
        private void checkNew(boolean done) {
            for (int node : all) {
                assertThat(world.node(node).disk().active(OTHER).isPresent()).isEqualTo(done);
            }
            if (done) {
                var made = world.node(1).disk().active(OTHER).orElseThrow();
                var key = made.share().sharing().publicKey().encode();
                assertThat(kind == Kind.KEYGEN || Arrays.equals(key, publicKey)).isTrue();
                new Health(world, OTHER, key).everyQuorumSigns(all, made.threshold(), 1);
            }
        }

        private void checkRenewed(Health health, boolean done) {
            for (int node : all) {
                var held = world.node(node).disk().offers(KEY);
                assertThat(held).as("what node %s offers", node).hasSize(1);
                assertThat(held.getFirst().epoch()).isEqualTo(done ? 1 : 0);
            }
            if (done) {
                var some = health.common(all).orElseThrow().subList(0, threshold(n) - 1);
                health.doNotCombine(dealt(n), some);
            }
        }
    }
}
