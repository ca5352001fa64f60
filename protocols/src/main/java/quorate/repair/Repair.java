package quorate.repair;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.key.KeyRecord;
import quorate.key.KeyShare;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Outbox;
import quorate.rounds.Refused;
import quorate.rounds.Round;
import quorate.rounds.Step;

/**
 * Share repair: degree+1 helpers H give the target r its share of the sharing that they all hold. Public key and epoch
 * stay as they are.
 *
 * <p>Source: protocols.md 6. Letters: l_i the weight of x_i in x_r, delta_{i,j} the addend of l_i·x_i that helper i gives to
 * helper j, Dl_{i,j} = delta_{i,j}·G, sigma_j the sum of the addends that helper j got, D1 and D2 the digests of what was
 * broadcast.
 *
 * <p>Assumes authenticated private channels, signed broadcasts, and that the operators of the helpers approved: helpers
 * would else compute a share for whoever asks. On abort names whom this party caught; nothing of an aborted run is
 * kept. Any degree helpers together learn nothing of x_r, the target nothing but x_r. Cost: 3 rounds, (degree+1)^2
 * private messages, O(degree^2) point multiplications.
 */
public final class Repair {
    private static final int AGREEING = 0;
    private static final int LAST = 3;

    private Repair() {}

    /** params of protocols.md 0.4: I2OSP(r,2). */
    public static List<byte[]> params(int target) {
        return List.of(Encoding.i2osp(target, 2));
    }

    /**
     * REP-0, as far as it can be seen without the operators.
     *
     * @throws Refused saying what is wrong with the request, or that such a key has no repair
     */
    public static void check(int players, int degree, int target, Set<Integer> helpers) throws Refused {
        require(players >= degree + 2, "a key that needs all of its " + players + " players has no repair");
        require(target >= 1 && target <= players, "no party of " + players + " has index " + target);
        require(!helpers.contains(target), "party " + target + " cannot help to repair its own share");
        require(helpers.size() == degree + 1, (degree + 1) + " helpers repair a share, not " + helpers.size());
        for (int helper : helpers) {
            require(helper >= 1 && helper <= players, "no party of " + players + " has index " + helper);
        }
    }

    private static void require(boolean holds, String otherwise) throws Refused {
        if (!holds) {
            throw new Refused(Check.REP_0, otherwise);
        }
    }

    /**
     * Helps; the operator of this node has approved.
     *
     * @param share of the sharing that was agreed on
     * @param record of that sharing
     * @param secrets holds everything secret of this run
     * @throws Refused REP-0
     * @throws IllegalArgumentException if the share is another one, or not this party's
     */
    public static Step<RepairOutcome> help(
            Agreement agreement, int target, KeyShare share, KeyRecord record, Draw draw, Secrets secrets)
            throws Refused {
        var ceremony = Ceremony.of(agreement, target, secrets);
        boolean mine = share.index() == agreement.me() && ceremony.helpers().contains(agreement.me());
        if (!mine || !Arrays.equals(share.sharing().shareId(), agreement.shareId())) {
            throw new IllegalArgumentException("a share that was not agreed on");
        }
        // Round 0: each helper also sends r and the other helpers rec.
        return new Step.Next<>(
                Outbox.toEach(0, recipient -> record), new HelperAwaitsRecords(ceremony, share, record, draw));
    }

    /**
     * Waits for this party's share.
     *
     * @param publicKey ser(pk), from this party's own record or its operator
     * @param secrets holds everything secret of this run, and the share of the result
     * @throws Refused REP-0
     * @throws IllegalArgumentException if this party is not the target
     */
    public static Step<RepairOutcome> receive(Agreement agreement, int target, byte[] publicKey, Secrets secrets)
            throws Refused {
        var ceremony = Ceremony.of(agreement, target, secrets);
        if (agreement.me() != target) {
            throw new IllegalArgumentException("party " + agreement.me() + " is not the target");
        }
        return new Step.Next<>(Outbox.silence(), new TargetAwaitsRecords(ceremony, publicKey));
    }

    /** In which of the two places this party is. */
    private sealed interface Place {}

    private record Helping(Contribution mine) implements Place {}

    private record Receiving(KeyRecord record) implements Place {}

