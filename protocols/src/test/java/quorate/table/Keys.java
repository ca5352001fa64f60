package quorate.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.algebra.DecodingException;
import quorate.algebra.Group;
import quorate.algebra.Lagrange;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.Scalar;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.Vectors;

/** Keys dealt by the test itself, so that signing is tested without key generation. */
public final class Keys {
    private Keys() {}

    /** Shares 1..n of a key whose secret polynomial has these coefficients. */
    public static SortedMap<Integer, KeyShare> of(List<Scalar> coefficients, Scheme scheme, int n, Secrets scope) {
        var group = coefficients.getFirst().group();
        var points = new ArrayList<Point>();
        coefficients.forEach(coefficient -> points.add(group.multiplyBase(coefficient)));
        var commitment = new PublicPolynomial(points);
        var shares = new TreeMap<Integer, KeyShare>();
        for (int i = 1; i <= n; i++) {
            var x = group.scalar(0);
            for (var coefficient : coefficients.reversed()) {
                x = x.times(group.scalar(i)).plus(coefficient);
            }
            shares.put(i, share(commitment, scheme, n, i, SecretScalar.of(scope, x)));
        }
        return shares;
    }

    /** Shares 1..n of a random key, the same for the same seed. */
    public static SortedMap<Integer, KeyShare> random(
            Group group, Scheme scheme, int n, int degree, String seed, Secrets scope) {
        var f = SecretPolynomial.sample(group, degree, new KatDraw(seed), scope);
        var shares = new TreeMap<Integer, KeyShare>();
        for (int i = 1; i <= n; i++) {
            shares.put(i, share(f.commitment(), scheme, n, i, f.at(i)));
        }
        return shares;
    }

    /** The shares of the key of the known answers on this curve. */
    public static SortedMap<Integer, KeyShare> known(String curve, Group group, Secrets scope) {
        var answer = Vectors.stream(Vectors.known("dkg"))
                .filter(key -> key.required("curve").asText().equals(curve))
                .findFirst()
                .orElseThrow();
        var scheme = Scheme.of(answer.required("scheme").asInt());
        var shares = new TreeMap<Integer, KeyShare>();
        try {
            var points = new ArrayList<Point>();
            for (var point : answer.required("A")) {
                points.add(group.decodePoint(Vectors.hex(point)));
            }
            int n = answer.required("n").asInt();
            var chainCode = Vectors.hex(answer, "cc");
            var sharing = new Sharing(Agreements.KEY_ID, scheme, n, 0, chainCode, new PublicPolynomial(points));
            for (int i = 1; i <= n; i++) {
                var x = group.decodeSecret(scope, Vectors.hex(answer.required("x").get(i - 1)));
                shares.put(i, new KeyShare(sharing, i, x));
            }
            return shares;
        } catch (DecodingException | UnsoundKey e) {
            throw new AssertionError(e);
        }
    }

    /** sum of lag(P, i)·x_i: the secret, if the shares are of one sharing and enough. */
    public static Scalar interpolate(Collection<KeyShare> shares, Secrets scope) {
        var group = shares.iterator().next().sharing().group();
        var indices = new TreeSet<Integer>();
        shares.forEach(share -> indices.add(share.index()));
        var sum = SecretScalar.of(scope, group.scalar(0));
        for (var share : shares) {
            sum = sum.plus(share.secret().times(Lagrange.atZero(group, indices, share.index())));
        }
        return sum.publish();
    }

    private static KeyShare share(PublicPolynomial commitment, Scheme scheme, int n, int index, SecretScalar x) {
        try {
            var sharing = new Sharing(Agreements.KEY_ID, scheme, n, 0, new byte[Sharing.CHAIN_CODE_BYTES], commitment);
            return new KeyShare(sharing, index, x);
        } catch (UnsoundKey e) {
            throw new AssertionError(e);
        }
    }
}
