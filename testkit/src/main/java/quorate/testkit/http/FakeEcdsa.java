package quorate.testkit.http;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.Transcript;
import quorate.api.Bytes;
import quorate.api.Signable;
import quorate.testkit.verify.IndependentVerifier;

/** ECDSA by somebody who has the whole key: ordinary signatures, and the parts that signers would answer. */
final class FakeEcdsa {
    private static final int BYTES = 32;

    private final FakeKey key;
    private final FakeKey.Descendant signer;
    private final byte[] hash;
    private final byte[] requestNonce;

    FakeEcdsa(FakeKey key, Signable request) {
        this.key = key;
        this.signer = key.at(request.pathOrRoot());
        var given = request.hash();
        this.hash = given == null ? sha256(request.message()) : given.toArray();
        var nonce = request.requestNonce();
        this.requestNonce = nonce == null ? new byte[0] : nonce.toArray();
    }

    private static byte[] sha256(@Nullable Bytes message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message == null ? new byte[0] : message.toArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Point publicKey() {
        return signer.point();
    }

    /** An ordinary signature: r || s, DER, recovery id. */
    record Signature(Bytes compact, Bytes der, int recoveryId) {}

    /** By RFC 6979, so that every node answers the same; low s on secp256k1. */
    Signature sign() {
        var domain = new ECDomainParameters(curve());
        var secret = new BigInteger(1, key.secret().plus(signer.tweak()).encode());
        var ecdsa = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        ecdsa.init(true, new ECPrivateKeyParameters(secret, domain));
        var parts = ecdsa.generateSignature(hash);
        boolean low = verifierCurve() == IndependentVerifier.Curve.SECP256K1;
        var s = low ? parts[1].min(domain.getN().subtract(parts[1])) : parts[1];
        var compact = Encoding.concat(BigIntegers.asUnsignedByteArray(BYTES, parts[0]), BigIntegers.asUnsignedByteArray(BYTES, s));
        return new Signature(Bytes.of(compact), der(domain.getN(), parts[0], s), recoveryId(compact));
    }

    private int recoveryId(byte[] compact) {
        return IntStream.rangeClosed(0, 3)
                .filter(id -> IndependentVerifier.recover(verifierCurve(), hash, compact, id)
                        .filter(found -> Arrays.equals(found, publicKey().encode()))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static Bytes der(BigInteger order, BigInteger r, BigInteger s) {
        try {
            return Bytes.of(StandardDSAEncoding.INSTANCE.encode(order, r, s));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private X9ECParameters curve() {
        return CustomNamedCurves.getByName(key.group().equals(Groups.P256) ? "P-256" : "secp256k1");
    }

    private IndependentVerifier.Curve verifierCurve() {
        return key.group().equals(Groups.P256)
                ? IndependentVerifier.Curve.P256
                : IndependentVerifier.Curve.SECP256K1;
    }

    /** One signer's part: request, u' || w, and R. */
    record Part(Bytes request, Bytes share, Bytes nonce) {}

    /**
     * The part of one of {@code signers} parties (protocols.md 3.5), of a presignature that is dealt by its name.
     *
     * @param place which of the signers, from 0
     */
    Part part(byte[] presigId, int place, int signers) {
        var group = key.group();
        var name = Bytes.of(presigId).hex();
        var r = FakeKey.number(group, "r" + name);
        var phi = IntStream.range(0, signers)
                .mapToObj(j -> phi(name, j))
                .reduce(group.scalar(0), Scalar::plus);
        var u = split("u" + name, r.times(phi), place, signers);
        var v = split("v" + name, phi.times(key.secret()), place, signers);
        var nonce = group.multiplyBase(r);
        var message = group.reduce(Arrays.copyOf(hash, Math.min(hash.length, BYTES)));
        var delta = Transcript.of("dkls/rerand")
                .add(presigId)
                .add(nonce)
                .add(key.point())
                .add(signer.point())
                .add(signer.tweak().encode())
                .add(message.encode())
                .add(requestNonce)
                .toScalar(group);
        var shifted = nonce.plus(group.multiplyBase(delta)).encode();
        var x = group.reduce(Arrays.copyOfRange(shifted, 1, shifted.length));
        var mine = phi(name, place);
        var first = u.plus(delta.times(mine));
        var second = message.times(mine).plus(x.times(v.plus(signer.tweak().times(mine))));
        var request = Transcript.of("dkls/request")
                .add(presigId)
                .add(hash)
                .add(signer.steps())
                .add(requestNonce)
                .hash();
        return new Part(
                Bytes.of(request),
                Bytes.of(Encoding.concat(first.encode(), second.encode())),
                Bytes.of(nonce.encode()));
    }

    private Scalar phi(String name, int place) {
        return FakeKey.number(key.group(), "phi" + place + name);
    }

    /** Random summands, the last of which makes the sum right. */
    private Scalar split(String name, Scalar sum, int place, int parts) {
        if (place < parts - 1) {
            return FakeKey.number(key.group(), name + place);
        }
        return IntStream.range(0, parts - 1)
                .mapToObj(j -> FakeKey.number(key.group(), name + j))
                .reduce(sum, Scalar::minus);
    }
}