    private record HelperAwaitsRecords(Ceremony ceremony, KeyShare share, KeyRecord record, Draw draw)
            implements Round<RepairOutcome, KeyRecord> {
        @Override
        public Expected<KeyRecord> expects() {
            return new Expected<>(0, false, KeyRecord::read, ceremony.otherHelpers());
        }

        @Override
        public Step<RepairOutcome> receive(Inbox<KeyRecord> inbox) throws CeremonyException {
            inbox.requireSame(Check.REP_1, (j, theirs) -> theirs.isSame(record));
            // Round 1 [B among H and r]
            var mine = Contribution.of(ceremony, share, draw);
            return new Step.Next<>(
                    Outbox.toAll(1, mine.announce(ceremony)),
                    new AwaitAnnouncements(ceremony, share.sharing(), new Helping(mine)));
        }
    }

    private record TargetAwaitsRecords(Ceremony ceremony, byte[] publicKey)
            implements Round<RepairOutcome, KeyRecord> {
        @Override
        public Expected<KeyRecord> expects() {
            return new Expected<>(0, false, KeyRecord::read, ceremony.helpers());
        }

        @Override
        public Step<RepairOutcome> receive(Inbox<KeyRecord> inbox) throws CeremonyException {
            // r requires all equal, pk equal to its own record or to the operator-supplied pk, A_0 = pk.
            var record = inbox.of(ceremony.helpers().first());
            if (!inbox.all().values().stream().allMatch(record::isSame)) {
                throw new Disagreement(Check.REP_1, AGREEING, "the records of the helpers differ");
            }
            var sharing = record.sharing(ceremony.agreement(), publicKey, Check.REP_1);
            return new Step.Next<>(
                    Outbox.silence(), new AwaitAnnouncements(ceremony, sharing, new Receiving(record)));
        }
    }

    private record AwaitAnnouncements(Ceremony ceremony, Sharing sharing, Place place)
            implements Round<RepairOutcome, Announcement> {
        @Override
        public Expected<Announcement> expects() {
            return new Expected<>(1, true, Announcement::read, ceremony.helpers());
        }

        @Override
        public Step<RepairOutcome> receive(Inbox<Announcement> inbox) throws CeremonyException {
            inbox.requireSame(Check.COM_4, (j, a) -> Arrays.equals(a.ctx(), ceremony.ctx()));
            // D1 = TH("repair/d1", ctx, {I2OSP(i,2)||nonce_i||com_i}_{i in H})
            var said = new TreeMap<Integer, byte[]>();
            inbox.all().forEach((i, a) -> said.put(i, Encoding.concat(a.nonce(), a.commitment())));
            var d1 = ceremony.digest("repair/d1", ceremony.ctx(), said);
            var say = switch (place) {
                // Round 2 [B]: D1, Dl_{i,*}, blind_i. P2P i -> j: delta_{i,j}.
                case Helping(var mine) -> Outbox.toAll(2, Opening.of(d1, mine.images(), mine.blind()))
                        .and(Outbox.toEach(2, ceremony.otherHelpers(), j -> new Addend(mine.addend(j))));
                case Receiving receiving -> Outbox.silence();
            };
            return new Step.Next<>(say, new AwaitOpenings(ceremony, sharing, place, inbox, d1));
        }
    }

    private record AwaitOpenings(
            Ceremony ceremony, Sharing sharing, Place place, Inbox<Announcement> announced, byte[] d1)
            implements Round<RepairOutcome, Opening> {
        @Override
        public Expected<Opening> expects() {
            return new Expected<>(2, true, Opening::read, ceremony.helpers());
        }

        @Override
        public Step<RepairOutcome> receive(Inbox<Opening> inbox) throws CeremonyException {
            var group = ceremony.group();
            // Everybody (r too) checks D1 equal, exactly |H| points and the commitment,
            inbox.requireEcho(Check.REP_6, 1, d1, Opening::echo);
            inbox.require(Check.REP_5, (i, opening) -> opening.hasPoints(ceremony.helpers().size(), group));
            var openings = new Openings(ceremony);
            inbox.require(Check.COM_3, (i, opening) -> {
                var points = opening.points(group);
                points.ifPresent(images -> openings.put(i, images));
                return points.isPresent();
            });
            inbox.require(
                    Check.REP_5,
                    (i, opening) ->
                            Contribution.opens(ceremony, i, announced.of(i), openings.of(i), opening.blind()));
            // sum_{j in H} Dl_{i,j} == l_i*X_i
            inbox.require(
                    Check.REP_2,
                    (i, opening) -> openings.given(i).equals(sharing.publicShare(i).times(ceremony.weight(i))));
            // D2 = TH("repair/d2", D1, {I2OSP(i,2) || round-2 broadcast payload}_{i in H})
            var d2 = ceremony.digest("repair/d2", d1, inbox.payloads());
            return switch (place) {
                case Helping(var mine) -> {
                    openings.put(ceremony.me(), mine.images());
                    yield new Step.Next<>(Outbox.silence(), new AwaitAddends(ceremony, openings, mine, d2));
                }
                case Receiving(var record) -> new Step.Next<>(
                        Outbox.silence(), new TargetAwaitsConfirmations(ceremony, sharing, record, openings, d2));
            };
        }
    }

