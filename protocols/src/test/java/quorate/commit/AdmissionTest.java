package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** R0 and TPC-2 of protocols.md. */
class AdmissionTest {
    private static final Octets REQUEST = Cast.name("request", 1);
    private static final Octets OTHER = Cast.name("request", 2);

    private static OperationRecord closed() throws Refused {
        return Cast.machine(1)
                .refuseWithoutResult(Cast.refresh(3), Degrees.of(1))
                .change()
                .record();
    }

    private static OperationRecord open() throws Refused {
        var refresh = Cast.refresh(3);
        return Cast.machine(1)
                .prepare(
                        refresh,
                        Cast.setups(refresh, new Seat(0, 1)),
                        Degrees.of(1),
                        Cast.BASE,
                        Optional.empty())
                .change()
                .record();
    }

    @Test
    void admitsTheFirst() {
        assertThat(Admission.decide(REQUEST, Optional.empty(), Optional.empty(), Optional.empty()))
                .isEqualTo(new Admission.Admitted());
    }

    @Test
    void joinsTheRunningSessionOfTheSameRequest() {
        assertThat(Admission.decide(REQUEST, Optional.empty(), Optional.empty(), Optional.of(REQUEST)))
                .isEqualTo(new Admission.Running());
    }

    @Test
    void isBusyWithTheRunningSessionOfAnother() {
        var busy = new Admission.Busy(OTHER, Optional.empty());

        assertThat(Admission.decide(REQUEST, Optional.empty(), Optional.empty(), Optional.of(OTHER)))
                .isEqualTo(busy);
        assertThat(busy.refusal().check()).isEqualTo(Check.TPC_2);
        assertThat(busy.refusal()).hasMessageContaining(OTHER + ", RUNNING");
    }

    @Test
    void isBusyWithTheOpenRecordOfAnother() throws Refused {
        var open = open();

        assertThat(Admission.decide(REQUEST, Optional.empty(), Optional.of(open), Optional.empty()))
                .isEqualTo(new Admission.Busy(open.operation().opId(), Optional.of(State.PENDING)));
    }

    @Test
    void tellsWhereTheSameRequestStands() throws Refused {
        var open = open();
        var closed = closed();

        assertThat(Admission.decide(open.operation().opId(), Optional.of(open), Optional.of(open), Optional.empty()))
                .isEqualTo(new Admission.Recorded(State.PENDING));
        assertThat(Admission.decide(
                        closed.operation().opId(), Optional.of(closed), Optional.empty(), Optional.of(OTHER)))
                .isEqualTo(new Admission.Recorded(State.REFUSED));
    }
}
