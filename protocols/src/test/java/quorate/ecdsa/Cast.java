package quorate.ecdsa;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.pair.PairState;
import quorate.pair.TestPairs;
import quorate.rounds.Agreement;
import quorate.rounds.Step;
import quorate.rounds.Workers;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;

/** An ECDSA key with all its pair states, dealt by the test itself, and who signs with it. */
final class Cast implements AutoCloseable {
    final Secrets scope = new Secrets();
    final Group group;
    final SortedMap<Integer, KeyShare> keys;
    final Map<Integer, Map<Integer, PairState>> pairs = new TreeMap<>();
    final Map<Integer, InMemoryVerdicts> verdicts = new TreeMap<>();
    private final String seed;

    Cast(Group group, int n, int degree, String seed) {
        this.group = group;
        this.seed = seed;
        keys = Keys.random(group, Scheme.ECDSA, n, degree, seed, scope);
        for (int i = 1; i <= n; i++) {
            verdicts.put(i, new InMemoryVerdicts());
            for (int j = i + 1; j <= n; j++) {
                var pair = TestPairs.pair(i, j, new KatDraw(seed + "/pair " + i + "," + j), scope);
                pairs.computeIfAbsent(i, party -> new TreeMap<>()).put(j, pair.low());
                pairs.computeIfAbsent(j, party -> new TreeMap<>()).put(i, pair.high());
            }
        }
    }

    KeyShare key(int party) {
        return Objects.requireNonNull(keys.get(party));
    }

    Sharing sharing() {
        return key(keys.firstKey()).sharing();
    }

    PairState pair(int party, int peer) {
        return Objects.requireNonNull(Objects.requireNonNull(pairs.get(party)).get(peer));
    }

    InMemoryVerdicts verdicts(int party) {
        return Objects.requireNonNull(verdicts.get(party));
    }

    Draw draw(int party, String session) {
        return new KatDraw(seed + "/" + session + "/" + party);
    }

    List<Agreement> agreements(Collection<Integer> signers, int items) {
        return Agreements.signing(sharing(), signers, List.of(Encoding.i2osp(items, 4)));
    }

    Step<List<PresignatureShare>> presign(Agreement agreement, String session, int items)
            throws quorate.rounds.CeremonyException {
        int me = agreement.me();
        return EcdsaPresigning.start(
                agreement,
                key(me),
                Objects.requireNonNull(pairs.get(me)),
                verdicts(me),
                draw(me, session),
                scope,
                Workers.none(),
                items);
    }

    RoundTable<List<PresignatureShare>> presigning(Collection<Integer> signers, String session, int items) {
        return RoundTable.of(agreements(signers, items), agreement -> presign(agreement, session, items));
    }

    RoundTable<EcdsaSignature> signing(Collection<Integer> signers, String session, EcdsaRequest request) {
        return RoundTable.of(
                Agreements.signing(sharing(), signers, request.params()),
                agreement -> EcdsaSigning.start(
                        agreement,
                        key(agreement.me()),
                        request,
                        true,
                        Objects.requireNonNull(pairs.get(agreement.me())),
                        verdicts(agreement.me()),
                        draw(agreement.me(), session),
                        scope));
    }

    @Override
    public void close() {
        scope.close();
    }
}
