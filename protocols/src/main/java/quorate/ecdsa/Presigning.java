package quorate.ecdsa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import quorate.algebra.Encoding;
import quorate.algebra.HashCommitment;
import quorate.algebra.SecretScalar;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Outbox;
import quorate.rounds.Round;
import quorate.rounds.Step;
import quorate.vole.OtSender;
import quorate.vole.VoleReceiver;

/**
 * Rounds 1 to 3 of protocols.md 3, for presigning and interactive signing alike.
 *
 * <p>Every message leaves under the guard of the pairs: once a pair is banned, nothing of this session leaves any more.
 */
final class Presigning {
    private static final int COMMITMENTS = 1;
    private static final int PRODUCTS = 2;
    private static final int CORRECTIONS = 3;

    private Presigning() {}

    /** What comes after the presignature shares. */
    interface Completion<R> {
        Step<R> with(List<PresignatureShare> shares) throws CeremonyException;
    }

    static <R> Step<R> start(Batch batch, Completion<R> then) {
        var toAll = NonceCommitments.of(batch.ctx(), batch.items());
        var toEach = new TreeMap<Integer, Extensions>();
        batch.pairs().forEach((j, pair) -> toEach.put(j, Extensions.of(batch.ctx(), pair.setup(), batch.items())));
        var items = batch.each(k -> Item.draw(batch, k, toAll, toEach));
        var say = Outbox.toAll(COMMITMENTS, toAll)
                .and(Outbox.toEach(COMMITMENTS, j -> of(toEach, j)))
                .under(batch.verdicts().guard(batch.pairs().values()));
        return new Step.Next<>(say, new AwaitCommitments<>(batch, items, then));
    }

    private static <V> V of(Map<Integer, V> byParty, int party) {
        var value = byParty.get(party);
        if (value == null) {
            throw new IllegalArgumentException("nothing for party " + party);
        }
        return value;
    }

    private record AwaitCommitments<R>(Batch batch, List<Item> items, Completion<R> then)
            implements Round<R, NonceCommitments> {
        @Override
        public Expected<NonceCommitments> expects() {
            return Expected.broadcast(COMMITMENTS, payload -> NonceCommitments.read(batch.items(), payload));
        }

        @Override
        public Step<R> receive(Inbox<NonceCommitments> inbox) throws CeremonyException {
            inbox.requireSame(Check.COM_4, (j, message) -> Arrays.equals(message.ctx(), batch.ctx()));
            inbox.require(Check.SIG_11, (j, message) -> message.hasDistinctNonces());
            return new Step.Next<>(Outbox.silence(), new AwaitExtensions<>(batch, items, inbox, then));
        }
    }

    private record AwaitExtensions<R>(
            Batch batch, List<Item> items, Inbox<NonceCommitments> commitments, Completion<R> then)
            implements Round<R, Extensions> {
        @Override
        public Expected<Extensions> expects() {
            return Expected.direct(COMMITMENTS, payload -> Extensions.read(batch.items(), payload));
        }

        @Override
        public Step<R> receive(Inbox<Extensions> inbox) throws CeremonyException {
            // Checks before any OT check: a ban is never caused by honest nodes with different context.
            inbox.requireSame(Check.COM_4, (j, message) -> Arrays.equals(message.ctx(), batch.ctx()));
            inbox.requireSame(
                    Check.PAIR_2,
                    (j, message) -> Arrays.equals(message.setup(), of(batch.pairs(), j).setup()));
            inbox.require(Check.SIG_1, (j, message) -> IntStream.range(0, batch.items())
                    .allMatch(k -> Arrays.equals(message.nonce(k), commitments.of(j).nonce(k))));
            // Run 2.3 Alice on j's OTE message (fail: BAN(j)).
            var opened = new TreeMap<Integer, List<OtSender>>();
            batch.judge(COMMITMENTS, j -> {
                opened.put(j, batch.each(k -> items.get(k).open(inbox, j)));
                return inconsistency(of(opened, j));
            });
            var out = new TreeMap<Integer, Multiplications>();
            batch.pairs().keySet().forEach(j -> out.put(j, Multiplications.of(batch.items())));
            var products = batch.each(k -> {
                var item = items.get(k);
                return item.multiply(item.d1(commitments), ofItem(opened, k), inbox, out);
            });
            return new Step.Next<>(
                    Outbox.toEach(PRODUCTS, j -> of(out, j)),
                    new AwaitProducts<>(batch, commitments, products, then));
        }

        /** OTE-2 of all items, each compared whatever the others are. */
        private static Optional<Check> inconsistency(List<OtSender> items) {
            boolean consistent = true;
            for (var item : items) {
                consistent &= item.isConsistent();
            }
            return consistent ? Optional.empty() : Optional.of(Check.OTE_2);
        }

        private static SortedMap<Integer, OtSender> ofItem(SortedMap<Integer, List<OtSender>> opened, int k) {
            var item = new TreeMap<Integer, OtSender>();
            opened.forEach((j, items) -> item.put(j, items.get(k)));
            return item;
        }
    }

