package quorate.frost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.rounds.Agreement;
import quorate.rounds.Refused;
import quorate.rounds.Step;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.Outcome;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;

/** Parties 1..n of one key at a table, who presign, and sign from what they made. */
final class Presigners {
    static final Instant TIME = Instant.parse("2026-11-22T12:00:00Z");

    private final Suite suite;
    private final SortedMap<Integer, KeyShare> keys;
    private final Secrets scope;

    Presigners(Suite suite, int n, int degree, Secrets scope) {
        this.suite = suite;
        this.scope = scope;
        var scheme = suite == Suite.BIP340 ? Scheme.BIP340 : Scheme.SCHNORR;
        this.keys = Keys.random(suite.group(), scheme, n, degree, "presigners/" + suite, scope);
    }

    Suite suite() {
        return suite;
    }

    KeyShare share(int party) {
        return Objects.requireNonNull(keys.get(party));
    }

    Sharing sharing() {
        return share(1).sharing();
    }

    List<Agreement> agreements(Collection<Integer> parties, int items) {
        return Agreements.presigning(sharing(), parties, FrostPresign.params(items));
    }

    RoundTable<List<FrostPresignature>> table(Collection<Integer> parties, int items) {
        return RoundTable.of(agreements(parties, items), agreement -> start(agreement, items));
    }

    Step<List<FrostPresignature>> start(Agreement agreement, int items) throws Refused {
        int me = agreement.me();
        return FrostPresign.start(agreement, share(me), items, TIME, new KatDraw("presign/" + me), scope);
    }

    SigningRequest request(String message) {
        return SigningRequest.of(suite.group(), message.getBytes(UTF_8));
    }

    /** Everybody's share of the signature over item {@code k}. */
    SortedMap<Integer, PresignedShare> sign(
            Outcome<List<FrostPresignature>> batches, Collection<Integer> parties, int k, SigningRequest request)
            throws Exception {
        var shares = new TreeMap<Integer, PresignedShare>();
        for (int party : parties) {
            try (var claimed = batches.of(party).get(k).surrender()) {
                shares.put(party, claimed.sign(share(party), request));
            }
        }
        return shares;
    }
}
