package quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import quorate.node.identity.Bytes32;
import quorate.node.link.Incarnation;
import quorate.node.link.Refusal;

/** Events are never deleted: a peer must not be able to fill the database with them. */
class MeshEventsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final List<String> events = new ArrayList<>();

    @Test
    void recordsARefusalThatIsRepeatedOnlyOnceAnHour() {
        InstantSource source = now::get;
        try (var mesh = new Mesh(source.withZone(ZoneOffset.UTC), (kind, detail) -> events.add(kind + ": " + detail))) {
            for (int attempt = 0; attempt < 100; attempt++) {
                mesh.up(2, process());
                mesh.refused(2, Refusal.DUPLICATE_PLAYER, true);
                mesh.down(2, process());
            }
            assertThat(events).hasSize(1);

            mesh.refused(2, Refusal.DUPLICATE_PLAYER, false);
            mesh.refused(3, Refusal.DUPLICATE_PLAYER, true);
            assertThat(events).hasSize(3);

            now.updateAndGet(before -> before.plus(Duration.ofHours(1)));
            mesh.refused(2, Refusal.DUPLICATE_PLAYER, true);
            assertThat(events).hasSize(4);
        }
    }

    private static Incarnation process() {
        return new Incarnation(Bytes32.of(new byte[32]), Bytes32.of(new byte[32]), 1);
    }
}
