package quorate.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import quorate.node.link.OwnLinks.Evidence;

class OwnLinksTest {
    private final Incarnation mine = new Incarnation(Samples.random32(), Samples.random32(), 5);
    private final OwnLinks own = new OwnLinks(Samples.identity(1), mine, Samples.identity(2).id());

    @Test
    void countsTheLinksOfThisProcess() {
        assertThat(own.issue(1).linkNo()).isEqualTo(1);
        assertThat(own.issue(2).linkNo()).isEqualTo(2);
    }

    @Test
    void provesARollBackByALaterStartOfThisDatabase() {
        assertThat(own.judge(shown(otherProcess(5), 1))).isEqualTo(Evidence.ROLLED_BACK);
        assertThat(own.judge(shown(otherProcess(6), 1))).isEqualTo(Evidence.ROLLED_BACK);
    }

    @Test
    void provesNothingByAnEarlierStartOrAnotherDatabase() {
        var other = Samples.random32();
        assertThat(own.judge(shown(otherProcess(4), 9))).isEqualTo(Evidence.NONE);
        assertThat(own.judge(shown(new Incarnation(Samples.random32(), other, 9), 9))).isEqualTo(Evidence.NONE);
    }

    @Test
    void provesACopyByALinkThatWasNotMade() {
        own.issue(1);
        assertThat(own.judge(shown(mine, 2))).isEqualTo(Evidence.OLDER_COPY);
        assertThat(own.judge(shown(mine, 99))).isEqualTo(Evidence.OLDER_COPY);
    }

    @Test
    void provesACopyByAnotherLinkOfTheSameNumber() {
        own.issue(1);
        assertThat(own.judge(shown(mine, 1))).isEqualTo(Evidence.OLDER_COPY);
    }

    /** "At or above its counter" taken literally would let any peer stop this node with what it was just sent. */
    @Test
    void provesNothingByWhatThisProcessHasMade() {
        var first = own.issue(1);
        var second = own.issue(2);
        assertThat(own.judge(second)).isEqualTo(Evidence.NONE);
        assertThat(own.judge(first)).isEqualTo(Evidence.NONE);
    }

    @Test
    void provesNothingByLinksTooOldToBeRemembered() {
        var first = own.issue(0);
        for (int i = 0; i < OwnLinks.REMEMBERED + 10; i++) {
            own.issue(i);
        }
        assertThat(own.judge(first)).isEqualTo(Evidence.NONE);
        var last = own.issue(7);
        assertThat(own.judge(last)).isEqualTo(Evidence.NONE);
        assertThat(own.judge(shown(mine, last.linkNo()))).isEqualTo(Evidence.OLDER_COPY);
    }

    private Incarnation otherProcess(long startNo) {
        return new Incarnation(Samples.random32(), mine.dbi(), startNo);
    }

    private static SignedLink shown(Incarnation incarnation, long linkNo) {
        return Samples.link(1, 2, incarnation, linkNo);
    }
}
