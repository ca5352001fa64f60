package quorate.node.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.api.Bytes;
import quorate.api.KeyAttributes;
import quorate.api.ProblemCode;
import quorate.api.SignRequest;
import quorate.api.Taproot;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.node.StoppedCluster;
import quorate.node.problem.ProblemException;
import quorate.store.KeyDescription;

class RequestsTest {
    private static final Bytes MESSAGE = Bytes.of("a message".getBytes(StandardCharsets.UTF_8));
    private static final Bytes HASH = Bytes.of(new byte[32]);

    @TempDir
    Path folder;

    private Committee committee;
    private final Requests requests = new Requests(System::nanoTime);

    @BeforeEach
    void makeCommittee() throws Exception {
        committee = StoppedCluster.in(folder).deal("k", 0).key(1).committee();
    }

    @Test
    void hashesAMessageAndTakesAHashAsItIs() throws Exception {
        var key = key(KeyAttributes.USUAL);
        assertThat(requests.ecdsa(key, request(MESSAGE, null, null)).hash())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(MESSAGE.toArray()));
        assertThat(requests.ecdsa(key, request(null, HASH, null)).hash()).isEqualTo(HASH.toArray());
    }

    @Test
    void aKeyForMessagesTakesNoHash() {
        var key = key(new KeyAttributes(0, true, true));
        assertThat(requests.ecdsa(key, request(MESSAGE, null, null)).hash()).hasSize(32);
        assertRefused(ProblemCode.HASH_REFUSED, key, request(null, HASH, null));
    }

    @Test
    void aSchnorrKeyTakesNoHashAndNoRequestNonce() throws Exception {
        var key = StoppedCluster.in(folder.resolve("schnorr")).deal("s", 0).key(1);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> requests.frost(key, request(null, HASH, null)))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.HASH_REFUSED));
    }

    @Test
    void derivesOnlySoftPathsOfTheLengthThatTheKeyAsksFor() {
        var key = key(new KeyAttributes(2, false, true));
        assertRefused(ProblemCode.PATH_REFUSED, key, request(MESSAGE, null, null));
        assertRefused(ProblemCode.PATH_REFUSED, key, request(MESSAGE, null, "m/0"));
        var deep = requests.ecdsa(key, request(MESSAGE, null, "m/0/1"));
        assertThat(deep.path()).hasSize(9);
        assertThat(deep.tweak())
                .isNotEqualTo(requests.ecdsa(key, request(MESSAGE, null, "m/0/2")).tweak());
        assertThat(requests.ecdsa(key(KeyAttributes.USUAL), request(MESSAGE, null, "m")).tweak())
                .isEqualTo(Groups.SECP256K1.scalar(0));
    }

    @Test
    void anEcdsaKeyHasNoTaprootOutput() {
        var request = new SignRequest(HASH, List.of(1, 2), MESSAGE, new Taproot(null));
        assertRefused(ProblemCode.BAD_REQUEST, key(KeyAttributes.USUAL), request);
    }

    private void assertRefused(ProblemCode code, LoadedKey key, SignRequest request) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> requests.ecdsa(key, request))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    private static SignRequest request(@Nullable Bytes message, @Nullable Bytes hash, @Nullable String path) {
        return new SignRequest(HASH, List.of(1, 2), message, hash, path, null, null);
    }

    private LoadedKey key(KeyAttributes attributes) {
        var group = Groups.SECP256K1;
        var points = List.<Point>of(
                group.multiplyBase(group.scalar(7)), group.multiplyBase(group.scalar(11)));
        try {
            var sharing = new Sharing(
                    new byte[] {'k'}, Scheme.ECDSA, committee.size(), 0, new byte[32], new PublicPolynomial(points));
            var description = new KeyDescription(
                    "k", "ecdsa", "secp256k1", "", quorate.store.Bytes.of(new Attributes("", attributes).encode()));
            return new LoadedKey(description, attributes, sharing, committee, 1);
        } catch (quorate.key.UnsoundKey e) {
            throw new IllegalStateException(e);
        }
    }
}
