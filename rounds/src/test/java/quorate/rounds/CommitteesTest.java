package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;

/** COM-5 for operations with two committees, and what is computed for ctx of operations that make a sharing. */
class CommitteesTest {
    private static final Offer OFFER = new Offer(4, Example.SHARE_ID);
    private static final List<byte[]> PARAMS = Collections.nCopies(8, new byte[0]);

    private static Entry fresh(int index) {
        var node = Example.entry(index + 10);
        return new Entry(1, index, node.id(), node.incarnation(), node.database(), node.statementKey());
    }

    /** A key of 3 parties and threshold 2 goes to these. */
    private static Proposal proposal(Operation operation, Entry me, List<Entry> participants) {
        return new Proposal(
                operation,
                Groups.SECP256K1,
                2,
                Example.ascii("key-1"),
                3,
                1,
                Example.roster(3),
                participants,
                me,
                Example.SESSION,
                operation == Operation.REFRESH ? List.of(new byte[0]) : PARAMS,
                me.role() == 1 ? List.of() : List.of(OFFER),
                Example.PUBLIC_KEY,
                new byte[0],
                new byte[0],
                top -> top.length == 8 ? OptionalLong.of(Encoding.os2ip(top, 0, 8)) : OptionalLong.empty());
    }

    private static List<Entry> old(int... indices) {
        var entries = new ArrayList<Entry>();
        for (int index : indices) {
            entries.add(Example.entry(index));
        }
        return entries;
    }

    private static List<Entry> with(List<Entry> old, Entry... fresh) {
        var all = new ArrayList<>(old);
        all.addAll(List.of(fresh));
        return all;
    }

    private static void assertRefused(Operation operation, List<Entry> participants, String reason) {
        assertThatThrownBy(() -> proposal(operation, participants.getFirst(), participants).check())
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.check()).isEqualTo(Check.COM_5))
                .hasMessageContaining(reason);
    }

    @Test
    void admitsWhoGivesAndWhoTakes() throws Refused {
        for (var participants : List.of(
                with(old(1, 2, 3), fresh(1), fresh(2)), with(old(1, 3), fresh(1), fresh(2), fresh(3), fresh(4)))) {
            for (var me : participants) {
                proposal(Operation.REDISTRIBUTION, me, participants).check();
            }
        }
        for (var me : with(old(2, 3), fresh(1), fresh(2))) {
            proposal(Operation.COPY, me, with(old(2, 3), fresh(1), fresh(2))).check();
        }
    }

    @Test
    void admitsANodeInBothCommittees() throws Refused {
        var node = Example.entry(2);
        var again = new Entry(1, 1, node.id(), node.incarnation(), node.database(), node.statementKey());
        proposal(Operation.REDISTRIBUTION, again, with(old(1, 2, 3), again, fresh(2))).check();
    }

    @Test
    void refusesCommitteesThatCannotBe() {
        assertRefused(Operation.REDISTRIBUTION, old(1, 2, 3), "no new committee");
        assertRefused(Operation.REFRESH, with(old(1, 2, 3), fresh(1)), "no participants of role 1");
        assertRefused(Operation.FROST_INTERACTIVE, with(old(1, 2, 3), fresh(1)), "no participants of role 1");
        assertRefused(Operation.REDISTRIBUTION, with(old(1), fresh(1), fresh(2)), "1 parties cannot run");
        assertRefused(Operation.COPY, with(old(1, 2, 3), fresh(1), fresh(2)), "3 parties cannot run");
        assertRefused(Operation.REDISTRIBUTION, with(old(1, 2), fresh(1), fresh(3)), "no party of 2 has index 3");
        var twin = fresh(1);
        var twice = new Entry(1, 2, twin.id(), twin.incarnation(), twin.database(), twin.statementKey());
        assertRefused(Operation.REDISTRIBUTION, with(old(1, 2), twin, twice), "on the node of another party");
        assertRefused(Operation.REDISTRIBUTION, with(List.of(fresh(1)), Example.entry(1), fresh(2)), "not sorted");
    }

    /** newEpoch is not in AGREE and is in ctx: of a refresh alone, of a redistribution as the seventh param. */
    @Test
    void bindsTheNewEpochIntoCtx() throws Disagreement {
        var participants = with(old(1, 2, 3), fresh(1), fresh(2));
        var first = agreed(Operation.REDISTRIBUTION, participants, new byte[0]);
        var later = agreed(Operation.REDISTRIBUTION, participants, Encoding.i2osp(6, 8));
        assertThat(first.newEpoch()).isEqualTo(5);
        assertThat(later.newEpoch()).isEqualTo(7);
        assertThat(first.ctx()).isNotEqualTo(later.ctx());
        assertThat(agreed(Operation.REFRESH, old(1, 2, 3), Encoding.i2osp(9, 8)).newEpoch()).isEqualTo(10);
        assertThat(Operation.REDISTRIBUTION.paramsWith(7, PARAMS).get(6)).isEqualTo(Encoding.i2osp(7, 8));
        assertThat(Operation.REFRESH.paramsWith(7, List.of(new byte[0]))).hasSize(1).first().isEqualTo(Encoding.i2osp(7, 8));
        assertThat(Operation.KEYGEN.paramsWith(7, PARAMS)).isSameAs(PARAMS);
    }

    /** A copy is a key of its own: epoch 0, whatever certificates there are of the old one. */
    @Test
    void startsACopyAtEpochZero() throws Disagreement {
        var copy = agreed(Operation.COPY, with(old(1, 2), fresh(1), fresh(2)), Encoding.i2osp(6, 8));
        assertThat(copy.newEpoch()).isZero();
        assertThat(copy.epoch()).isEqualTo(4);
        assertThat(copy.newParties()).containsExactly(1, 2);
        assertThat(copy.parties()).containsExactly(1, 2);
    }

    /** Agreed by all, of whom party 2 shows {@code top}; as everybody sees it. */
    private static Agreement agreed(Operation operation, List<Entry> participants, byte[] top) throws Disagreement {
        var all = new TreeMap<Integer, Agree>();
        for (var entry : participants) {
            var said = proposal(operation, entry, participants).agree();
            all.put(
                    entry.address(),
                    new Agree(
                            said.terms(),
                            said.offers(),
                            said.incarnation(),
                            said.database(),
                            entry.address() == 2 ? top : new byte[0],
                            said.pairs()));
        }
        var agreement = proposal(operation, participants.getFirst(), participants).agree(all);
        for (var entry : participants) {
            var other = proposal(operation, entry, participants).agree(all);
            assertThat(other.ctx()).isEqualTo(agreement.ctx());
            assertThat(other.address()).isEqualTo(entry.address());
        }
        return agreement;
    }
}
