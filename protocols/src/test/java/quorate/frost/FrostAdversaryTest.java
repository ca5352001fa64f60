package quorate.frost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Inbox;
import quorate.rounds.Outbox;
import quorate.rounds.Refused;
import quorate.rounds.Round;
import quorate.rounds.Step;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;

/** Every check of FROST, broken exactly there by party 3 (and 4), seen by parties 1 and 2. */
class FrostAdversaryTest {
    private static final List<Integer> SIGNERS = List.of(1, 2, 3, 4);

    private final Secrets scope = new Secrets();
    private Suite suite = Suite.ED25519;
    private Group group = suite.group();
    private SortedMap<Integer, KeyShare> keys = new TreeMap<>();

    @BeforeEach
    void deal() {
        use(Suite.ED25519);
    }

    @AfterEach
    void wipe() {
        scope.close();
    }

    @Test
    void endsWithoutBlameWhenAPartyIsInAnotherContext() {
        var agreements = new ArrayList<>(agreements());
        agreements.set(2, Agreements.with(agreements.get(2), new byte[32]));

        table(agreements).run().disagrees(1, Check.COM_4).disagrees(2, Check.COM_4).disagrees(3, Check.COM_4);
    }

    @Test
    void comparesTheContextBeforeItLooksAtPoints() {
        table(agreements())
                .whenever(3, NonceAnnouncement.class, a -> new NonceAnnouncement(new byte[32], new byte[64]))
                .run()
                .disagrees(1, Check.COM_4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void blamesForAMessageOfWrongLength(int round) {
        List<UnaryOperator<byte[]>> edits = List.of(
                payload -> new byte[0],
                payload -> Arrays.copyOf(payload, payload.length - 1),
                payload -> Arrays.copyOf(payload, payload.length + 1));
        for (var edit : edits) {
            table(agreements()).bytes(3, 1, round, true, edit).run().blames(1, Check.COM_3, 3);
        }
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void namesEveryPartyWhosePointsDoNotDecode(Suite every) {
        use(every);
        var bad = new byte[group.pointBytes()];
        Arrays.fill(bad, (byte) 0xff);
        var g = group.generator().encode();
        table(agreements())
                .whenever(3, NonceAnnouncement.class, a -> new NonceAnnouncement(a.ctx(), Encoding.concat(bad, g)))
                .whenever(4, NonceAnnouncement.class, a -> new NonceAnnouncement(a.ctx(), Encoding.concat(g, bad)))
                .run()
                .blames(1, Check.FRO_1, 3, 4)
                .blames(2, Check.FRO_1, 3, 4);
    }

    @Test
    void refusesToSignWithACommitmentThatIsNotItsOwn() {
        var other = Encoding.concat(group.generator().encode(), group.generator().encode());
        table(agreements())
                .towards(1, 1, NonceAnnouncement.class, a -> new NonceAnnouncement(a.ctx(), other))
                .run()
                .refuses(1, Check.FRO_1);
    }

    @Test
    void refusesToSignWhenASignerIsMissing() throws Exception {
        var steps = started();
        var three = announcements(steps);
        three.remove(4);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> waiting(of(steps, 1)).receive(new Inbox<>(1, 1, three, Map.of())))
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.FRO_1));
    }

