package quorate.commit;

import java.util.Optional;
import java.util.function.Function;

/** The rows of the table of protocols.md 5.4 that follow from what a record holds, and those of R8. */
record Rows(Voice voice, Table table) {

    /** The row that fires, if one does. {@code now} is the record with all statements known. */
    Optional<Transition> next(OperationRecord now, Octets active) {
        if (!now.state().isOpen()) {
            return Optional.empty();
        }
        var tally = new Tally(now, voice.me());
        return voice.in(now.operation()) ? voiced(now, tally, active) : silent(now, tally, active);
    }

    private Optional<Transition> voiced(OperationRecord now, Tally tally, Octets active) {
        return switch (now.state()) {
            case PENDING -> Voice.certificate(now).map(certificate -> commit(now, active));
            case COMMITTED -> {
                // Both may hold when a liar says both. Either is safe; CLEAN ends it.
                if (table.cleans(tally)) {
                    yield Optional.of(clean(now));
                }
                yield table.freezes(tally) ? Optional.of(step(now, State.FROZEN, Change.Freeze::new)) : Optional.empty();
            }
            case FROZEN -> {
                if (table.thaws(tally)) {
                    yield Optional.of(clean(now));
                }
                yield table.reverts(tally) ? Optional.of(revert(now)) : Optional.empty();
            }
            case CLEAN, REFUSED, REVERTED -> Optional.empty();
        };
    }

    /** R8: without a voice only what others proved moves a record, and nobody hears of it. */
    private Optional<Transition> silent(OperationRecord now, Tally tally, Octets active) {
        boolean pending = now.state() == State.PENDING;
        if (tally.provesClean()) {
            return pending ? takeProven(now, active) : Optional.of(clean(now));
        }
        if (tally.everyOtherEvenDead(Verb.REFUSED)) {
            return Optional.of(pending ? refuse(now, false) : revert(now));
        }
        return Optional.empty();
    }

    private Transition commit(OperationRecord now, Octets active) {
        var expected = now.operation().expectedActive(voice.me());
        var next = now.operation().nextActive(voice.me());
        // Section 6: a node that was repaired to the new sharing while PENDING commits to what it has.
        boolean repaired = !next.isEmpty() && active.equals(next);
        return active.equals(expected) || repaired
                ? step(now, State.COMMITTED, record -> new Change.Commit(record, active, next))
                : refuse(now, true);
    }

    private Optional<Transition> takeProven(OperationRecord now, Octets active) {
        var next = now.operation().nextActive(voice.me());
        return active.equals(now.operation().expectedActive(voice.me()))
                ? Optional.of(step(now, State.CLEAN, record -> new Change.TakeProven(record, active, next)))
                : Optional.empty();
    }

    private Transition clean(OperationRecord now) {
        var active = now.operation().nextActive(voice.me());
        return step(now, State.CLEAN, record -> new Change.Clean(record, Optional.of(now.state()), active));
    }

    private Transition revert(OperationRecord now) {
        var active = now.operation().nextActive(voice.me());
        return step(now, State.REVERTED, record -> new Change.Revert(record, Optional.of(now.state()), active));
    }

    Transition refuse(OperationRecord now, boolean maybeStale) {
        return step(now, State.REFUSED, record -> new Change.Refuse(record, maybeStale));
    }

    /** The record in its next state, with what this node says there. */
    Transition step(OperationRecord now, State next, Function<OperationRecord, Change> change) {
        var record = voice.speak(now.in(next));
        return new Transition(change.apply(record), voice.announcement(record));
    }
}
