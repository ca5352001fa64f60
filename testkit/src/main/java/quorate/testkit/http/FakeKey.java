package quorate.testkit.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.Transcript;
import quorate.api.Bytes;
import quorate.api.GenerateKey;
import quorate.api.Scheme;

/**
 * A key that the test itself dealt: the whole polynomial, in one place. What fake nodes answer of it is therefore what
 * real nodes would, and everybody who verifies it is content.
 *
 * @param coefficients of f; f(0) is the secret key, f(i) the share of party i
 */
record FakeKey(GenerateKey request, Group group, List<Scalar> coefficients, byte[] chainCode) {
    private static final int HALF = 32;
    private static final int INDEX_BYTES = 4;

    /** Of one request always the same key. */
    static FakeKey of(GenerateKey request) {
        var group = switch (request.curve()) {
            case ED25519 -> Groups.ED25519;
            case P256 -> Groups.P256;
            case SECP256K1 -> Groups.SECP256K1;
        };
        var coefficients = IntStream.range(0, request.threshold())
                .mapToObj(k -> number(group, "f" + k + request.sessionId()))
                .toList();
        return new FakeKey(request, group, coefficients, Arrays.copyOf(digest("cc" + request.sessionId()), HALF));
    }

    /** What a name stands for, always the same. */
    static Scalar number(Group group, String name) {
        return group.reduce(digest(name));
    }

    private static byte[] digest(String name) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Scalar secret() {
        return coefficients.getFirst();
    }

    Scalar share(int party) {
        var value = group.scalar(0);
        for (var coefficient : coefficients.reversed()) {
            value = value.times(group.scalar(party)).plus(coefficient);
        }
        return value;
    }

    Point point() {
        return group.multiplyBase(secret());
    }

    List<Bytes> commitment() {
        return coefficients.stream()
                .map(coefficient -> Bytes.of(group.multiplyBase(coefficient).encode()))
                .toList();
    }

    /** TH("share-id", keyId, I2OSP(epoch,8), ser(A_0), .., ser(A_t)), epoch 0. */
    Bytes shareId() {
        var transcript = Transcript.of("share-id")
                .add(request.keyId().getBytes(StandardCharsets.UTF_8))
                .addU64(0);
        coefficients.forEach(coefficient -> transcript.add(group.multiplyBase(coefficient)));
        return Bytes.of(transcript.hash());
    }

    /** What a verifier takes. */
    Bytes publicKey(Point point) {
        var encoded = point.encode();
        return Bytes.of(
                request.scheme() == Scheme.BIP340 ? Arrays.copyOfRange(encoded, 1, encoded.length) : encoded);
    }

    /**
     * A key below this one.
     *
     * @param steps as protocols encode a path: their number, then each of them
     */
    record Descendant(Point point, Scalar tweak, byte[] steps) {}

    /** BIP-32 without its errors, which nobody has seen yet; on edwards25519 the step of protocols.md 4.5. */
    Descendant at(String path) {
        var names = Arrays.stream(path.split("/", -1)).skip(1).toList();
        var point = point();
        var tweak = group.scalar(0);
        var code = chainCode;
        var steps = Encoding.i2osp(names.size(), 1);
        for (var name : names) {
            var index = Encoding.i2osp(Long.parseLong(name), INDEX_BYTES);
            boolean edwards = group.equals(Groups.ED25519);
            var mac = hmac(code, Encoding.concat(edwards ? new byte[] {2} : new byte[0], point.encode(), index));
            var left = Arrays.copyOf(mac, HALF);
            var step = edwards ? group.reduce(reversed(left)) : decoded(left);
            tweak = tweak.plus(step);
            point = point.plus(group.multiplyBase(step));
            code = Arrays.copyOfRange(mac, HALF, mac.length);
            steps = Encoding.concat(steps, index);
        }
        return new Descendant(point, tweak, steps);
    }

    private Scalar decoded(byte[] left) {
        try {
            return group.decodeScalar(left);
        } catch (DecodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            var mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key, "HmacSHA512"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] reversed(byte[] bytes) {
        var out = new byte[bytes.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = bytes[bytes.length - 1 - i];
        }
        return out;
    }
}
