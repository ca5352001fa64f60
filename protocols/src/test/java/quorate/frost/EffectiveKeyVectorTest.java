package quorate.frost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Lagrange;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.key.Scheme;
import quorate.table.Keys;
import quorate.testkit.vectors.Vectors;

class EffectiveKeyVectorTest {
    private static final Group GROUP = Groups.SECP256K1;
    private static final byte[] EVEN = {2};

    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    @Test
    void tweaksTheOutputKeysOfBip341() {
        var cases = stream(Vectors.json("bip341/wallet-test-vectors.json").required("scriptPubKey"));

        assertThat(cases).hasSize(7).allSatisfy(vector -> {
            var internal = GROUP.decodePoint(
                    Encoding.concat(EVEN, hex(vector.required("given"), "internalPubkey")));
            var key = EffectiveKey.of(Suite.BIP340, internal, taproot(vector.required("intermediary")));
            assertThat(xOnly(key.publicKey())).isEqualTo(hex(vector.required("intermediary"), "tweakedPubkey"));
            assertThat(key.publicKey().hasEvenY()).isTrue();
        });
    }

    @Test
    void tweaksThePrivateKeysOfBip341() {
        var spending = Vectors.json("bip341/wallet-test-vectors.json").required("keyPathSpending");
        var cases = stream(spending).flatMap(transaction -> stream(transaction.required("inputSpending")));

        assertThat(cases).hasSize(7).allSatisfy(vector -> {
            var secret = GROUP.decodeSecret(scope, hex(vector.required("given"), "internalPrivkey"));
            var key = EffectiveKey.of(Suite.BIP340, GROUP.multiplyBase(secret), taproot(vector.required("given")));
            var expected = GROUP.decodeScalar(hex(vector.required("intermediary"), "tweakedPrivkey"));
            // Ours has the sign that makes y(Q) even already.
            var sign = GROUP.multiplyBase(expected).hasEvenY() ? expected : expected.negate();
            assertThat(key.share(secret).publish()).isEqualTo(sign);
            assertThat(GROUP.multiplyBase(key.share(secret))).isEqualTo(key.publicKey());
        });
    }

    private static SigningRequest taproot(JsonNode node) {
        var root = node.required("merkleRoot");
        return SigningRequest.of(
                GROUP, new byte[0], root.isNull() ? Taproot.keyPath() : Taproot.scriptTree(hex(root)));
    }

    /** The Zcash Foundation tweaks as ours but for the sign that makes y(Q) even. */
    @Test
    void tweaksSharesAsTheZcashFoundation() throws Exception {
        var inputs = Vectors.json("zf-frost/dkg-secp256k1-tr.json").required("inputs");
        var constant = GROUP.scalar(0);
        var slope = GROUP.scalar(0);
        for (var party : List.of("1", "2", "3")) {
            constant = constant.plus(GROUP.decodeScalar(hex(inputs.required(party), "signing_key")));
            slope = slope.plus(GROUP.decodeScalar(hex(inputs.required(party), "coefficient")));
        }
        var keys = Keys.of(List.of(constant, slope), Scheme.BIP340, 3, scope);
        var request = SigningRequest.of(GROUP, new byte[0], Taproot.keyPath());
        var key = EffectiveKey.of(Suite.BIP340, GROUP.multiplyBase(constant), request);

        var theirs = GROUP.decodePoint(hex(inputs, "verifying_key"));
        assertThat(key.publicKey()).isEqualTo(theirs.hasEvenY() ? theirs : theirs.negate());
        for (var share : keys.values()) {
            var party = inputs.required(String.valueOf(share.index()));
            var x = GROUP.decodeScalar(hex(party, "signing_share"));
            var image = GROUP.decodePoint(hex(party, "verifying_share"));
            assertThat(key.share(share.secret()).publish()).isEqualTo(theirs.hasEvenY() ? x : x.negate());
            assertThat(key.publicShare(share.sharing().publicShare(share.index())))
                    .isEqualTo(theirs.hasEvenY() ? image : image.negate());
        }
    }

    /** Whatever the signs and tweaks: mapped shares interpolate to the mapped key. */
    @Test
    void mapsSharesToSharesOfTheEffectiveKey() {
        var seen = new TreeMap<Boolean, Integer>();
        for (int seed = 0; seed < 12; seed++) {
            for (var suite : Suite.values()) {
                var group = suite.group();
                var scheme = suite == Suite.BIP340 ? Scheme.BIP340 : Scheme.SCHNORR;
                var keys = Keys.random(group, scheme, 4, 2, "effective/" + seed, scope);
                var root = keys.firstEntry().getValue().sharing().publicKey();
                var taproot = suite == Suite.BIP340 && seed % 2 == 0 ? Taproot.scriptTree(new byte[32]) : Taproot.NONE;
                var request = new SigningRequest(new byte[0], new byte[] {0}, group.scalar(seed), taproot);
                var key = EffectiveKey.of(suite, root, request);
                var quorum = new TreeSet<>(List.of(1, 3, 4));
                var sum = SecretScalar.of(scope, group.scalar(0));
                for (int i : quorum) {
                    var share = keys.get(i);
                    if (share == null) {
                        throw new AssertionError(i);
                    }
                    var mapped = key.share(share.secret());
                    assertThat(group.multiplyBase(mapped)).isEqualTo(key.publicShare(share.sharing().publicShare(i)));
                    sum = sum.plus(mapped.times(Lagrange.atZero(group, quorum, i)));
                }
                assertThat(group.multiplyBase(sum)).isEqualTo(key.publicKey());
                if (suite == Suite.BIP340) {
                    assertThat(key.publicKey().hasEvenY()).isTrue();
                    seen.merge(key.negated(), 1, Integer::sum);
                }
            }
        }
        assertThat(seen).containsOnlyKeys(false, true);
    }

    @Test
    void failsWhenATweakLeadsToThePointAtInfinity() {
        for (var suite : Suite.values()) {
            var group = suite.group();
            Scalar crafted = group.scalar(5).negate();
            var request = new SigningRequest(new byte[0], new byte[] {0}, crafted, Taproot.NONE);
            assertThatThrownBy(() -> EffectiveKey.of(suite, group.multiplyBase(group.scalar(5)), request))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the tweaked key is the point at infinity");
        }
    }

    @Test
    void knowsTaprootForBip340Only() {
        var request = SigningRequest.of(Groups.P256, new byte[0], Taproot.keyPath());
        assertThatThrownBy(() -> EffectiveKey.of(Suite.P256, Groups.P256.generator(), request))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Taproot.scriptTree(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Taproot(false, new byte[32])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void acceptsOnlyPathsThatAreEncodedRight() {
        var zero = GROUP.scalar(0);
        var deepest = new byte[1 + 16 * 4];
        deepest[0] = 16;
        assertThat(new SigningRequest(new byte[0], deepest, zero, Taproot.NONE).path()).isEqualTo(deepest);
        for (var path : List.of(new byte[0], new byte[5], new byte[] {1}, new byte[] {-1}, new byte[] {1, 0, 0, 0, 0, 0})) {
            assertThatThrownBy(() -> new SigningRequest(new byte[0], path, zero, Taproot.NONE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        var tooDeep = new byte[1 + 17 * 4];
        tooDeep[0] = 17;
        assertThatThrownBy(() -> new SigningRequest(new byte[0], tooDeep, zero, Taproot.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] xOnly(Point point) {
        return Suite.xOnly(point.encode());
    }
}
