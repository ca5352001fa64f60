package quorate.frost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.algebra.Encoding;
import quorate.algebra.Secrets;
import quorate.derive.DerivedKey;
import quorate.derive.Derivations;
import quorate.derive.Path;
import quorate.table.Agreements;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.verify.IndependentVerifier;
import quorate.testkit.verify.IndependentVerifier.Curve;

/** Whatever is signed for a path is a signature of the key that anybody derives without the parties. */
class DerivedSigningProperties {
    private static final List<Integer> SIGNERS = List.of(1, 3);

    private final Secrets scope = new Secrets();
    private final Derivations derivations = new Derivations(100);

    @AfterEach
    void wipe() {
        scope.close();
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void interactiveAndPresignedSignaturesVerifyUnderTheDerivedKey(Suite suite) throws Exception {
        long seed = 45;
        var random = new Random(seed);
        var presigners = new Presigners(suite, 3, 1, scope);
        var sharing = presigners.sharing();
        var batches = presigners.table(SIGNERS, 8).run();
        for (int k = 0; k < 8; k++) {
            var path = Path.ROOT;
            for (int depth = random.nextInt(5); depth > 0; depth--) {
                path = path.child(random.nextInt(Integer.MAX_VALUE));
            }
            var derived = derivations.of(sharing, path);
            var request = SigningRequest.of(derived, ("message " + k).getBytes(UTF_8), Taproot.NONE);
            var presigned = FrostCombination.combine(
                    sharing,
                    request,
                    batches.of(1).get(k).id(),
                    presigners.sign(batches, SIGNERS, k, request));
            var interactive = RoundTable.of(
                            Agreements.signing(sharing, SIGNERS, request.params()),
                            agreement -> FrostSigning.start(
                                    agreement,
                                    presigners.share(agreement.me()),
                                    request,
                                    new KatDraw("derived/" + agreement.me()),
                                    scope))
                    .run()
                    .of(3);
            var pk = derived.publicKey().encode();
            assertThat(verifies(suite, pk, request.message(), presigned)).as("seed %d, %s", seed, path).isTrue();
            assertThat(verifies(suite, pk, request.message(), interactive)).as("seed %d, %s", seed, path).isTrue();
            if (path.depth() > 0) {
                assertThat(verifies(suite, sharing.publicKey().encode(), request.message(), presigned)).isFalse();
            }
        }
    }

    @Test
    void aPathIsPartOfTheRequest() {
        var presigners = new Presigners(Suite.ED25519, 3, 1, scope);
        var id = new byte[32];
        var digests = List.of("m", "m/0", "m/0/0").stream()
                .map(path -> derivations.of(presigners.sharing(), Path.parse(path)))
                .map(key -> SigningRequest.of(key, new byte[1], Taproot.NONE))
                .map(request -> new BigInteger(request.digest(id)))
                .toList();
        assertThat(digests).doesNotHaveDuplicates();
    }

    /** protocols.md Appendix B 22: a crafted tweak that leads to P1 = O. */
    @ParameterizedTest
    @EnumSource(Suite.class)
    void refusesATweakThatLeadsToNoKey(Suite suite) {
        var one = suite.group().scalar(1);
        var minus = one.negate();
        var request = new SigningRequest(new byte[1], Path.of(1).encode(), minus, Taproot.NONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectiveKey.of(suite, suite.group().generator(), request))
                .withMessage("the tweaked key is the point at infinity");
    }

    @Test
    void refusesPathsThatAreNone() {
        var zero = Suite.ED25519.group().scalar(0);
        for (var path : List.of(
                new byte[0], new byte[] {1}, new byte[] {0, 0}, Encoding.concat(new byte[] {1, -1}, new byte[3]))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SigningRequest(new byte[1], path, zero, Taproot.NONE));
        }
        assertThat(DerivedKey.root(Suite.ED25519.group().generator(), new byte[32]).path()).isEqualTo(Path.ROOT);
    }

    private static boolean verifies(Suite suite, byte[] pk, byte[] message, byte[] signature) {
        return switch (suite) {
            case ED25519 -> IndependentVerifier.ed25519(pk, message, signature);
            case P256 -> IndependentVerifier.schnorr(Curve.P256, pk, message, signature);
            case SECP256K1 -> IndependentVerifier.schnorr(Curve.SECP256K1, pk, message, signature);
            case BIP340 -> IndependentVerifier.bip340(Suite.xOnly(pk), message, signature);
        };
    }
}
