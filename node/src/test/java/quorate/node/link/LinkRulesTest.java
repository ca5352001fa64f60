package quorate.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import quorate.node.link.LinkRules.Verdict;
import quorate.rounds.Check;

class LinkRulesTest {
    private static final Verdict ACCEPT = new Verdict.Accept();
    private static final Verdict PROVE = new Verdict.ProveOldDead();

    private final LinkRules rules = new LinkRules();
    private final Incarnation first = Samples.incarnation();
    private final Incarnation second = Samples.restarted(first);

    @Test
    void acceptsTheFirstProcess() {
        assertThat(rules.judge(link(first, 1), false)).isEqualTo(ACCEPT);
    }

    @Test
    void acceptsANewLinkOfTheSameProcessOpenOrNot() {
        rules.accepted(link(first, 1));
        assertThat(rules.judge(link(first, 2), false)).isEqualTo(ACCEPT);
        assertThat(rules.judge(link(first, 2), true)).isEqualTo(ACCEPT);
    }

    @Test
    void acceptsARestartedProcessWhenTheOldLinkIsClosed() {
        rules.accepted(link(first, 7));
        assertThat(rules.judge(link(second, 1), false)).isEqualTo(ACCEPT);
    }

    @Test
    void wantsProofOfDeathWhileTheOldLinkIsOpen() {
        rules.accepted(link(first, 7));
        assertThat(rules.judge(link(second, 1), true)).isEqualTo(PROVE);
        assertThat(rules.judge(link(Samples.incarnation(), 1), true)).isEqualTo(PROVE);
    }

    @Test
    void neverAcceptsAProcessThatWasReplaced() {
        rules.accepted(link(first, 1));
        rules.accepted(link(second, 1));
        assertRefused(link(first, 2), Refusal.REPLACED_INCARNATION);
        var otherDatabase = new Incarnation(first.inc(), Samples.random32(), 99);
        assertRefused(link(otherDatabase, 3), Refusal.REPLACED_INCARNATION);
        rules.accepted(link(Samples.restarted(second), 1));
        assertRefused(link(first, 4), Refusal.REPLACED_INCARNATION);
        assertRefused(link(second, 2), Refusal.REPLACED_INCARNATION);
    }

    @Test
    void refusesAnEarlierStartOfTheSameDatabase() {
        var fifth = new Incarnation(Samples.random32(), first.dbi(), 5);
        rules.accepted(link(fifth, 1));
        assertRefused(link(new Incarnation(Samples.random32(), first.dbi(), 4), 1), Refusal.EARLIER_START);
        assertThat(rules.judge(link(new Incarnation(Samples.random32(), first.dbi(), 5), 1), false)).isEqualTo(ACCEPT);
        assertThat(rules.judge(link(new Incarnation(Samples.random32(), first.dbi(), 6), 1), false)).isEqualTo(ACCEPT);
    }

    @Test
    void acceptsAnEarlierStartOfAnotherDatabase() {
        rules.accepted(link(new Incarnation(Samples.random32(), first.dbi(), 5), 1));
        assertThat(rules.judge(link(Samples.incarnation(), 1), false)).isEqualTo(ACCEPT);
    }

    @Test
    void remembersTheStartsOfADatabaseThatWasLeft() {
        rules.accepted(link(new Incarnation(Samples.random32(), first.dbi(), 5), 1));
        rules.accepted(link(Samples.incarnation(), 1));
        assertRefused(link(new Incarnation(Samples.random32(), first.dbi(), 4), 1), Refusal.EARLIER_START);
    }

    @Test
    void refusesALinkThatIsNotNewerThanTheCurrentOne() {
        rules.accepted(link(first, 3));
        assertRefused(link(first, 3), Refusal.EARLIER_LINK);
        assertRefused(link(first, 2), Refusal.EARLIER_LINK);
    }

    @Test
    void refusesAProcessThatContradictsItself() {
        rules.accepted(link(first, 3));
        assertRefused(link(new Incarnation(first.inc(), Samples.random32(), 1), 4), Refusal.CONTRADICTION);
        assertRefused(link(new Incarnation(first.inc(), first.dbi(), 2), 4), Refusal.CONTRADICTION);
    }

    @Test
    void refusesProcessesOfLongAgoByTheirStart() {
        var start = unsigned(Samples.incarnation());
        rules.accepted(start);
        var last = start.incarnation();
        for (int i = 0; i < LinkRules.REMEMBERED + 10; i++) {
            last = Samples.restarted(last);
            rules.accepted(unsigned(last));
        }
        assertRefused(start, Refusal.EARLIER_START);
        assertThat(rules.judge(unsigned(Samples.restarted(last)), true)).isEqualTo(PROVE);
    }

    @Test
    void carriesPsg4OnEveryRuleOfTheSpecification() {
        for (var refusal : Refusal.values()) {
            boolean ofThePair = refusal == Refusal.WRONG_IDS || refusal == Refusal.BAD_SIGNATURE;
            assertThat(refusal.check()).isEqualTo(ofThePair ? Optional.empty() : Optional.of(Check.PSG_4));
            assertThat(Refusal.ofCode(refusal.code())).contains(refusal);
        }
    }

    @Test
    void storesTheHighestLink() {
        var stored = link(second, 5);
        assertThat(LinkRules.isHigher(stored, Optional.empty())).isTrue();
        assertThat(LinkRules.isHigher(link(second, 6), Optional.of(stored))).isTrue();
        assertThat(LinkRules.isHigher(link(second, 5), Optional.of(stored))).isFalse();
        assertThat(LinkRules.isHigher(link(first, 9), Optional.of(stored))).isFalse();
        assertThat(LinkRules.isHigher(link(Samples.restarted(second), 1), Optional.of(stored))).isTrue();
        var twin = new Incarnation(Samples.random32(), second.dbi(), second.startNo());
        assertThat(LinkRules.isHigher(link(twin, 9), Optional.of(stored))).isFalse();
    }

    private void assertRefused(SignedLink link, Refusal why) {
        assertThat(rules.judge(link, false)).isEqualTo(new Verdict.Refuse(why));
        assertThat(rules.judge(link, true)).isEqualTo(new Verdict.Refuse(why));
    }

    private static SignedLink link(Incarnation incarnation, long linkNo) {
        return Samples.link(1, 2, incarnation, linkNo);
    }

    private static SignedLink unsigned(Incarnation incarnation) {
        var id = Samples.identity(1).id();
        return SignedLink.sign(id, id, incarnation, 1, 1, digest -> new byte[64]);
    }
}