    private record AwaitAddends(Ceremony ceremony, Openings openings, Contribution mine, byte[] d2)
            implements Round<RepairOutcome, Addend> {
        @Override
        public Expected<Addend> expects() {
            return new Expected<>(
                    2,
                    false,
                    payload -> Addend.read(ceremony.group(), ceremony.secrets(), payload),
                    ceremony.otherHelpers());
        }

        @Override
        public Step<RepairOutcome> receive(Inbox<Addend> inbox) throws CeremonyException {
            int me = ceremony.me();
            // j checks delta_{i,j}*G == Dl_{i,j}
            inbox.require(
                    Check.REP_3,
                    (i, addend) ->
                            ceremony.group().multiplyBase(addend.value()).equals(openings.image(i, me)));
            // sigma_j = sum_i delta_{i,j}
            SecretScalar sum = mine.addend(me);
            for (var addend : inbox.all().values()) {
                sum = sum.plus(addend.value());
            }
            return new Step.Next<>(
                    Outbox.toAll(LAST, new Confirmation(d2)), new HelperAwaitsConfirmations(ceremony, new Sum(sum), d2));
        }
    }

    private record HelperAwaitsConfirmations(Ceremony ceremony, Sum sum, byte[] d2)
            implements Round<RepairOutcome, Confirmation> {
        @Override
        public Expected<Confirmation> expects() {
            return new Expected<>(LAST, true, Confirmation::read, ceremony.otherHelpers());
        }

        @Override
        public Step<RepairOutcome> receive(Inbox<Confirmation> inbox) throws CeremonyException {
            inbox.requireEcho(Check.REP_6, 2, d2, Confirmation::echo);
            // to r: D2, sigma_j - only after the helper has D2 from all other helpers and they are equal
            return new Step.Done<>(
                    Outbox.toEach(LAST, Set.of(ceremony.target()), target -> sum), new RepairOutcome.Helped());
        }
    }

    private record TargetAwaitsConfirmations(
            Ceremony ceremony, Sharing sharing, KeyRecord record, Openings openings, byte[] d2)
            implements Round<RepairOutcome, Confirmation> {
        @Override
        public Expected<Confirmation> expects() {
            return new Expected<>(LAST, true, Confirmation::read, ceremony.helpers());
        }

        @Override
        public Step<RepairOutcome> receive(Inbox<Confirmation> inbox) throws CeremonyException {
            inbox.requireEcho(Check.REP_6, 2, d2, Confirmation::echo);
            return new Step.Next<>(Outbox.silence(), new AwaitSums(ceremony, sharing, record, openings));
        }
    }

    private record AwaitSums(Ceremony ceremony, Sharing sharing, KeyRecord record, Openings openings)
            implements Round<RepairOutcome, Sum> {
        @Override
        public Expected<Sum> expects() {
            return new Expected<>(
                    LAST,
                    false,
                    payload -> Sum.read(ceremony.group(), ceremony.secrets(), payload),
                    ceremony.helpers());
        }

        @Override
        public Step<RepairOutcome> receive(Inbox<Sum> inbox) throws CeremonyException {
            // sigma_j*G == sum_i Dl_{i,j}
            inbox.require(
                    Check.REP_4,
                    (j, sum) -> ceremony.group().multiplyBase(sum.value()).equals(openings.got(j)));
            // x_r = sum_j sigma_j; check x_r*G == X_r
            var x = SecretScalar.of(ceremony.secrets(), ceremony.group().scalar(0));
            for (var sum : inbox.all().values()) {
                x = x.plus(sum.value());
            }
            try {
                return new Step.Done<>(
                        new RepairOutcome.Repaired(new KeyShare(sharing, ceremony.target(), x), record));
            } catch (UnsoundKey e) {
                throw new Disagreement(Check.REP_4, LAST, e.contradiction());
            }
        }
    }
}
