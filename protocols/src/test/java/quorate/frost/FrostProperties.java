package quorate.frost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.rounds.Check;
import quorate.rounds.Refused;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.Outcome;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.verify.IndependentVerifier;
import quorate.testkit.verify.IndependentVerifier.Curve;

class FrostProperties {
    private static final byte[] MESSAGE = "pay 1 to Bob".getBytes(UTF_8);

    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    static Stream<Arguments> sizes() {
        var sizes = new ArrayList<Arguments>();
        for (var suite : Suite.values()) {
            for (int n = 2; n <= 6; n++) {
                for (int degree = 1; degree < n; degree++) {
                    sizes.add(Arguments.of(suite, n, degree));
                }
            }
        }
        return sizes.stream();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everyQuorumSignsWhatOthersVerify(Suite suite, int n, int degree) {
        var keys = keys(suite, n, degree);
        for (var quorum : subsets(n)) {
            if (quorum.size() > degree) {
                var outcome = sign(suite, keys, quorum, Taproot.NONE);
                var signature = outcome.of(quorum.getFirst());
                for (int party : quorum) {
                    assertThat(outcome.of(party)).isEqualTo(signature);
                }
                var pk = effective(suite, keys, Taproot.NONE).encode();
                assertThat(verifies(suite, pk, MESSAGE, signature)).isTrue();
                assertThat(verifies(suite, pk, new byte[0], signature)).isFalse();
            } else {
                assertThat(sign(suite, keys, quorum, Taproot.NONE).results()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void fewerThanTheThresholdAreRefusedBeforeTheySayAnything(Suite suite) {
        var keys = keys(suite, 5, 2);
        var agreement = Agreements.signing(of(keys, 1).sharing(), List.of(1, 4), List.of()).getFirst();
        var request = SigningRequest.of(suite.group(), MESSAGE);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> FrostSigning.start(agreement, of(keys, 1), request, new KatDraw("few"), scope))
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.COM_5))
                .withMessageEndingWith("2 parties sign, 3 needed");
    }

    /** With the check out of the way: the shares of t parties, even correct ones, make no signature. */
    @ParameterizedTest
    @EnumSource(Suite.class)
    void fewerThanTheThresholdCannotSign(Suite suite) throws Exception {
        var keys = keys(suite, 4, 2);
        for (var few : subsets(4)) {
            if (few.size() > 2) {
                continue;
            }
            var pairs = new TreeMap<Integer, NoncePair>();
            var points = new TreeMap<Integer, NoncePoints>();
            for (int i : few) {
                var pair = NoncePair.draw(suite, of(keys, i).secret(), 0, new KatDraw("few/" + i), scope);
                pairs.put(i, pair);
                points.put(i, pair.points());
            }
            var request = SigningRequest.of(suite.group(), MESSAGE);
            var key = EffectiveKey.of(suite, of(keys, 1).sharing().publicKey(), request);
            var binding = Binding.of(suite, new CommitmentList(suite.group(), points), key, MESSAGE);
            var z = suite.group().scalar(0);
            for (int i : few) {
                var share = binding.part(i).share(of(keys, i).secret(), of(pairs, i).claim(scope), scope);
                assertThat(binding.part(i).isFulfilledBy(share, of(keys, i).sharing().publicShare(i))).isTrue();
                z = z.plus(share);
            }
            var signature = SchnorrSignature.encode(suite, binding.nonce(), z);
            assertThat(SchnorrSignature.verifies(suite, key.publicKey(), MESSAGE, signature)).isFalse();
            assertThat(verifies(suite, key.publicKey().encode(), MESSAGE, signature)).isFalse();
        }
    }

    @Test
    void signsForTaprootOutputs() {
        var taproots = List.of(Taproot.keyPath(), Taproot.scriptTree(new byte[32]));
        for (int seed = 0; seed < 8; seed++) {
            var keys = Keys.random(Groups.SECP256K1, Scheme.BIP340, 3, 1, "taproot/" + seed, scope);
            for (var taproot : taproots) {
                var outcome = sign(Suite.BIP340, keys, new TreeSet<>(List.of(1, 3)), taproot);
                var output = effective(Suite.BIP340, keys, taproot).encode();
                assertThat(verifies(Suite.BIP340, output, MESSAGE, outcome.of(3))).isTrue();
                var untweaked = effective(Suite.BIP340, keys, Taproot.NONE).encode();
                assertThat(verifies(Suite.BIP340, untweaked, MESSAGE, outcome.of(3))).isFalse();
            }
        }
    }

    @Test
    void signsMessagesOfAnyLength() {
        for (var suite : Suite.values()) {
            var keys = keys(suite, 3, 1);
            for (int length : new int[] {0, 1, 32, 64, 1000}) {
                var message = new byte[length];
                var request = SigningRequest.of(suite.group(), message);
                var outcome = sign(keys, new TreeSet<>(List.of(2, 3)), request);
                assertThat(verifies(
                                suite,
                                effective(suite, keys, Taproot.NONE).encode(),
                                message,
                                outcome.of(2)))
                        .isTrue();
            }
        }
    }

    /** Another message for the same nonces gives another R: so concurrent sessions gain nothing (ROS, Drijvers). */
    @ParameterizedTest
    @EnumSource(Suite.class)
    void bindsTheNoncesToTheMessageAndTheKey(Suite suite) throws Exception {
        var keys = keys(suite, 3, 1);
        var pk = of(keys, 1).sharing().publicKey();
        var points = new TreeMap<Integer, NoncePoints>();
        for (int i = 1; i <= 2; i++) {
            points.put(i, NoncePair.draw(suite, of(keys, i).secret(), 0, new KatDraw("ros/" + i), scope).points());
        }
        var list = new CommitmentList(suite.group(), points);
        var key = EffectiveKey.of(suite, pk, SigningRequest.of(suite.group(), MESSAGE));
        var child = EffectiveKey.of(
                suite, pk, new SigningRequest(MESSAGE, new byte[] {0}, suite.group().scalar(1), Taproot.NONE));

        var nonce = Binding.of(suite, list, key, MESSAGE).nonce();
        assertThat(Binding.of(suite, list, key, MESSAGE).nonce()).isEqualTo(nonce);
        assertThat(Binding.of(suite, list, key, new byte[0]).nonce()).isNotEqualTo(nonce);
        assertThat(Binding.of(suite, list, child, MESSAGE).nonce()).isNotEqualTo(nonce);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void verifiesNothingButTheSignature(Suite suite) {
        var keys = keys(suite, 3, 1);
        var pk = effective(suite, keys, Taproot.NONE);
        var signature = sign(suite, keys, new TreeSet<>(List.of(1, 2)), Taproot.NONE).of(1);

        assertThat(SchnorrSignature.verifies(suite, pk, MESSAGE, signature)).isTrue();
        for (int i = 0; i < signature.length; i++) {
            var altered = signature.clone();
            altered[i] ^= 1;
            assertThat(SchnorrSignature.verifies(suite, pk, MESSAGE, altered)).isFalse();
        }
        for (int length : new int[] {0, 31, signature.length - 1, signature.length + 1}) {
            assertThat(SchnorrSignature.verifies(suite, pk, MESSAGE, Arrays.copyOf(signature, length)))
                    .isFalse();
        }
    }

    private SortedMap<Integer, KeyShare> keys(Suite suite, int n, int degree) {
        var scheme = suite == Suite.BIP340 ? Scheme.BIP340 : Scheme.SCHNORR;
        return Keys.random(suite.group(), scheme, n, degree, suite + "/" + n + "/" + degree, scope);
    }

    private Outcome<byte[]> sign(
            Suite suite, SortedMap<Integer, KeyShare> keys, Collection<Integer> quorum, Taproot taproot) {
        return sign(keys, quorum, SigningRequest.of(suite.group(), MESSAGE, taproot));
    }

    private Outcome<byte[]> sign(
            SortedMap<Integer, KeyShare> keys, Collection<Integer> quorum, SigningRequest request) {
        var agreements = Agreements.signing(of(keys, 1).sharing(), quorum, request.params());
        return RoundTable.of(
                        agreements,
                        agreement -> FrostSigning.start(
                                agreement, of(keys, agreement.me()), request, new KatDraw("sign/" + agreement.me()), scope))
                .run();
    }

    private static Point effective(Suite suite, SortedMap<Integer, KeyShare> keys, Taproot taproot) {
        var request = SigningRequest.of(suite.group(), MESSAGE, taproot);
        return EffectiveKey.of(suite, of(keys, 1).sharing().publicKey(), request).publicKey();
    }

    private static boolean verifies(Suite suite, byte[] pk, byte[] message, byte[] signature) {
        return switch (suite) {
            case ED25519 -> IndependentVerifier.ed25519(pk, message, signature);
            case P256 -> IndependentVerifier.schnorr(Curve.P256, pk, message, signature);
            case SECP256K1 -> IndependentVerifier.schnorr(Curve.SECP256K1, pk, message, signature);
            case BIP340 -> IndependentVerifier.bip340(Suite.xOnly(pk), message, signature);
        };
    }

    private static List<SortedSet<Integer>> subsets(int n) {
        var subsets = new ArrayList<SortedSet<Integer>>();
        for (int bits = 1; bits < 1 << n; bits++) {
            var subset = new TreeSet<Integer>();
            for (int i = 0; i < n; i++) {
                if ((bits >>> i & 1) == 1) {
                    subset.add(i + 1);
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }

    private static <V> V of(SortedMap<Integer, V> map, int party) {
        return Objects.requireNonNull(map.get(party));
    }
}
