package quorate.commit;

import java.util.Optional;
import quorate.rounds.Refused;
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
        return new Outgoing(own, record.state() == State.COMMITTED ? certificate(record) : Optional.empty());
    }

    /** C, if the record holds it. */
    static Optional<Certificate> certificate(OperationRecord record) {
        if (!holdsEveryPrepared(record)) {
            return Optional.empty();
        }
        try {
            return Optional.of(prove(record));
        } catch (Refused e) {
            return Optional.empty();
        }
    }

    /** Why the prepared statements of all participants are no certificate, if they are all here. */
    static Optional<Refused> flaw(OperationRecord record) {
        if (!holdsEveryPrepared(record)) {
            return Optional.empty();
        }
        try {
            prove(record);
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e);
        }
    }

    private static boolean holdsEveryPrepared(OperationRecord record) {
        return record.operation().participants().stream()
                .allMatch(participant -> record.statements().has(participant.seat(), Verb.PREPARED));
    }

    private static Certificate prove(OperationRecord record) throws Refused {
        return Certificate.ofAuthentic(record.operation().participants().stream()
                .flatMap(participant -> record.statements().of(participant.seat(), Verb.PREPARED).stream())
                .toList());
    }
}
