package quorate.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.simulation.CoinToss.ascii;
import static quorate.testkit.simulation.CoinToss.other;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.Groups;
import quorate.rounds.Agree;
import quorate.rounds.Check;
import quorate.rounds.Entry;
import quorate.rounds.Offer;
import quorate.rounds.Operation;
import quorate.rounds.Term;
import quorate.testkit.simulation.CoinToss.Toss;

/** Round 0: COM-5 and COM-6 of protocols.md Appendix A, scenario 5 of Appendix B. Party 2 differs. */
class AgreementSimulation {
    private static final Offer OLD = new Offer(3, ascii("the sharing of epoch three......"));
    private static final Offer NEW = new Offer(4, ascii("the sharing of epoch four......."));
    private static final Offer FORK = new Offer(4, ascii("another sharing of epoch four..."));

    private static Simulation<Toss> signing() {
        return Simulation.signing(Operation.FROST_INTERACTIVE, 3, 2, Set.of(1, 2, 3), CoinToss.PLAYER);
    }

    static Stream<Arguments> differences() {
        return Stream.of(
                difference(d -> d.operation(Operation.FROST_PRESIGN), "protocolId: 7 at parties 1 and 3, 6 at party 2"),
                difference(d -> d.group(Groups.ED25519, 2), "curveId: 1 at parties 1 and 3, 5 at party 2"),
                difference(d -> d.group(Groups.SECP256K1, 3), "scheme: 2 at parties 1 and 3, 3 at party 2"),
                difference(d -> d.keyId("key-2"), "keyId: \"key-1\" at parties 1 and 3, \"key-2\" at party 2"),
                difference(d -> d.size(4, 2), "n: 3 at parties 1 and 3, 4 at party 2"),
                difference(d -> d.size(3, 3), "degree: 1 at parties 1 and 3, 2 at party 2"),
                difference(d -> d.roster(new byte[32]), "roster: 0x", " at party 2"),
                difference(d -> d.params(ascii("b")), "params[1]: 0x at parties 1 and 3, \"b\" at party 2"),
                difference(d -> d.participants(renamed(d.nodes())), "who: ", "at parties 1 and 3", "at party 2"));
    }

    private static Arguments difference(Consumer<Draft> change, String... words) {
        return Arguments.of(change, words);
    }

    @ParameterizedTest
    @MethodSource("differences")
    void namesTheFieldTheValuesAndTheParties(Consumer<Draft> change, String[] words) { // COM-6
        for (long seed = 1; seed <= 10; seed++) {
            signing().seed(seed).proposing(2, change).run().everyHonestParty().fails(Check.COM_6).says(words);
        }
    }

    @Test
    void namesEveryFieldThatDiffers() { // COM-6
        signing()
                .proposing(2, draft -> draft.keyId("key-2").size(5, 3))
                .run()
                .everyHonestParty()
                .fails(Check.COM_6)
                .says("keyId", "n: ", "degree");
    }

    @Test
    void namesAnotherVersion() { // COM-6
        signing()
                .whenever(2, Agree.class, agree -> {
                    var terms = new EnumMap<>(agree.terms());
                    terms.put(Term.VERSION, new byte[] {2});
                    return new Agree(
                            terms, agree.offers(), agree.incarnation(), agree.database(), agree.top(), agree.pairs());
                })
                .run()
                .everyHonestParty()
                .fails(Check.COM_6)
                .says("version: 1 at parties 1 and 3, 2 at party 2");
    }

    @Test
    void namesTheRosterWhenTwoEntriesAreSwapped() { // COM-6 and not COM-7: party 2 holds the wrong keys
        for (long seed = 1; seed <= 10; seed++) {
            signing()
                    .seed(seed)
                    .proposing(2, draft -> draft.roster(new byte[32]).participants(swapped(draft.nodes())))
                    .run()
                    .everyHonestParty()
                    .fails(Check.COM_6)
                    .says("roster", "who");
        }
    }

    @Test
    void namesAPeerThatRestarted() { // COM-6: inc and dbi are those of the link
        var run = signing()
                .proposing(2, draft -> draft.participants(restarted(draft.nodes())))
                .run();
        run.parties(2).fails(Check.COM_6).says("incarnation: ", "database: ", "on its link at party 3");
        run.parties(1, 3).isTold(Check.Verdict.FAIL);
    }

    @Test
    void anotherSessionIsNotThisOne() { // COM-1
        signing().proposing(2, draft -> draft.sessionId(new byte[32])).run().parties(1, 3).misses(2);
    }

