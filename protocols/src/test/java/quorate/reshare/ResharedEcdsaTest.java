package quorate.reshare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.dealing.NewShare;
import quorate.ecdsa.EcdsaRequest;
import quorate.ecdsa.EcdsaSigning;
import quorate.ecdsa.InMemoryVerdicts;
import quorate.key.Scheme;
import quorate.rounds.Entry;
import quorate.rounds.Refused;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.verify.IndependentVerifier;

/** A reshared ECDSA key signs with the pair states that were made on the way. */
class ResharedEcdsaTest {
    private static final byte[] HASH = Transcript.of("test/message").add("pay 1 to Bob".getBytes(UTF_8)).hash();

    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    @Test
    void signsAfterARefresh() throws Refused {
        refreshedKeySigns(Groups.SECP256K1, IndependentVerifier.Curve.SECP256K1);
    }

    @Test
    void signsOnP256AfterARefresh() throws Refused {
        refreshedKeySigns(Groups.P256, IndependentVerifier.Curve.P256);
    }

    private void refreshedKeySigns(Group group, IndependentVerifier.Curve curve) throws Refused {
        var old = Keys.random(group, Scheme.ECDSA, 3, 1, "old", scope);
        var sharing = Objects.requireNonNull(old.get(1)).sharing();
        var outcome = RoundTable.of(Agreements.refresh(sharing, 1), agreement -> {
                    int me = agreement.me();
                    var share = Objects.requireNonNull(old.get(me));
                    return Refresh.start(agreement, share, new KatDraw("refresh/" + me), scope);
                })
                .run();
        var fresh = new TreeMap<Integer, NewShare>();
        old.keySet().forEach(party -> fresh.put(party, outcome.of(party)));
        for (var signers : List.of(Set.of(1, 2), Set.of(1, 3), Set.of(2, 3))) {
            assertSigns(fresh, signers, sharing.publicKey().encode(), curve);
        }
    }

    @Test
    void signsInItsNewCommittee() throws Refused {
        var handover = Handover.random(Groups.SECP256K1, Scheme.ECDSA, 2, 1, Set.of(1, 2), 3, 2, false, scope);
        var outcome = handover.table().run();
        var fresh = new TreeMap<Integer, NewShare>();
        for (int j = 1; j <= 3; j++) {
            fresh.put(j, ((Handover.Result.Taken) outcome.of(Entry.address(1, j))).share());
        }
        var pk = handover.old().publicKey().encode();
        assertSigns(fresh, Set.of(1, 2, 3), pk, IndependentVerifier.Curve.SECP256K1);
    }

    private void assertSigns(
            SortedMap<Integer, NewShare> fresh, Set<Integer> signers, byte[] pk, IndependentVerifier.Curve curve)
            throws Refused {
        var sharing = of(fresh, 1).share().sharing();
        var request = EcdsaRequest.of(sharing.group(), HASH);
        var outcome = RoundTable.of(Agreements.signing(sharing, signers, request.params()), agreement -> {
                    int me = agreement.me();
                    return EcdsaSigning.start(
                            agreement,
                            of(fresh, me).share(),
                            request,
                            true,
                            of(fresh, me).pairs(),
                            new InMemoryVerdicts(),
                            new KatDraw("sign/" + me),
                            scope);
                })
                .run();
        for (int signer : signers) {
            assertThat(IndependentVerifier.ecdsa(curve, pk, HASH, outcome.of(signer).compact())).isTrue();
        }
    }

    private static NewShare of(SortedMap<Integer, NewShare> shares, int party) {
        return Objects.requireNonNull(shares.get(party));
    }
}
