package quorate.commit;

import java.util.Optional;
import quorate.rounds.StatementSigner;

/**
 * What this node may say about an operation. It has a voice while its database has the history that the
 * operation lists for it (R8): a newer history may have forgotten what the node said before.
 */
record Voice(Octets me, Octets database, StatementSigner signer) {

    boolean in(Operation operation) {
        boolean sits = false;
        for (var participant : operation.participants()) {
            if (participant.id().equals(me)) {
                if (!participant.database().equals(database)) {
                    return false;
                }
                sits = true;
            }
        }
        return sits;
    }

    /** The record with this node's statements of its state, one per seat. Without a voice: unchanged. */
    OperationRecord speak(OperationRecord record) {
        if (!in(record.operation())) {
            return record;
        }
        var verb = record.state().announces();
        var spoken = record.own().stream()
                .filter(subject -> !record.statements().has(subject.signer(), verb))
                .map(subject -> Statement.sign(verb, subject, signer))
                .toList();
        return record.holding(record.statements().with(spoken));
    }

    /** What the state of a durable record lets this node say. */
    Outgoing announcement(OperationRecord record) {
        if (!in(record.operation())) {
            return Outgoing.NOTHING;
        }
        var verb = record.state().announces();
        var own = record.own().stream()
                .flatMap(subject -> record.statements().of(subject.signer(), verb).stream())
                .toList();
        return new Outgoing(own, record.state() == State.COMMITTED ? record.certificate() : Optional.empty());
    }
}
