package quorate.commit;

import java.util.List;
import java.util.stream.Stream;

/**
 * Who has said what, as the table of protocols.md 5.4 counts it. "Others" are the other participants; one
 * declared dead here is excused where all others are asked, and what it said no longer counts.
 */
final class Tally {
    private final OperationRecord record;
    private final List<Participant> others;

    Tally(OperationRecord record, Octets me) {
        this.record = record;
        this.others = record.operation().participants().stream()
                .filter(participant -> !participant.id().equals(me))
                .toList();
    }

    /** Whether every other participant that is not dead has said one of {@code verbs}. */
    boolean everyOther(Verb... verbs) {
        return living().allMatch(other -> said(other, verbs));
    }

    boolean anyOther(Verb verb) {
        return living().anyMatch(other -> said(other, verb));
    }

    /** Whether every other participant has said it; nobody is excused. */
    boolean everyOtherEvenDead(Verb verb) {
        return others.stream().allMatch(other -> said(other, verb));
    }

    /** CLEAN of more than the degree of a committee: one of them is honest. */
    boolean provesClean() {
        return Stream.of(0, 1).anyMatch(role -> clean(role) > record.degrees().forRole(role));
    }

    /** How many others of the committee are CLEAN. */
    long clean(int role) {
        return living().filter(other -> other.seat().role() == role && said(other, Verb.CLEAN)).count();
    }

    /** How many others of the committee are declared dead here. */
    long dead(int role) {
        return others.stream()
                .filter(other -> other.seat().role() == role && isDead(other))
                .count();
    }

    int degree(int role) {
        return record.degrees().forRole(role);
    }

    private Stream<Participant> living() {
        return others.stream().filter(other -> !isDead(other));
    }

    private boolean isDead(Participant participant) {
        return record.dead().contains(participant.id());
    }

    private boolean said(Participant participant, Verb... verbs) {
        return Stream.of(verbs).anyMatch(verb -> record.statements().has(participant.seat(), verb));
    }
}
