package quorate.testkit.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Lagrange;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.Transcript;
import quorate.api.Bytes;
import quorate.api.PartialRequest;

/** The parts that the signers of an Ed25519 key would answer (RFC 9591, 5.2 and 6.1), by somebody who has all shares. */
final class FakeFrost {
    private static final String CONTEXT = "FROST-ED25519-SHA512-v1";

    private final FakeKey key;
    private final Group group;
    private final FakeKey.Descendant signer;
    private final byte[] message;

    FakeFrost(FakeKey key, PartialRequest request) {
        this.key = key;
        this.group = key.group();
        this.signer = key.at(request.pathOrRoot());
        var given = request.message();
        this.message = given == null ? new byte[0] : given.toArray();
    }

    /** One signer's part: request, z, and the nonces of all signers. */
    record Part(Bytes request, Bytes share, Bytes commitments) {}

    /** The part of {@code party}, of a presignature that is dealt by its name. */
    Part part(byte[] presigId, int party, List<Integer> parties) {
        var name = Bytes.of(presigId).hex();
        var commitments = new ArrayList<byte[]>();
        parties.forEach(j -> {
            commitments.add(group.scalar(j).encode());
            commitments.add(group.multiplyBase(hiding(name, j)).encode());
            commitments.add(group.multiplyBase(binding(name, j)).encode());
        });
        var list = Encoding.concat(commitments.toArray(byte[][]::new));
        var publicKey = signer.point().encode();
        var prefix = Encoding.concat(publicKey, sha512("msg", message), sha512("com", list));
        var nonce = parties.stream()
                .map(j -> group.multiplyBase(hiding(name, j).plus(factor(prefix, j).times(binding(name, j)))))
                .reduce(group.identity(), Point::plus);
        var challenge = littleEndian(sha512("", nonce.encode(), publicKey, message));
        var share = key.share(party).plus(signer.tweak());
        var z = hiding(name, party)
                .plus(factor(prefix, party).times(binding(name, party)))
                .plus(Lagrange.atZero(group, new TreeSet<>(parties), party).times(share).times(challenge));
        var request = Transcript.of("frost/request")
                .add(presigId)
                .add(message)
                .add(signer.steps())
                .addU8(0)
                .add(new byte[0])
                .hash();
        return new Part(Bytes.of(request), Bytes.of(z.encode()), Bytes.of(list));
    }

    private Scalar hiding(String name, int party) {
        return FakeKey.number(group, "d" + party + name);
    }

    private Scalar binding(String name, int party) {
        return FakeKey.number(group, "e" + party + name);
    }

    private Scalar factor(byte[] prefix, int party) {
        return littleEndian(sha512("rho", prefix, group.scalar(party).encode()));
    }

    private Scalar littleEndian(byte[] digest) {
        return group.reduce(FakeKey.reversed(digest));
    }

    /** Without a tag also without the context: the challenge is that of RFC 8032. */
    private static byte[] sha512(String tag, byte[]... pieces) {
        try {
            var digest = MessageDigest.getInstance("SHA-512");
            if (!tag.isEmpty()) {
                digest.update((CONTEXT + tag).getBytes(StandardCharsets.US_ASCII));
            }
            for (var piece : pieces) {
                digest.update(piece);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
