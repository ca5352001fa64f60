package quorate.table;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.Group;
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

    private static KeyShare share(PublicPolynomial commitment, Scheme scheme, int n, int index, SecretScalar x) {
        try {
            var sharing = new Sharing(Agreements.KEY_ID, scheme, n, 0, new byte[Sharing.CHAIN_CODE_BYTES], commitment);
            return new KeyShare(sharing, index, x);
        } catch (UnsoundKey e) {
            throw new AssertionError(e);
        }
    }
}
