package quorate.node.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.node.identity.Statements;
import quorate.rounds.Check;
import quorate.rounds.Refused;
import quorate.rounds.VerdictUnwritten;

@Timeout(60)
class PairVerdictsTest {
    private static final int SESSIONS = 128;

    @TempDir
    Path folder;

    private PairNode node;
    private final List<PairVerdicts.Raised> heard = new ArrayList<>();

    @BeforeEach
    void openNode() throws Exception {
        node = new PairNode(folder);
    }

    @AfterEach
    void closeNode() {
        node.close();
    }

    private PairVerdicts verdicts() {
        return new PairVerdicts(node.database, node.self, heard::add);
    }

    @Test
    void aBanIsDurableAndSignedBeforeAnybodyHearsOfIt() throws Exception {
        var state = node.add(2, 0);
        var verdicts = new PairVerdicts(node.database, node.self, raised -> {
            assertThat(node.database.bans().by(node.id(1))).singleElement().satisfies(stored -> {
                assertThat(stored.reason()).isEqualTo("OTE-2");
                assertThat(stored.accused()).isEqualTo(node.id(2));
                assertThat(stored.bytes().toArray()).isEqualTo(raised.ban().encode());
            });
            heard.add(raised);
        });

        assertThat(verdicts.of(node.key).judge(state, () -> Optional.of(Check.OTE_2))).contains(Check.OTE_2);

        assertThat(heard).singleElement().satisfies(raised -> {
            assertThat(raised.player()).isEqualTo(2);
            assertThat(raised.ban()
                            .isSignedBy(node.identity(1).statements().publicKey().bytes(), new Statements()))
                    .isTrue();
        });
        assertThat(new PairBook(node.database, Clock.systemUTC(), Duration.ZERO)
                        .hasUsable(node.key, 2))
                .isFalse();
    }

    @Test
    void aSecondSessionNeitherEvaluatesNorHandsOver() throws Exception {
        var state = node.add(2, 0);
        var other = node.add(3, 0);
        var guard = verdicts().of(node.key).guard(List.of(other, state));
        verdicts().of(node.key).judge(state, () -> Optional.of(Check.VOLE_2));

        // Another process of this node would read the same.
        var verdicts = verdicts().of(node.key);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> verdicts.judge(state, () -> {
                    throw new AssertionError("evaluated");
                }))
                .satisfies(refused -> {
                    assertThat(refused.check()).isEqualTo(Check.COM_5);
                    assertThat(refused.isOfBannedPair()).isTrue();
                });
        assertThat(guard.release(() -> {
                    throw new AssertionError("handed over");
                }))
                .isFalse();
        assertThat(verdicts.judge(other, Optional::empty)).isEmpty();
        assertThat(verdicts.guard(List.of(other)).release(() -> {})).isTrue();
    }

    @Test
    void aBanEndsTheFormerSetupOfThePairToo() throws Exception {
        var former = node.add(2, 0);
        var newest = node.add(2, 1);
        var verdicts = verdicts().of(node.key);
        verdicts.judge(newest, () -> Optional.of(Check.SIG_4));

        assertThat(verdicts.guard(List.of(former)).release(() -> {})).isFalse();
        assertThatThrownBy(() -> verdicts.judge(former, Optional::empty)).isInstanceOf(Refused.class);
    }

    @Test
    void nobodyEvaluatesAfterABanThatCouldNotBeWritten() {
        var state = node.add(2, 0);
        var verdicts = verdicts().of(node.key);
        assertThatThrownBy(() -> verdicts.judge(state, () -> {
                    node.database.close();
                    return Optional.of(Check.OTE_2);
                }))
                .isInstanceOf(VerdictUnwritten.class);

        assertThat(heard).isEmpty();
        assertThatThrownBy(() -> verdicts.guard(List.of(state)).release(() -> {
                    throw new AssertionError("handed over");
                }))
                .isInstanceOf(VerdictUnwritten.class);
        assertThatThrownBy(() -> verdicts.judge(state, () -> {
                    throw new AssertionError("evaluated");
                }))
                .isInstanceOf(VerdictUnwritten.class);
    }

    @Test
    void nothingLeavesAfterTheFirstOfManyFailures() throws Exception {
        var state = node.add(2, 0);
        var verdicts = verdicts().of(node.key);
        var guard = verdicts.guard(List.of(state));
        var start = new CountDownLatch(1);
        var failed = new AtomicBoolean();
        var late = new AtomicInteger();
        var evaluated = new AtomicInteger();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var sessions = new ArrayList<Future<?>>();
            for (int session = 0; session < SESSIONS; session++) {
                sessions.add(callers.submit(() -> {
                    start.await();
                    try {
                        verdicts.judge(state, () -> {
                            if (failed.get()) {
                                late.incrementAndGet();
                            }
                            boolean fails = evaluated.incrementAndGet() == 4;
                            failed.compareAndSet(false, fails);
                            return fails ? Optional.of(Check.OTE_2) : Optional.empty();
                        });
                        guard.release(() -> {
                            if (failed.get()) {
                                late.incrementAndGet();
                            }
                        });
                    } catch (Refused banned) {
                        assertThat(failed).isTrue();
                    }
                    return null;
                }));
            }
            start.countDown();
            for (var session : sessions) {
                session.get();
            }
        }
        assertThat(late).hasValue(0);
        assertThat(evaluated).hasValue(4);
        assertThat(heard).hasSize(1);
        assertThat(node.database.bans().all()).hasSize(1);
    }
}
