package quorate.frost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.Encoding;
import quorate.algebra.Scalar;
import quorate.algebra.Secrets;
import quorate.presign.Kind;
import quorate.presign.PoolKey;
import quorate.presign.PresignatureId;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Entry;
import quorate.rounds.Inbox;
import quorate.rounds.Misbehaviour;
import quorate.rounds.Outbox;
import quorate.rounds.Refused;
import quorate.rounds.Round;
import quorate.rounds.Step;
import quorate.testkit.verify.IndependentVerifier;
import quorate.testkit.verify.IndependentVerifier.Curve;

/** Presigning and signing from presignatures: what works, and every check broken exactly there by party 3 (and 4). */
class FrostPresignTest {
    private static final List<Integer> SIGNERS = List.of(1, 2, 3, 4);
    private static final int ITEMS = 3;

    private final Secrets scope = new Secrets();
    private Presigners presigners = new Presigners(Suite.ED25519, 4, 2, scope);

    @AfterEach
    void wipe() {
        scope.close();
    }

    private void use(Suite suite) {
        presigners = new Presigners(suite, 4, 2, scope);
    }

    private byte[] g() {
        return presigners.suite().group().generator().encode();
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void everyPresignatureOfABatchBecomesASignatureThatOthersVerify(Suite suite) throws Exception {
        use(suite);
        for (var quorum : List.of(List.of(1, 2, 4), SIGNERS)) {
            var batches = presigners.table(quorum, ITEMS).run();
            for (int k = 0; k < ITEMS; k++) {
                var id = batches.of(1).get(k).id();
                var request = presigners.request("message " + k);
                var signature = combine(request, id, presigners.sign(batches, quorum, k, request));
                var pk = request.publicKey(presigners.sharing().scheme(), presigners.sharing().publicKey());
                assertThat(verifies(suite, pk.encode(), request.message(), signature)).isTrue();
            }
        }
    }

    @Test
    void allPartiesNameThePresignaturesAlikeAndNoTwoTheSame() {
        var batches = presigners.table(SIGNERS, 64).run();
        var ids = batches.of(1).stream().map(FrostPresignature::id).toList();
        assertThat(new HashSet<>(ids)).hasSize(64);
        for (int party : SIGNERS) {
            assertThat(batches.of(party).stream().map(FrostPresignature::id)).isEqualTo(ids);
            var origin = batches.of(party).getFirst().origin();
            assertThat(batches.of(party)).allMatch(presignature -> presignature.origin() == origin);
            assertThat(origin.kind()).isEqualTo(Kind.FROST);
            assertThat(origin.pool()).isEqualTo(PoolKey.of("key-1", SIGNERS));
            assertThat(origin.shareId()).isEqualTo(presigners.sharing().shareId());
            var parts = Encoding.concat(origin.parts().stream().map(Entry::encode).toArray(byte[][]::new));
            assertThat(parts).isEqualTo(presigners.agreements(SIGNERS, 64).getFirst().parts());
            assertThat(origin.time()).isEqualTo(Presigners.TIME);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65, Integer.MAX_VALUE})
    void refusesBatchesOfAnotherSizeBeforeItSaysAnything(int items) {
        var agreement = presigners.agreements(SIGNERS, 1).getFirst();
        refused(Check.COM_5, () -> presigners.start(agreement, items));
    }

    @Test
    void refusesToPresignBelowTheThreshold() {
        var agreement = presigners.agreements(List.of(1, 2), 1).getFirst();
        refused(Check.COM_5, () -> presigners.start(agreement, 1));
    }

    @Test
    void endsWithoutBlameWhenAPartyIsInAnotherContext() {
        presigners
                .table(SIGNERS, ITEMS)
                .whenever(3, NonceAnnouncement.class, a -> new NonceAnnouncement(new byte[32], a.points()))
                .run()
                .disagrees(1, Check.COM_4)
                .disagrees(2, Check.COM_4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void blamesForAMessageOfWrongLength(int round) {
        List<UnaryOperator<byte[]>> edits = List.of(
                payload -> new byte[0],
                payload -> Arrays.copyOf(payload, payload.length - 1),
                payload -> Arrays.copyOf(payload, payload.length + 64));
        for (var edit : edits) {
            presigners
                    .table(SIGNERS, ITEMS)
                    .bytes(3, 1, round, true, edit)
                    .run()
                    .blames(1, Check.COM_3, 3);
        }
    }

    /** Whichever item it is in. */
    @ParameterizedTest
    @EnumSource(Suite.class)
    void namesEveryPartyWhosePointsDoNotDecode(Suite suite) {
        use(suite);
        int point = presigners.suite().group().pointBytes();
        presigners
                .table(SIGNERS, ITEMS)
                .whenever(3, NonceAnnouncement.class, a -> withPoint(a, 0, bad(point)))
                .whenever(4, NonceAnnouncement.class, a -> withPoint(a, 5, bad(point)))
                .run()
                .blames(1, Check.FRO_1, 3, 4)
                .blames(2, Check.FRO_1, 3, 4);
    }

    /** The identity and a point outside of the prime-order subgroup. */
    @Test
    void namesThePartyWithAPointOfSmallOrder() {
        var identity = new byte[32];
        identity[0] = 1;
        for (var encoded : List.of(identity, new byte[32])) {
            presigners
                    .table(SIGNERS, ITEMS)
                    .whenever(3, NonceAnnouncement.class, a -> withPoint(a, 3, encoded))
                    .run()
                    .blames(1, Check.FRO_1, 3);
        }
    }

    @Test
    void refusesABatchInWhichItsOwnCommitmentChanged() {
        for (int position : new int[] {0, 2 * ITEMS - 1}) {
            presigners
                    .table(SIGNERS, ITEMS)
                    .towards(1, 1, NonceAnnouncement.class, a -> withPoint(a, position, g()))
                    .run()
                    .refuses(1, Check.FRO_1);
        }
    }

    @Test
    void refusesABatchWithoutASigner() throws Exception {
        var steps = new TreeMap<Integer, Step<List<FrostPresignature>>>();
        var announcements = new TreeMap<Integer, NonceAnnouncement>();
        for (var agreement : presigners.agreements(SIGNERS, ITEMS)) {
            var step = presigners.start(agreement, ITEMS);
            steps.put(agreement.me(), step);
            if (step instanceof Step.Next<List<FrostPresignature>, ?> next
                    && next.say().items().getFirst() instanceof Outbox.Item.ToAll all
                    && all.message() instanceof NonceAnnouncement announcement) {
                announcements.put(agreement.me(), announcement);
            }
        }
        announcements.remove(4);
        @SuppressWarnings("unchecked") // the first thing a presigner waits for is the nonces of the others
        var round = (Round<List<FrostPresignature>, NonceAnnouncement>)
                ((Step.Next<List<FrostPresignature>, ?>) steps.firstEntry().getValue()).then();
        refused(Check.FRO_1, () -> round.receive(new Inbox<>(1, 1, announcements, Map.of())));
    }

    /** Party 3 shows party 2 another E in the last item: nobody has a batch. */
    @Test
    void endsWithoutBlameWhenNoncesWereEquivocated() {
        presigners
                .table(SIGNERS, ITEMS)
                .towards(3, 2, NonceAnnouncement.class, a -> withPoint(a, 2 * ITEMS - 1, g()))
                .run()
                .disagreesOnEcho(1, Check.FRO_5, 1)
                .disagreesOnEcho(2, Check.FRO_5, 1)
                .disagreesOnEcho(4, Check.FRO_5, 1)
                .hasNoResult(1)
                .hasNoResult(2);
    }

    @Test
    void endsWithoutBlameWhenADigestIsNotMine() {
        presigners
                .table(SIGNERS, ITEMS)
                .whenever(3, BatchEcho.class, echo -> new BatchEcho(new byte[32]))
                .run()
                .disagreesOnEcho(1, Check.FRO_5, 1)
                .disagreesOnEcho(2, Check.FRO_5, 1);
    }

    @Test
    void signsOnlyOnceWithWhatWasClaimed() throws Exception {
        var presignature = presigners.table(SIGNERS, 1).run().of(1).getFirst();
        try (var claimed = presignature.surrender()) {
            assertThat(claimed.sign(presigners.share(1), presigners.request("one"))).isNotNull();
            refused(Check.FRO_2, () -> claimed.sign(presigners.share(1), presigners.request("one")));
            refused(Check.FRO_2, () -> claimed.sign(presigners.share(1), presigners.request("two")));
        }
    }

    @Test
    void signsNothingAfterItWasClosed() throws Exception {
        var claimed = presigners.table(SIGNERS, 1).run().of(1).getFirst().surrender();
        claimed.close();
        assertThat(claimed.toString()).contains("redacted");
        refused(Check.FRO_2, () -> claimed.sign(presigners.share(1), presigners.request("one")));
    }

    /** A failed request does not give the nonces back. */
    @Test
    void losesTheNoncesWithTheRequestThatFailed() throws Exception {
        var other = new Presigners(Suite.P256, 4, 2, scope);
        var claimed = presigners.table(SIGNERS, 1).run().of(1).getFirst().surrender();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> claimed.sign(other.share(1), other.request("one")))
                .withMessageContaining("not of the sharing");
        refused(Check.FRO_2, () -> claimed.sign(presigners.share(1), presigners.request("one")));

        var tweaked = SigningRequest.of(presigners.suite().group(), new byte[0], Taproot.keyPath());
        var next = presigners.table(SIGNERS, 1).run().of(1).getFirst().surrender();
        assertThatIllegalArgumentException().isThrownBy(() -> next.sign(presigners.share(1), tweaked));
        refused(Check.FRO_2, () -> next.sign(presigners.share(1), presigners.request("one")));
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void namesExactlyThePartiesWithAWrongShare(Suite suite) throws Exception {
        use(suite);
        var batches = presigners.table(SIGNERS, 2).run();
        var request = presigners.request("message");
        var ones = presigners.sign(batches, SIGNERS, 0, request);
        ones.compute(3, (party, share) -> plusOne(share));
        blamed(Set.of(3), () -> combine(request, batches.of(1).get(0).id(), ones));

        var twos = presigners.sign(batches, SIGNERS, 1, request);
        var tooLarge = new byte[32];
        Arrays.fill(tooLarge, (byte) 0xff);
        twos.compute(2, (party, share) -> withShare(share, tooLarge));
        twos.compute(3, (party, share) -> plusOne(share));
        blamed(Set.of(2, 3), () -> combine(request, batches.of(1).get(1).id(), twos));
    }

    /** Two wrong shares that cancel out make a right signature: nobody has lost anything. */
    @Test
    void endsWithTheSignatureIfTheSumIsRight() throws Exception {
        var batches = presigners.table(SIGNERS, 1).run();
        var request = presigners.request("message");
        var shares = presigners.sign(batches, SIGNERS, 0, request);
        var one = presigners.suite().group().scalar(1);
        shares.compute(3, (party, share) -> plusOne(share));
        shares.compute(4, (party, share) -> withShare(
                share, z(share).minus(one).encode()));
        var signature = combine(request, batches.of(1).getFirst().id(), shares);
        assertThat(verifies(
                        Suite.ED25519, presigners.sharing().publicKey().encode(), request.message(), signature))
                .isTrue();
    }

    @Test
    void endsWithoutBlameWhenSignersWereToldDifferentMessages() throws Exception {
        var batches = presigners.table(SIGNERS, 1).run();
        var mine = presigners.request("message");
        var shares = presigners.sign(batches, List.of(1, 2, 4), 0, mine);
        shares.putAll(presigners.sign(batches, List.of(3), 0, presigners.request("another")));
        disagrees(() -> combine(mine, batches.of(1).getFirst().id(), shares));
    }

    /** Views are compared before shares are looked at, so a wrong share of another view is nobody's guilt. */
    @Test
    void endsWithoutBlameWhenViewsDifferWhateverTheSharesAre() throws Exception {
        var batches = presigners.table(SIGNERS, 2).run();
        var request = presigners.request("message");
        var shares = presigners.sign(batches, SIGNERS, 0, request);
        var id = batches.of(1).getFirst().id();
        List<UnaryOperator<PresignedShare>> edits = List.of(
                s -> new PresignedShare(
                        new SignatureShare(s.share().presigId(), new byte[32], new byte[32]), s.commitments()),
                s -> new PresignedShare(
                        new SignatureShare(new byte[32], s.share().request(), new byte[32]), s.commitments()),
                s -> new PresignedShare(plusOne(s).share(), new byte[0]),
                s -> new PresignedShare(plusOne(s).share(), flipped(s.commitments())));
        for (var edit : edits) {
            var edited = new TreeMap<>(shares);
            edited.compute(3, (party, share) -> edit.apply(share));
            disagrees(() -> combine(request, id, edited));
        }
        disagrees(() -> combine(request, batches.of(1).get(1).id(), shares));
        var missing = new TreeMap<>(shares);
        missing.remove(4);
        disagrees(() -> combine(request, id, missing));
        missing.remove(3);
        refused(Check.COM_5, () -> combine(request, id, missing));
    }

    @Test
    void refusesNoncesThatNoListIsMadeOf() throws Exception {
        var batches = presigners.table(SIGNERS, 1).run();
        var request = presigners.request("message");
        var id = batches.of(1).getFirst().id();
        var shares = presigners.sign(batches, SIGNERS, 0, request);
        var list = shares.firstEntry().getValue().commitments();
        int entry = list.length / 4;
        var swapped = Encoding.concat(
                Arrays.copyOfRange(list, entry, 2 * entry),
                Arrays.copyOf(list, entry),
                Arrays.copyOfRange(list, 2 * entry, list.length));
        var strange = Encoding.concat(new byte[] {77}, Arrays.copyOfRange(list, 1, list.length));
        for (var wrong : List.of(new byte[0], new byte[1], Arrays.copyOf(list, 3 * entry), swapped, strange,
                Arrays.copyOf(list, list.length + 1), new byte[33 * entry], flipped(list))) {
            var edited = new TreeMap<Integer, PresignedShare>();
            shares.forEach((party, share) -> edited.put(party, new PresignedShare(share.share(), wrong)));
            assertThatExceptionOfType(CeremonyException.class).isThrownBy(() -> combine(request, id, edited));
        }
    }

    @Test
    void wipesWhatWasClaimedOrDropped() throws Exception {
        var batch = presigners.table(SIGNERS, 2).run().of(1);
        assertThat(secret(batch.get(0))).isNotEqualTo(new byte[64]);
        var claimed = batch.get(0).surrender();
        assertThat(secret(batch.get(0))).containsOnly(0);
        assertThat(secret(claimed)).isNotEqualTo(new byte[64]);
        claimed.sign(presigners.share(1), presigners.request("one"));
        assertThat(secret(claimed)).containsOnly(0);
        batch.get(1).wipe();
        assertThat(secret(batch.get(1))).containsOnly(0);
        assertThat(batch.get(1).toString()).endsWith("redacted]");
    }

    private static byte[] secret(Object holder) throws ReflectiveOperationException {
        var field = holder.getClass().getDeclaredField("nonces");
        field.setAccessible(true);
        return ((byte[]) field.get(holder)).clone();
    }

    private byte[] combine(SigningRequest request, PresignatureId id, SortedMap<Integer, PresignedShare> shares)
            throws CeremonyException {
        return FrostCombination.combine(presigners.sharing(), request, id, shares);
    }

    private NonceAnnouncement withPoint(NonceAnnouncement announcement, int position, byte[] encoded) {
        var points = announcement.points().clone();
        System.arraycopy(encoded, 0, points, position * encoded.length, encoded.length);
        return new NonceAnnouncement(announcement.ctx(), points);
    }

    private static byte[] bad(int length) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }

    private static byte[] flipped(byte[] bytes) {
        var flipped = bytes.clone();
        flipped[bytes.length - 1] ^= 1;
        return flipped;
    }

    private Scalar z(PresignedShare share) {
        return share.share().share(presigners.suite().group()).orElseThrow();
    }

    private PresignedShare plusOne(PresignedShare share) {
        return withShare(share, z(share).plus(presigners.suite().group().scalar(1)).encode());
    }

    private static PresignedShare withShare(PresignedShare share, byte[] z) {
        return new PresignedShare(
                new SignatureShare(share.share().presigId(), share.share().request(), z), share.commitments());
    }

    private interface Attempt {
        Object run() throws CeremonyException;
    }

    private static void refused(Check check, Attempt attempt) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(attempt::run)
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(check));
    }

    private static void disagrees(Attempt attempt) {
        assertThatExceptionOfType(Disagreement.class)
                .isThrownBy(attempt::run)
                .satisfies(disagreement -> assertThat(disagreement.check()).isEqualTo(Check.FRO_4))
                .withMessageContaining("views differ");
    }

    private static void blamed(Set<Integer> culprits, Attempt attempt) {
        assertThatExceptionOfType(Misbehaviour.class)
                .isThrownBy(attempt::run)
                .satisfies(misbehaviour -> {
                    assertThat(misbehaviour.check()).isEqualTo(Check.FRO_3);
                    assertThat(misbehaviour.culprits()).isEqualTo(culprits);
                });
    }

    private static boolean verifies(Suite suite, byte[] pk, byte[] message, byte[] signature) {
        return switch (suite) {
            case ED25519 -> IndependentVerifier.ed25519(pk, message, signature);
            case P256 -> IndependentVerifier.schnorr(Curve.P256, pk, message, signature);
            case SECP256K1 -> IndependentVerifier.schnorr(Curve.SECP256K1, pk, message, signature);
            case BIP340 -> IndependentVerifier.bip340(Suite.xOnly(pk), message, signature);
        };
    }
}
