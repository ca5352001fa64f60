package quorate.reshare;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Secrets;
import quorate.dealing.NewShare;
import quorate.dealing.NewSharing;
import quorate.key.KeyRecord;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Entry;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Message;
import quorate.rounds.Round;
import quorate.rounds.Step;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;

/** A key and whom it goes to, dealt by the test itself. */
final class Handover {
    /** What a participant has in the end: an old party the public side, a new one its share. */
    sealed interface Result {
        NewSharing made();

        record Given(NewSharing made) implements Result {}

        record Taken(ReceivedShare received) implements Result {
            @Override
            public NewSharing made() {
                return received.share().made();
            }

            NewShare share() {
                return received.share();
            }
        }
    }

    static final byte[] ATTRIBUTES = {7, 7};

    final SortedMap<Integer, KeyShare> shares;
    final Plan plan;
    private final Secrets scope;
    private List<byte[]> ids;

    Handover(SortedMap<Integer, KeyShare> shares, Plan plan, List<byte[]> ids, Secrets scope) {
        this.shares = shares;
        this.plan = plan;
        this.ids = ids;
        this.scope = scope;
    }

    /** Of a random key to a committee of stand-ins. */
    static Handover random(
            Group group, Scheme scheme, int n, int degree, Set<Integer> dealers, int newN, int newDegree, boolean copy, Secrets scope) {
        var shares = Keys.random(group, scheme, n, degree, "old", scope);
        return new Handover(shares, plan(shares, dealers, newN, newDegree, copy), Agreements.ids(n), scope);
    }

    static Plan plan(SortedMap<Integer, KeyShare> shares, Set<Integer> dealers, int n, int degree, boolean copy) {
        var sharing = Objects.requireNonNull(shares.get(1)).sharing();
        return new Plan(
                copy,
                copy ? "key-2".getBytes(US_ASCII) : sharing.keyId(),
                n,
                degree,
                Agreements.roster(1, n),
                new TreeSet<>(dealers),
                sharing.publicKey().encode());
    }

    /** The nodes of the old parties, in a simulation: their ids stand in the record. */
    void knows(List<Entry> nodes) {
        ids = nodes.stream().map(Entry::id).toList();
    }

    Sharing old() {
        return share(1).sharing();
    }

    KeyShare share(int party) {
        return Objects.requireNonNull(shares.get(party));
    }

    KeyRecord record() {
        return KeyRecord.of(old(), ids, ATTRIBUTES);
    }

    /** All old parties take part, but in a copy. */
    List<Agreement> agreements() {
        long newEpoch = plan.isCopy() ? 0 : old().epoch() + 1;
        var params = new ArrayList<>(plan.params());
        params.set(6, Encoding.i2osp(newEpoch, 8));
        var oldParties = plan.isCopy() ? plan.dealers() : shares.keySet();
        return Agreements.redistribution(plan.operation(), old(), oldParties, plan.players(), params, newEpoch);
    }

    RoundTable<Result> table() {
        return table(agreements());
    }

    RoundTable<Result> table(List<Agreement> agreements) {
        return RoundTable.of(agreements, agreement -> start(agreement, draw(agreement)));
    }

    private static Draw draw(Agreement agreement) {
        return new KatDraw("redist/" + (agreement.role() == 0 ? "d" : "r") + agreement.me());
    }

    Step<Result> start(Agreement agreement, Draw draw) throws CeremonyException {
        return start(agreement, draw, scope);
    }

    Step<Result> start(Agreement agreement, Draw draw, Secrets secrets) throws CeremonyException {
        int me = agreement.me();
        if (agreement.role() == 1) {
            return mapped(Redistribution.receive(agreement, plan, draw, secrets), Result.Taken::new);
        }
        var step = plan.dealers().contains(me)
                ? Redistribution.deal(agreement, plan, share(me), record(), draw, secrets)
                : Redistribution.observe(agreement, plan, old());
        return mapped(step, Result.Given::new);
    }

    private interface View<A> {
        Result of(A result);
    }

    private static <A> Step<Result> mapped(Step<A> step, View<A> view) {
        return switch (step) {
            case Step.Done<A>(var say, var result) -> new Step.Done<>(say, view.of(result));
            case Step.Next<A, ?> next -> mapped(next, view);
        };
    }

    private static <A, I extends Message> Step<Result> mapped(Step.Next<A, I> next, View<A> view) {
        return new Step.Next<>(next.say(), new Round<Result, I>() {
            @Override
            public Expected<I> expects() {
                return next.then().expects();
            }

            @Override
            public Step<Result> receive(Inbox<I> inbox) throws CeremonyException {
                return mapped(next.then().receive(inbox), view);
            }
        });
    }
}
