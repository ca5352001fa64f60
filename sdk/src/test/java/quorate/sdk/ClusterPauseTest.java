package quorate.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quorate.api.PauseRequest;
import quorate.api.ProblemCode;
import quorate.testkit.http.FakeCluster;
import quorate.testkit.http.FakeNode;

class ClusterPauseTest {
    private static final Timeouts PATIENT =
            new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));

    private final FakeCluster cluster = FakeCluster.of(3);
    private final List<AdminClient> admins = cluster.nodes().stream()
            .map(node -> new AdminClient(endpoint(node), ApiKey.of(FakeCluster.ADMIN_KEY), PATIENT))
            .toList();

    @AfterEach
    void stop() {
        admins.forEach(AdminClient::close);
        cluster.close();
    }

    @Test
    void pausesAllNodesForALimitedTimeAndResumesThem() {
        try (var pause = ClusterPause.begin(admins, Duration.ofMinutes(5), "backup b1")) {
            assertThat(pause.states().given()).hasSize(3);
            assertThat(cluster.pause(2).paused()).isTrue();
            assertThat(cluster.pause(2).until()).isEqualTo(FakeCluster.NOW.plusSeconds(300));
            assertThat(pause.notPausedUntil(FakeCluster.NOW.plusSeconds(300))).isEmpty();
        }
        assertThat(List.of(1, 2, 3)).noneMatch(player -> cluster.pause(player).paused());
    }

    @Test
    void leavesThePauseOfAnOperatorAsItIs() {
        admins.get(1).pause(new PauseRequest(60L, "rack move", null));

        try (var pause = ClusterPause.begin(admins, Duration.ofMinutes(5), "backup b1")) {
            assertThat(cluster.pause(2).reason()).isEqualTo("rack move");
            assertThat(pause.notPausedUntil(FakeCluster.NOW.plusSeconds(300)).get(2))
                    .isInstanceOfSatisfying(
                            TsmException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.PAUSED));
        }

        assertThat(cluster.pause(2).reason()).isEqualTo("rack move");
        assertThat(cluster.pause(1).paused()).isFalse();
    }

    @Test
    void doesNotEndAPauseThatReplacedIt() {
        try (var pause = ClusterPause.begin(admins, Duration.ofMinutes(5), "backup b1")) {
            assertThat(pause.states().failures()).isEmpty();
            admins.get(0).pause(new PauseRequest(null, "incident", null));
        }

        assertThat(cluster.pause(1).reason()).isEqualTo("incident");
        assertThat(cluster.pause(3).paused()).isFalse();
    }

    @Test
    void endsAPauseWhoseAnswerWasLost() {
        cluster.node(2).when("POST /v1/pause", (call, exchange) -> {
            cluster.node(2).asUsual("POST /v1/pause");
            admins.get(1).pause(new PauseRequest(300L, "backup b1", true));
            FakeNode.hangUp().to(call, exchange);
        });

        try (var pause = ClusterPause.begin(admins, Duration.ofMinutes(5), "backup b1")) {
            assertThat(pause.states().failures()).containsOnlyKeys(2);
            assertThat(cluster.pause(2).paused()).isTrue();
        }

        assertThat(cluster.pause(2).paused()).isFalse();
    }

    @Test
    void resumesTheOthersWhenANodeIsGone() {
        var pause = ClusterPause.begin(admins, Duration.ofMinutes(5), "backup b1");
        cluster.node(1).close();

        var ended = pause.end();

        assertThat(ended.failures()).containsOnlyKeys(1);
        assertThat(cluster.pause(2).paused()).isFalse();
        assertThat(cluster.pause(3).paused()).isFalse();
    }

    @Test
    void resumesEvenWhenTheThreadIsInterrupted() {
        var pause = ClusterPause.begin(admins, Duration.ofMinutes(5), "backup b1");

        Thread.currentThread().interrupt();
        pause.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(cluster.pause(3).paused()).isFalse();
    }

    private static NodeEndpoint endpoint(FakeNode node) {
        return new NodeEndpoint(node.player(), node.api(), node.apiSha256());
    }
}
