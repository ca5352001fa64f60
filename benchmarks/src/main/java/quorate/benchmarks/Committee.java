package quorate.benchmarks;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.pair.PairState;
import quorate.rounds.Agreement;
import quorate.rounds.Entry;
import quorate.rounds.Operation;

/** Parties 1 to n of an n-of-n key that was dealt, with their pair states if it is one of ECDSA. */
final class Committee implements AutoCloseable {
    private static final byte[] KEY_ID = {1};
    private static final int HASH_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final DealtPair.PlainDraw draw = new DealtPair.PlainDraw(random);
    private final Secrets scope = new Secrets();
    private final Group group;
    private final Scheme scheme;
    private final int size;
    private final Sharing sharing;
    private final List<KeyShare> shares = new ArrayList<>();
    private final Map<Integer, Map<Integer, PairState>> pairs = new HashMap<>();

    Committee(Group group, Scheme scheme, int size) {
        this.group = group;
        this.scheme = scheme;
        this.size = size;
        var polynomial = SecretPolynomial.sample(group, size - 1, draw, scope);
        try {
            sharing = new Sharing(
                    KEY_ID, scheme, size, 0, new byte[Sharing.CHAIN_CODE_BYTES], polynomial.commitment());
            for (int party = 1; party <= size; party++) {
                shares.add(new KeyShare(sharing, party, polynomial.at(party)));
            }
        } catch (UnsoundKey e) {
            throw new IllegalStateException(e);
        }
        if (scheme == Scheme.ECDSA) {
            dealPairs();
        }
    }

    private void dealPairs() {
        for (int low = 1; low <= size; low++) {
            for (int high = low + 1; high <= size; high++) {
                var pair = DealtPair.deal(low, high, random, scope);
                pairs.computeIfAbsent(low, party -> new HashMap<>()).put(high, pair.low());
                pairs.computeIfAbsent(high, party -> new HashMap<>()).put(low, pair.high());
            }
        }
    }

    Group group() {
        return group;
    }

    Sharing sharing() {
        return sharing;
    }

    Draw draw() {
        return draw;
    }

    KeyShare share(int party) {
        return shares.get(party - 1);
    }

    Map<Integer, PairState> pairs(int party) {
        return pairs.getOrDefault(party, Map.of());
    }

    /** What all agree on before they begin, one for each party. */
    List<Agreement> agreements(Operation operation) {
        var ctx = DealtPair.bytes(random, HASH_BYTES);
        var sessionId = DealtPair.bytes(random, HASH_BYTES);
        var entries = IntStream.rangeClosed(1, size).mapToObj(Committee::entry).toList();
        return IntStream.rangeClosed(1, size)
                .mapToObj(me -> new Agreement(
                        sessionId,
                        operation.protocolId(),
                        group,
                        scheme.code(),
                        KEY_ID,
                        size,
                        size - 1,
                        new byte[HASH_BYTES],
                        entries,
                        me,
                        0,
                        sharing.shareId(),
                        ctx))
                .toList();
    }

    private static Entry entry(int party) {
        var id = Encoding.i2osp(party, HASH_BYTES);
        return new Entry(0, party, id, id, id, id);
    }

    @Override
    public void close() {
        scope.close();
    }
}