    @Test
    void choosesTheNewestSharingThatAllOffer() {
        var results = signing()
                .proposing(draft -> draft.offers(OLD, NEW))
                .proposing(2, draft -> draft.offers(OLD))
                .run()
                .allFinish();
        assertThat(results.values()).allSatisfy(toss -> {
            assertThat(toss.agreement().epoch()).isEqualTo(OLD.epoch());
            assertThat(toss.agreement().shareId()).isEqualTo(OLD.shareId());
        });
        var newest = signing().proposing(draft -> draft.offers(NEW, OLD)).run().resultOf(1);
        assertThat(newest.agreement().epoch()).isEqualTo(NEW.epoch());
    }

    @Test
    void oneEpochIsNotOneSharing() { // COM-6
        signing()
                .proposing(draft -> draft.offers(NEW))
                .proposing(2, draft -> draft.offers(FORK))
                .run()
                .everyHonestParty()
                .fails(Check.COM_6)
                .says("no common sharing", NEW + " at party 1", FORK + " at party 2", NEW + " at party 3");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                difference(d -> d.participants(d.nodes().reversed()), "not sorted"),
                difference(d -> d.participants(twice(d.nodes())), "not sorted or distinct"),
                difference(d -> d.participants(sameNode(d.nodes())), "party 3 is on the node of another party"),
                difference(d -> d.parties(Set.of(1, 3)), "party 2 does not take part"),
                difference(d -> d.participants(d.nodes().subList(1, 2)), "1 parties cannot run"),
                difference(d -> d.size(2, 2), "no party of 2 has index 3"),
                difference(d -> d.size(3, 4), "a threshold of 4 is not 2 to 3"),
                difference(d -> d.size(33, 2), "2 to 32 players"),
                difference(d -> d.offers(), "no sharing of the key"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesARequestThatIsWrong(Consumer<Draft> change, String[] words) { // COM-5
        var run = signing().proposing(2, change).run();
        run.parties(2).refuses(Check.COM_5).says(words);
        run.parties(1, 3).fails();
    }

    @Test
    void tellsTheOthersThatItRefuses() { // COM-5
        var run = signing().proposing(2, draft -> draft.offers()).run();
        run.parties(1, 3).isTold(Check.Verdict.REFUSE);
    }

    @Test
    void aNewKeyNeedsAllItsParties() { // COM-5
        Simulation.keygen(3, 2, CoinToss.PLAYER)
                .proposing(draft -> draft.size(4, 2))
                .run()
                .everyHonestParty()
                .refuses(Check.COM_5)
                .says("3 parties cannot run KEYGEN on a key of 4 players");
    }

    @Test
    void refusesToBeSomebodyElse() { // COM-5
        var run = signing()
                .proposing(2, draft -> draft.participants(renamed(draft.nodes(), 2)))
                .run();
        run.parties(2).refuses(Check.COM_5).says("entry of party 2 is not this node's");
    }

    private static List<Entry> twice(List<Entry> nodes) {
        nodes.set(2, nodes.get(1));
        return nodes;
    }

    private static List<Entry> sameNode(List<Entry> nodes) {
        nodes.set(2, moved(nodes.get(1), 3));
        return nodes;
    }

    private static List<Entry> renamed(List<Entry> nodes) {
        return renamed(nodes, 3);
    }

    private static List<Entry> renamed(List<Entry> nodes, int party) {
        var entry = nodes.get(party - 1);
        nodes.set(party - 1, new Entry(
                0, party, other(entry.id()), entry.incarnation(), entry.database(), entry.statementKey()));
        return nodes;
    }

    private static List<Entry> restarted(List<Entry> nodes) {
        var entry = nodes.get(2);
        nodes.set(2, new Entry(
                0, 3, entry.id(), other(entry.incarnation()), other(entry.database()), entry.statementKey()));
        return nodes;
    }

    /** Parties 1 and 3 have changed places: ids, processes, databases and keys. */
    private static List<Entry> swapped(List<Entry> nodes) {
        Collections.swap(nodes, 0, 2);
        nodes.set(0, moved(nodes.get(0), 1));
        nodes.set(2, moved(nodes.get(2), 3));
        return nodes;
    }

    private static Entry moved(Entry entry, int party) {
        return new Entry(0, party, entry.id(), entry.incarnation(), entry.database(), entry.statementKey());
    }
}
