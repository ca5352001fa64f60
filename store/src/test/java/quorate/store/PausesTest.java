package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PausesTest {
    @TempDir
    Path root;

    private TestNode node;
    private Database database;

    @BeforeEach
    void open() {
        node = TestNode.prepared(root);
        database = node.open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aNewNodeIsNotPaused() {
        assertThat(database.pauses().current()).isEmpty();
        assertThat(database.pauses().resume()).isFalse();
    }

    @Test
    void saysWhoWhenWhyAndSurvivesARestart() {
        var paused = database.pauses().pause("alice", "maintenance", Optional.empty());
        assertThat(paused.started()).isTrue();
        assertThat(paused.pause())
                .isEqualTo(new Pause(1, "alice", "maintenance", node.clock.instant(), Optional.empty()));
        database.close();
        node.clock.advance(Duration.ofDays(400));
        database = node.open();
        assertThat(database.pauses().current()).contains(paused.pause());
        assertThat(database.pauses().resume()).isTrue();
        assertThat(database.pauses().current()).isEmpty();
        assertThat(database.pauses().resume()).isFalse();
    }

    @Test
    void endsByItselfAtTheLimit() {
        var until = node.clock.instant().plus(Duration.ofMinutes(10));
        database.pauses().pause("backup", "backup 7", Optional.of(until));
        node.clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(database.pauses().current()).isPresent();
        node.clock.advance(Duration.ofMillis(1));
        assertThat(database.pauses().current()).isEmpty();
        assertThat(database.pauses().resume()).isFalse();
        var next = database.pauses().pause("alice", "again", Optional.empty());
        assertThat(next.started()).isTrue();
        assertThat(next.pause().number()).isEqualTo(2);
    }

    @Test
    void pausingAgainJoinsAndOnlyLengthens() {
        var start = node.clock.instant();
        database.pauses().pause("alice", "maintenance", Optional.of(start.plusSeconds(600)));
        node.clock.advance(Duration.ofMinutes(1));

        var shorter = database.pauses().pause("bob", "backup", Optional.of(start.plusSeconds(120)));
        assertThat(shorter.started()).isFalse();
        assertThat(shorter.pause())
                .isEqualTo(new Pause(1, "alice", "maintenance", start, Optional.of(start.plusSeconds(600))));

        var longer = database.pauses().pause("bob", "backup", Optional.of(start.plusSeconds(900)));
        assertThat(longer.pause().until()).contains(start.plusSeconds(900));

        var endless = database.pauses().pause("bob", "backup", Optional.empty());
        assertThat(endless.pause().until()).isEmpty();
        var stillEndless = database.pauses().pause("bob", "backup", Optional.of(start.plusSeconds(9000)));
        assertThat(stillEndless.pause().until()).isEmpty();
    }

    @Test
    void endsExactlyThePauseOfANumber() {
        var backup = database.pauses().pause("backup", "backup 7", Optional.empty()).pause();
        database.pauses().resume();
        var operator = database.pauses().pause("alice", "maintenance", Optional.empty()).pause();
        assertThat(database.pauses().resume(backup.number())).isFalse();
        assertThat(database.pauses().current()).contains(operator);
        assertThat(database.pauses().resume(operator.number())).isTrue();
        assertThat(database.pauses().current()).isEmpty();
    }
}
