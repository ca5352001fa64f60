package quorate.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import quorate.algebra.DecodingException;
import quorate.algebra.Draw;
import quorate.algebra.Group;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.Secrets;
import quorate.algebra.SecretScalar;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.Vectors;

/** A key with all its shares in one place, as only a test has it. */
record TestKey(KeyRecord record, Scalar secret, List<Scalar> shares) {
    static TestKey make(Group group, KeyScheme scheme, String keyId, int players, int threshold) {
        var draw = new KatDraw("recovery/" + keyId);
        try (var scope = new Secrets()) {
            var coefficients = IntStream.range(0, threshold)
                    .mapToObj(k -> draw.scalar(group, scope, Draw.For.DKG, Draw.name("a", k)).publish())
                    .toList();
            var shares = new ArrayList<Scalar>();
            for (int i = 1; i <= players; i++) {
                var value = group.scalar(0);
                for (int k = threshold - 1; k >= 0; k--) {
                    value = value.times(group.scalar(i)).plus(coefficients.get(k));
                }
                shares.add(value);
            }
            List<Point> images = shares.stream().map(group::multiplyBase).toList();
            var record = new KeyRecord(
                    scheme,
                    keyId,
                    3,
                    threshold - 1,
                    group.multiplyBase(coefficients.getFirst()),
                    draw.draw(Draw.For.DKG, Draw.name("cc"), KeyRecord.CHAIN_CODE_BYTES),
                    images);
            return new TestKey(record, coefficients.getFirst(), shares);
        }
    }

    /** The share x_i of a key of vectors/quorate/project-kat.json. */
    static SecretScalar katShare(Group group, int dkg, int index, Secrets scope) throws DecodingException {
        return group.decodeSecret(
                scope, Vectors.hex(Vectors.known("dkg").get(dkg).required("x").get(index - 1)));
    }

    SecretScalar share(int index, Secrets scope) {
        return SecretScalar.of(scope, shares.get(index - 1));
    }

    /** The proof of the party of this index for keys of one curve. */
    static Proof proof(List<TestKey> keys, int index, String purpose, String text, TestRsa rsa) {
        try (var scope = new Secrets()) {
            return Prover.prove(
                    new Label(purpose, text, keys.stream().map(TestKey::record).toList(), index),
                    rsa.recipient(),
                    keys.stream().map(key -> key.share(index, scope)).toList(),
                    new KatDraw("proof/" + index + text));
        }
    }
}
