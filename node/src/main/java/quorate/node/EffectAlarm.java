package quorate.node;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import quorate.api.Bytes;
import quorate.node.key.KeyOperations;

/**
 * "Reshare not effective, waiting for X" (protocols.md 5.4) as an event, once per operation and start: a node that never
 * commits keeps the old sharing alive, and somebody must hear of it who does not read the status.
 */
final class EffectAlarm {
    private final KeyOperations operations;
    private final Clock clock;
    private final BiConsumer<String, String> event;
    private final Set<Bytes> said = new HashSet<>();

    EffectAlarm(KeyOperations operations, Clock clock, BiConsumer<String, String> event) {
        this.operations = operations;
        this.clock = clock;
        this.event = event;
    }

    /** To be called now and then by one thread. */
    void look() {
        operations.unfinished().stream()
                .filter(operation -> KeyLifeProblems.isNotEffective(operation, clock))
                .filter(operation -> said.add(operation.opId()))
                .forEach(operation -> event.accept(
                        "reshare-not-effective",
                        "operation " + operation.opId().hex() + " of key " + operation.keyId() + " is "
                                + operation.state().wireName() + " for more than "
                                + KeyLifeProblems.NOT_EFFECTIVE_AFTER.toHours() + " hours, waiting for players "
                                + operation.waitingFor() + ": the old shares are worth something until it ends"));
    }
}