    @Test
    void usesNoncesOnlyOnce() throws Exception {
        var steps = started();
        var inbox = new Inbox<>(1, 1, announcements(steps), Map.of());
        var round = waiting(of(steps, 1));
        assertThat(round.receive(inbox)).isInstanceOf(Step.Next.class);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> round.receive(inbox))
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.FRO_2));
    }

    @Test
    void wipesNoncesWhenTheyAreClaimedOrClosed() throws Exception {
        var pair = pair("claimed");
        var claimed = pair.claim(scope);
        assertThat(group.multiplyBase(claimed.hiding())).isEqualTo(pair.points().hiding());
        assertThat(group.multiplyBase(claimed.binding())).isEqualTo(pair.points().binding());
        assertThat(pair).hasToString("NoncePair[redacted]");
        var closed = pair("closed");
        closed.close();
        for (var used : List.of(pair, closed)) {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> used.claim(scope))
                    .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.FRO_2));
        }
    }

    private NoncePair pair(String seed) {
        return NoncePair.draw(suite, of(keys, 1).secret(), 0, new KatDraw(seed), scope);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void namesEveryPartyWithAWrongShare(Suite every) {
        use(every);
        table(agreements())
                .whenever(3, SignatureShare.class, this::plusOne)
                .whenever(4, SignatureShare.class, share -> withShare(share, group.scalar(0).encode()))
                .run()
                .blames(1, Check.FRO_3, 3, 4)
                .blames(2, Check.FRO_3, 3, 4);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void namesExactlyTheOnePartyWithAWrongShare(Suite every) {
        use(every);
        table(agreements())
                .whenever(3, SignatureShare.class, this::plusOne)
                .run()
                .blames(1, Check.FRO_3, 3)
                .blames(2, Check.FRO_3, 3)
                .blames(4, Check.FRO_3, 3);
    }

    @Test
    void blamesForAShareThatIsNotBelowTheOrder() {
        var tooLarge = new byte[32];
        Arrays.fill(tooLarge, (byte) 0xff);
        table(agreements())
                .whenever(3, SignatureShare.class, share -> withShare(share, tooLarge))
                .run()
                .blames(1, Check.FRO_3, 3)
                .blames(2, Check.FRO_3, 3);
    }

    /** z + L is the same number mod L: only its encoding is wrong. */
    @Test
    void blamesForTheOrderAddedToAShare() {
        table(agreements())
                .whenever(3, SignatureShare.class, share -> withShare(share, plusOrder(share.encodedShare())))
                .run()
                .blames(1, Check.FRO_3, 3);
    }

    @Test
    void endsWithoutBlameWhenSignersWereToldDifferentMessages() {
        RoundTable.of(
                        agreements(),
                        agreement -> FrostSigning.start(
                                agreement,
                                of(keys, agreement.me()),
                                request(agreement.me() == 3 ? "another" : "message"),
                                draw(agreement.me()),
                                scope))
                .run()
                .disagrees(1, Check.FRO_4)
                .disagrees(2, Check.FRO_4)
                .disagrees(3, Check.FRO_4);
    }

    @Test
    void comparesViewsBeforeItLooksAtShares() {
        table(agreements())
                .whenever(3, SignatureShare.class, share -> plusOne(new SignatureShare(
                        share.presigId(), new byte[32], share.encodedShare())))
                .run()
                .disagrees(1, Check.FRO_4);
        table(agreements())
                .whenever(3, SignatureShare.class, share -> plusOne(new SignatureShare(
                        new byte[32], share.request(), share.encodedShare())))
                .run()
                .disagrees(1, Check.FRO_4);
    }

    /** Party 3 shows party 2 other nonces than the rest: digests differ, and no share is looked at. */
    @Test
    void endsWithoutBlameWhenNoncesWereEquivocated() {
        table(agreements())
                .towards(3, 2, NonceAnnouncement.class, a -> new NonceAnnouncement(
                        a.ctx(), Encoding.concat(group.generator().encode(), group.generator().encode())))
                .whenever(4, SignatureShare.class, this::plusOne)
                .run()
                .disagreesOnEcho(1, Check.FRO_5, 1)
                .disagreesOnEcho(2, Check.FRO_5, 1)
                .disagreesOnEcho(4, Check.FRO_5, 1);
    }

    @Test
    void endsWithoutBlameWhenADigestIsNotMine() {
        table(agreements())
                .whenever(3, BatchEcho.class, echo -> new BatchEcho(new byte[32]))
                .run()
                .disagreesOnEcho(1, Check.FRO_5, 1)
                .disagreesOnEcho(2, Check.FRO_5, 1);
    }

    @Test
    void startsOnlyWithAShareThatFitsTheAgreement() {
        var other = Keys.random(group, Scheme.SCHNORR, 4, 2, "other", scope);
        var agreement = agreements().getFirst();
        assertThatThrownBy(() -> FrostSigning.start(agreement, of(keys, 2), request("message"), draw(1), scope))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the share has another party than the agreement");
        assertThatThrownBy(() -> FrostSigning.start(agreement, of(other, 1), request("message"), draw(1), scope))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the share has another sharing than the agreement");
        var p256 = Keys.random(Groups.P256, Scheme.SCHNORR, 4, 2, "other", scope);
        assertThatThrownBy(() -> FrostSigning.start(agreement, of(p256, 1), request("message"), draw(1), scope))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the share has another group than the agreement");
    }

    private void use(Suite next) {
        suite = next;
        group = next.group();
        var scheme = next == Suite.BIP340 ? Scheme.BIP340 : Scheme.SCHNORR;
        keys = Keys.random(group, scheme, 4, 2, "key", scope);
    }

    private List<Agreement> agreements() {
        return Agreements.signing(of(keys, 1).sharing(), SIGNERS, request("message").params());
    }

    private RoundTable<byte[]> table(List<Agreement> agreements) {
        return RoundTable.of(
                agreements,
                agreement -> FrostSigning.start(
                        agreement, of(keys, agreement.me()), request("message"), draw(agreement.me()), scope));
    }

    private SigningRequest request(String message) {
        return SigningRequest.of(group, message.getBytes(UTF_8));
    }

    private static KatDraw draw(int party) {
        return new KatDraw("honest/" + party);
    }

    private SignatureShare plusOne(SignatureShare share) {
        var z = share.share(group).orElseThrow().plus(group.scalar(1));
        return withShare(share, z.encode());
    }

    private static SignatureShare withShare(SignatureShare share, byte[] encodedShare) {
        return new SignatureShare(share.presigId(), share.request(), encodedShare);
    }

    /** All parties after round 1, each waiting for the nonces of the others. */
    private SortedMap<Integer, Step<byte[]>> started() throws Exception {
        var steps = new TreeMap<Integer, Step<byte[]>>();
        for (var agreement : agreements()) {
            int me = agreement.me();
            steps.put(me, FrostSigning.start(agreement, of(keys, me), request("message"), draw(me), scope));
        }
        return steps;
    }

    private static SortedMap<Integer, NonceAnnouncement> announcements(SortedMap<Integer, Step<byte[]>> steps) {
        var announcements = new TreeMap<Integer, NonceAnnouncement>();
        steps.forEach((party, step) -> {
            if (step instanceof Step.Next<byte[], ?> next
                    && next.say().items().getFirst() instanceof Outbox.Item.ToAll all
                    && all.message() instanceof NonceAnnouncement announcement) {
                announcements.put(party, announcement);
            }
        });
        assertThat(announcements).hasSameSizeAs(steps);
        return announcements;
    }

    @SuppressWarnings("unchecked") // the first thing a signer waits for is the nonces of the others
    private static Round<byte[], NonceAnnouncement> waiting(Step<byte[]> step) {
        return (Round<byte[], NonceAnnouncement>) ((Step.Next<byte[], ?>) step).then();
    }

    /** z + L for a little-endian z. */
    private static byte[] plusOrder(byte[] share) {
        var order = HexFormat.of().parseHex("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");
        var sum = new byte[share.length];
        int carry = 0;
        for (int i = 0; i < share.length; i++) {
            carry += (share[i] & 0xff) + (order[order.length - 1 - i] & 0xff);
            sum[i] = (byte) carry;
            carry >>>= Byte.SIZE;
        }
        return sum;
    }

    private static <V> V of(SortedMap<Integer, V> map, int party) {
        return Objects.requireNonNull(map.get(party));
    }
}