    private record AwaitProducts<R>(
            Batch batch, Inbox<NonceCommitments> commitments, List<Products> products, Completion<R> then)
            implements Round<R, Multiplications> {
        @Override
        public Expected<Multiplications> expects() {
            return Expected.direct(PRODUCTS, payload -> Multiplications.read(batch.items(), payload));
        }

        @Override
        public Step<R> receive(Inbox<Multiplications> inbox) throws CeremonyException {
            // In this order: D1 equal; points decode and the commitment opens to R_j; 2.4 Bob; both equations.
            var d1 = products.stream().map(Products::d1).toArray(byte[][]::new);
            inbox.requireEcho(Check.SIG_2, COMMITMENTS, Encoding.concat(d1), Multiplications::digests);
            inbox.require(Check.SIG_3, (j, message) -> IntStream.range(0, batch.items())
                    .allMatch(k -> opens(j, message, k)));
            var points = batch.each(k -> points(inbox, k));
            inbox.require(Check.COM_3, (j, message) -> points.stream().allMatch(item -> item.containsKey(j)));
            var received = batch.each(k -> multiply(inbox, k));
            inbox.require(Check.VOLE_1, (j, message) -> received.stream().allMatch(item -> item.containsKey(j)));
            var claimed = new TreeMap<Integer, List<Claim>>();
            batch.judge(PRODUCTS, j -> {
                claimed.put(j, batch.each(k -> Claim.of(of(points.get(k), j), of(received.get(k), j))));
                return falsehood(of(claimed, j));
            });

            var key = batch.share().sharing().publicKey();
            var sums = batch.each(k -> products.get(k).sum(ofItem(claimed, k)));
            if (!sums.stream().allMatch(item -> item.areSound(key))) {
                throw new Disagreement(Check.SIG_6, PRODUCTS, "the shares do not add up to the key, or R is useless");
            }
            var out = new TreeMap<Integer, Corrections>();
            batch.pairs().keySet().forEach(j -> out.put(j, Corrections.of(batch.items())));
            var d3 = batch.each(k -> sums.get(k).d3());
            for (int k = 0; k < batch.items(); k++) {
                for (var message : out.entrySet()) {
                    message.getValue().put(k, sums.get(k).psi(message.getKey()), d3.get(k));
                }
            }
            return new Step.Next<>(
                    Outbox.toEach(CORRECTIONS, j -> of(out, j)), new AwaitCorrections<>(batch, sums, d3, then));
        }

        private boolean opens(int j, Multiplications message, int k) {
            return message.nonce(batch.group(), k).isPresent()
                    && HashCommitment.opens(
                            commitments.of(j).commitment(k),
                            "dkls/com",
                            products.get(k).item().ctx(),
                            j,
                            message.encodedNonce(k),
                            message.blind(k));
        }

        private SortedMap<Integer, Claim.Points> points(Inbox<Multiplications> inbox, int k) {
            var points = new TreeMap<Integer, Claim.Points>();
            inbox.all().forEach((j, message) -> Claim.Points.of(batch.group(), message, k)
                    .ifPresent(decoded -> points.put(j, decoded)));
            return points;
        }

        private SortedMap<Integer, VoleReceiver> multiply(Inbox<Multiplications> inbox, int k) {
            var received = new TreeMap<Integer, VoleReceiver>();
            inbox.all().forEach((j, message) -> {
                var extended = of(products.get(k).item().extended(), j);
                var psid = Item.pairId(products.get(k).d1(), batch.me(), j, extended.digest());
                VoleReceiver.open(
                                batch.group(),
                                psid,
                                extended.ot(),
                                message.encode(),
                                message.voleAt(k),
                                batch.secrets())
                        .ifPresent(vole -> received.put(j, vole));
            });
            return received;
        }

        private static SortedMap<Integer, Claim> ofItem(SortedMap<Integer, List<Claim>> claimed, int k) {
            var item = new TreeMap<Integer, Claim>();
            claimed.forEach((j, items) -> item.put(j, items.get(k)));
            return item;
        }

        /** The first check that any item fails; every item is compared in every one, whatever the others are. */
        private static Optional<Check> falsehood(List<Claim> items) {
            boolean consistent = true;
            boolean trueOfNonce = true;
            boolean trueOfKey = true;
            for (var claim : items) {
                consistent &= claim.vole().isConsistent();
                trueOfNonce &= claim.isTrueOfNonce();
                trueOfKey &= claim.isTrueOfKey();
            }
            if (!consistent) {
                return Optional.of(Check.VOLE_2);
            }
            if (!trueOfNonce) {
                return Optional.of(Check.SIG_4);
            }
            return trueOfKey ? Optional.empty() : Optional.of(Check.SIG_5);
        }
    }

    private record AwaitCorrections<R>(
            Batch batch, List<Products.Sums> sums, List<byte[]> d3, Completion<R> then)
            implements Round<R, Corrections> {
        @Override
        public Expected<Corrections> expects() {
            return Expected.direct(CORRECTIONS, payload -> Corrections.read(batch.items(), payload));
        }

        @Override
        public Step<R> receive(Inbox<Corrections> inbox) throws CeremonyException {
            var psi = new ArrayList<SortedMap<Integer, SecretScalar>>();
            for (int k = 0; k < batch.items(); k++) {
                psi.add(corrections(inbox, k));
            }
            inbox.require(Check.COM_3, (j, message) -> psi.stream().allMatch(item -> item.containsKey(j)));
            var mine = Encoding.concat(d3.toArray(byte[][]::new));
            inbox.requireSame(Check.SIG_7, (j, message) -> Arrays.equals(message.digests(), mine));
            return then.with(shares(psi));
        }

        private SortedMap<Integer, SecretScalar> corrections(Inbox<Corrections> inbox, int k) {
            var psi = new TreeMap<Integer, SecretScalar>();
            inbox.all().forEach((j, message) ->
                    message.psi(batch.group(), k, batch.secrets()).ifPresent(value -> psi.put(j, value)));
            return psi;
        }

        private List<PresignatureShare> shares(List<SortedMap<Integer, SecretScalar>> psi) {
            var parts = batch.agreement().parts();
            var signers = Collections.unmodifiableSortedSet(batch.agreement().parties());
            return batch.each(k ->
                    sums.get(k).complete(d3.get(k), psi.get(k).values(), parts, signers, batch.secrets()));
        }
    }
}
