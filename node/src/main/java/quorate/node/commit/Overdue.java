package quorate.node.commit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quorate.commit.CommitMachine;
import quorate.commit.Octets;
import quorate.commit.OperationRecord;
import quorate.commit.Transition;

/**
 * Which operations have waited long enough (R1, R7): one is refused on the deadline, but not before everybody who
 * is reachable was asked for a certificate. Used under the lock of {@link Commits}.
 */
final class Overdue {
    /** How long a peer that was asked for a certificate may take to answer. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final CommitMachine machine;
    private final Correspondents others;
    private final Clock clock;
    private final Duration pendingDeadline;
    private final Map<Octets, Instant> contacts = new HashMap<>();
    private final Map<Octets, Inquiry> inquiries = new HashMap<>();

    /** Who has answered since we began to give an operation up (R7). */
    private record Inquiry(Instant begun, Set<Octets> answered) {}

    /** @param pendingDeadline after which an operation without certificate is given up (R1) */
    Overdue(CommitMachine machine, Correspondents others, Clock clock, Duration pendingDeadline) {
        this.machine = machine;
        this.others = others;
        this.clock = clock;
        this.pendingDeadline = pendingDeadline;
    }

    /** Contact is who says something new: nodes that only repeat themselves wait in vain (R1). */
    void contact(Octets opId) {
        contacts.put(opId, clock.instant());
    }

    /** The operation is closed. */
    void forget(Octets opId) {
        contacts.remove(opId);
        inquiries.remove(opId);
    }

    void answered(int player, Octets opId) {
        var inquiry = inquiries.get(opId);
        if (inquiry != null) {
            others.id(player).ifPresent(inquiry.answered()::add);
        }
    }

    /** The refusal of a pending operation, once it is due. */
    Optional<Transition> refusal(OperationRecord record) {
        var now = clock.instant();
        var opId = record.operation().opId();
        var since = contacts.computeIfAbsent(opId, ignored -> now);
        var inquiry = inquiries.get(opId);
        if (inquiry == null) {
            if (Duration.between(since, now).compareTo(pendingDeadline) >= 0) {
                inquiries.put(opId, new Inquiry(now, new HashSet<>()));
                others.askEverybody(record);
            }
            return Optional.empty();
        }
        boolean patient = Duration.between(inquiry.begun(), now).compareTo(ANSWER_WITHIN) < 0;
        return machine.refuseOnDeadline(record, patient ? others.reachable() : Set.of(), inquiry.answered());
    }
}
