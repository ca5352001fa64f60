package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PointErasureTest {
    static Stream<Group> groups() {
        return Groups.all().stream();
    }

    @ParameterizedTest
    @MethodSource("groups")
    void choosesByMask(Group group) {
        var p = group.multiplyBase(group.scalar(5));
        var q = group.multiplyBase(group.scalar(7));
        assertThat(p.orIf(q, 0)).isEqualTo(p).isNotSameAs(p);
        assertThat(p.orIf(q, -1)).isEqualTo(q).isNotSameAs(q);
        assertThat(p.orIf(group.identity(), -1).isIdentity()).isTrue();
        var chosen = p.orIf(q, -1);
        chosen.erase();
        assertThat(q).isEqualTo(group.multiplyBase(group.scalar(7)));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void cannotBeUsedOnceErased(Group group) {
        var other = group.generator();
        var point = group.multiplyBase(group.scalar(5));
        assertThat(point.encode()).hasSize(group.pointBytes());
        point.erase();
        point.erase();
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                point::encode,
                point::isIdentity,
                point::hasEvenY,
                point::negate,
                () -> point.plus(other),
                () -> other.minus(point),
                () -> point.times(group.scalar(2)),
                () -> point.orIf(other, 0),
                () -> point.equals(other))) {
            assertThatThrownBy(use).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void refusesToEraseWhatBelongsToTheGroup(Group group) {
        assertThatThrownBy(() -> group.generator().erase()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> group.identity().erase()).isInstanceOf(IllegalArgumentException.class);
    }
}
