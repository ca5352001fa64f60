package quorate.benchmarks;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.Secrets;
import quorate.ecdsa.EcdsaPresigning;
import quorate.ecdsa.EcdsaRequest;
import quorate.ecdsa.EcdsaSignature;
import quorate.ecdsa.EcdsaSigning;
import quorate.ecdsa.PresignatureShare;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.pair.PairState;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Entry;
import quorate.rounds.Inbox;
import quorate.rounds.Malformed;
import quorate.rounds.Message;
import quorate.rounds.Outbox;
import quorate.rounds.Step;
import quorate.rounds.Workers;

/**
 * Parties 1 and 2 of a 2-of-3 key in one thread: the rounds without transport, signatures of broadcasts and hedging.
 */
final class TwoParties implements AutoCloseable {
    private static final byte[] KEY_ID = {1};
    private static final int PLAYERS = 3;
    private static final int DEGREE = 1;

    private final SecureRandom random = new SecureRandom();
    private final DealtPair.PlainDraw draw = new DealtPair.PlainDraw(random);
    private final Secrets scope = new Secrets();
    private final Map<Integer, KeyShare> shares = new TreeMap<>();
    private final DealtPair pair = DealtPair.deal(1, 2, random, scope);
    private final DealtPair.NoBans verdicts = new DealtPair.NoBans();
    private long bytesSaid;

    /** A way to begin for one of them. */
    private interface Start<R> {
        Step<R> start(Agreement agreement, Secrets secrets) throws CeremonyException;
    }

    private record Letter(int round, boolean shared, int sender) {}

    TwoParties(Group group) {
        var f = SecretPolynomial.sample(group, DEGREE, draw, scope);
        try {
            var sharing = new Sharing(
                    KEY_ID, Scheme.ECDSA, PLAYERS, 0, new byte[Sharing.CHAIN_CODE_BYTES], f.commitment());
            for (int i = 1; i <= 2; i++) {
                shares.put(i, new KeyShare(sharing, i, f.at(i)));
            }
        } catch (UnsoundKey e) {
            throw new IllegalStateException(e);
        }
    }

    EcdsaSignature sign(byte[] hash) throws CeremonyException {
        var request = EcdsaRequest.of(share(1).sharing().group(), hash);
        Start<EcdsaSignature> start = (agreement, secrets) -> EcdsaSigning.start(
                agreement, share(agreement.me()), request, true, pairs(agreement), verdicts, draw, secrets);
        return run(start).getFirst();
    }

    /** The shares of both. */
    List<List<PresignatureShare>> presign(int items) throws CeremonyException {
        return run((agreement, secrets) -> EcdsaPresigning.start(
                agreement,
                share(agreement.me()),
                pairs(agreement),
                verdicts,
                draw,
                secrets,
                Workers.none(),
                items));
    }

    /** What party 1 has said to party 2 so far, encoded as it would be sent. */
    long bytesSaid() {
        return bytesSaid;
    }

    Sharing sharing() {
        return share(1).sharing();
    }

    private KeyShare share(int party) {
        var share = shares.get(party);
        if (share == null) {
            throw new IllegalArgumentException("no party " + party);
        }
        return share;
    }

    private Map<Integer, PairState> pairs(Agreement agreement) {
        return agreement.me() == 1 ? Map.of(2, pair.low()) : Map.of(1, pair.high());
    }

    private <R> List<R> run(Start<R> start) throws CeremonyException {
        try (var secrets = new Secrets()) {
            var steps = new ArrayList<Step<R>>();
            var mail = new HashMap<Letter, byte[]>();
            for (var agreement : agreements()) {
                steps.add(start.start(agreement, secrets));
                post(agreement.me(), steps.getLast(), mail);
            }
            while (steps.stream().anyMatch(Step.Next.class::isInstance)) {
                for (int party = 1; party <= 2; party++) {
                    if (steps.get(party - 1) instanceof Step.Next<R, ?> next) {
                        steps.set(party - 1, receive(party, next, mail));
                        post(party, steps.get(party - 1), mail);
                    }
                }
            }
            var results = new ArrayList<R>();
            for (var step : steps) {
                if (step instanceof Step.Done<R> done) {
                    results.add(done.result());
                }
            }
            return results;
        }
    }

    private <R> void post(int sender, Step<R> step, Map<Letter, byte[]> mail) {
        if (step instanceof Step.Next<R, ?> next) {
            for (var item : next.say().items()) {
                switch (item) {
                    case Outbox.Item.ToAll(int round, Message.Shared message) ->
                        post(new Letter(round, true, sender), message.encode(), mail);
                    case Outbox.Item.ToEach(int round, var recipients, var messages) ->
                        post(new Letter(round, false, sender), messages.apply(3 - sender).encode(), mail);
                }
            }
        }
    }

    private void post(Letter letter, byte[] payload, Map<Letter, byte[]> mail) {
        mail.put(letter, payload);
        if (letter.sender() == 1) {
            bytesSaid += payload.length;
        }
    }

    private static <R, I extends Message> Step<R> receive(int me, Step.Next<R, I> next, Map<Letter, byte[]> mail)
            throws CeremonyException {
        var expected = next.then().expects();
        var messages = new TreeMap<Integer, I>();
        for (int sender = 1; sender <= 2; sender++) {
            var payload = mail.get(new Letter(expected.round(), expected.shared(), sender));
            if (payload != null && (expected.shared() || sender != me)) {
                try {
                    messages.put(sender, expected.reader().read(payload));
                } catch (Malformed e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return next.then().receive(new Inbox<>(expected.round(), me, messages, Map.of()));
    }

    private List<Agreement> agreements() {
        var sharing = share(1).sharing();
        var entries = List.of(entry(1), entry(2));
        var ctx = DealtPair.bytes(random, 32);
        return List.of(agreement(sharing, entries, 1, ctx), agreement(sharing, entries, 2, ctx));
    }

    private static Agreement agreement(Sharing sharing, List<Entry> entries, int me, byte[] ctx) {
        return new Agreement(
                new byte[32],
                5,
                sharing.group(),
                Scheme.ECDSA.code(),
                sharing.keyId(),
                PLAYERS,
                DEGREE,
                new byte[32],
                entries,
                me,
                0,
                sharing.shareId(),
                ctx);
    }

    private static Entry entry(int party) {
        var id = Encoding.i2osp(party, 32);
        return new Entry(0, party, id, id, id, id);
    }

    @Override
    public void close() {
        scope.close();
    }
}
