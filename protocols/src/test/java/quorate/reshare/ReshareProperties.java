package quorate.reshare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Secrets;
import quorate.frost.FrostSigning;
import quorate.frost.SigningRequest;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.rounds.Entry;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.verify.IndependentVerifier;

/** Random keys that go from sharing to sharing: the key stays, and only shares of one sharing fit together. */
class ReshareProperties {
    private static final long SEED = 20_261_122;
    private static final byte[] MESSAGE = "pay 1 to Bob".getBytes(UTF_8);

    /** n, threshold, and what becomes of them; the printed name repeats it. */
    record Case(int number, int n, int degree, int newN, int newDegree, boolean copy) {}

    static List<Case> cases() {
        var random = new Random(SEED);
        var cases = new ArrayList<Case>();
        for (int number = 0; number < 40; number++) {
            int n = 2 + random.nextInt(5);
            int newN = 2 + random.nextInt(5);
            cases.add(new Case(
                    number, n, 1 + random.nextInt(n - 1), newN, 1 + random.nextInt(newN - 1), random.nextBoolean()));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyQuorumOfARefreshedKeySignsAndNoOldShareFits(Case of) {
        try (var scope = new Secrets()) {
            var group = Groups.ED25519;
            var old = Keys.random(group, Scheme.SCHNORR, of.n, of.degree, "key " + of.number, scope);
            var fresh = refresh(refresh(old, of, 1, scope), of, 2, scope);

            var pk = first(old).sharing().publicKey();
            for (var quorum : quorums(of.n, of.degree + 1)) {
                assertThat(group.multiplyBase(Keys.interpolate(pick(fresh, quorum), scope))).isEqualTo(pk);
                assertNoMixFits(pk, quorum, old, fresh, scope);
            }
            assertSigns(fresh, quorums(of.n, of.degree + 1).getLast(), pk, scope);
            assertThat(group.multiplyBase(Keys.interpolate(pick(fresh, range(of.degree)), scope))).isNotEqualTo(pk);
        }
    }

    /** Replaces one share of the quorum by the old one of the same party. */
    private static void assertNoMixFits(
            Point pk,
            Collection<Integer> quorum,
            SortedMap<Integer, KeyShare> old,
            SortedMap<Integer, KeyShare> fresh,
            Secrets scope) {
        for (int stale : quorum) {
            var mixed = new TreeMap<>(fresh);
            mixed.put(stale, Objects.requireNonNull(old.get(stale)));
            assertThat(Groups.ED25519.multiplyBase(Keys.interpolate(pick(mixed, quorum), scope))).isNotEqualTo(pk);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyQuorumOfANewCommitteeSigns(Case of) {
        try (var scope = new Secrets()) {
            var group = Groups.ED25519;
            var old = Keys.random(group, Scheme.SCHNORR, of.n, of.degree, "key " + of.number, scope);
            var quorums = quorums(of.n, of.degree + 1);
            var dealers = new TreeSet<>(quorums.get(new Random(of.number).nextInt(quorums.size())));
            var plan = Handover.plan(old, dealers, of.newN, of.newDegree, of.copy);
            var handover = new Handover(old, plan, Agreements.ids(of.n), scope);
            var outcome = handover.table().run();

            var fresh = new TreeMap<Integer, KeyShare>();
            for (int j = 1; j <= of.newN; j++) {
                var taken = (Handover.Result.Taken) outcome.of(Entry.address(1, j));
                fresh.put(j, taken.share().share());
            }
            var made = outcome.of(plan.dealers().first()).made();
            assertThat(made.operation())
                    .isEqualTo(outcome.of(Entry.address(1, 1)).made().operation());
            var pk = first(old).sharing().publicKey();
            assertThat(made.sharing().publicKey()).isEqualTo(pk);
            assertThat(made.sharing().chainCode()).isEqualTo(first(old).sharing().chainCode());
            assertThat(made.sharing().threshold()).isEqualTo(of.newDegree + 1);
            for (var quorum : quorums(of.newN, of.newDegree + 1)) {
                assertThat(group.multiplyBase(Keys.interpolate(pick(fresh, quorum), scope))).isEqualTo(pk);
            }
            assertThat(group.multiplyBase(Keys.interpolate(pick(fresh, range(of.newDegree)), scope)))
                    .isNotEqualTo(pk);
        }
    }

    @Test
    void makesAnotherSharingEachTime() {
        try (var scope = new Secrets()) {
            var of = new Case(0, 3, 1, 3, 1, false);
            var old = Keys.random(Groups.P256, Scheme.SCHNORR, 3, 1, "key", scope);
            var first = first(refresh(old, of, 1, scope)).sharing();
            var second = first(refresh(old, of, 2, scope)).sharing();
            assertThat(first.commitment()).isNotEqualTo(second.commitment());
            assertThat(first.shareId()).isNotEqualTo(second.shareId());
            assertThat(first.publicKey()).isEqualTo(second.publicKey());
        }
    }

    private static SortedMap<Integer, KeyShare> refresh(
            SortedMap<Integer, KeyShare> shares, Case of, long newEpoch, Secrets scope) {
        var outcome = RoundTable.of(Agreements.refresh(first(shares).sharing(), newEpoch), agreement -> {
                    var share = Objects.requireNonNull(shares.get(agreement.me()));
                    var label = "refresh " + of.number + "/" + newEpoch + "/" + agreement.me();
                    return Refresh.start(agreement, share, new KatDraw(label), scope);
                })
                .run();
        var fresh = new TreeMap<Integer, KeyShare>();
        shares.keySet().forEach(party -> fresh.put(party, outcome.of(party).share()));
        return fresh;
    }

    private static void assertSigns(
            SortedMap<Integer, KeyShare> shares, Collection<Integer> quorum, Point pk, Secrets scope) {
        var request = SigningRequest.of(Groups.ED25519, MESSAGE);
        var outcome = RoundTable.of(Agreements.signing(first(shares).sharing(), quorum, request.params()), agreement -> {
                    var share = Objects.requireNonNull(shares.get(agreement.me()));
                    return FrostSigning.start(agreement, share, request, new KatDraw("sign/" + agreement.me()), scope);
                })
                .run();
        var signature = outcome.of(quorum.iterator().next());
        assertThat(IndependentVerifier.ed25519(pk.encode(), MESSAGE, signature)).isTrue();
    }

    private static KeyShare first(SortedMap<Integer, KeyShare> shares) {
        return Objects.requireNonNull(shares.get(shares.firstKey()));
    }

    private static List<KeyShare> pick(SortedMap<Integer, KeyShare> shares, Collection<Integer> parties) {
        return parties.stream().map(party -> Objects.requireNonNull(shares.get(party))).toList();
    }

    private static List<Integer> range(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    /** Every subset of 1..n of this size. */
    private static List<List<Integer>> quorums(int n, int size) {
        var quorums = new ArrayList<List<Integer>>();
        for (int mask = 0; mask < 1 << n; mask++) {
            if (Integer.bitCount(mask) == size) {
                int bits = mask;
                quorums.add(range(n).stream().filter(i -> (bits >> (i - 1) & 1) == 1).toList());
            }
        }
        return quorums;
    }
}
