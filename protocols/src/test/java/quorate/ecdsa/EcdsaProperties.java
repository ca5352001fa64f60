package quorate.ecdsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Secrets;
import quorate.derive.Derivations;
import quorate.derive.Path;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.verify.IndependentVerifier;

/** Signatures of any quorum, message and path, checked by an independent library (Appendix B 22). */
class EcdsaProperties {
    private static final long SEED = 20261122;
    private static final int SIGNATURES = 1_000;
    private static final int ITEMS = 34;

    private final Random random = new Random(SEED);

    static List<Group> groups() {
        return List.of(Groups.SECP256K1, Groups.P256);
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** More than 100 presignatures of real runs, by all quorums of 2-of-3. */
    @ParameterizedTest
    @MethodSource("groups")
    void everyQuorumSigns(Group group) throws Exception {
        try (var cast = new Cast(group, 3, 1, "properties")) {
            for (var signers : List.of(List.of(1, 2), List.of(1, 3), List.of(2, 3))) {
                var outcome = cast.presigning(signers, "quorum " + signers, ITEMS).run();
                for (int k = 0; k < ITEMS; k++) {
                    var request = EcdsaRequest.of(group, bytes(32));
                    var first = outcome.of(signers.getFirst()).get(k).presignature();
                    var step = FinalStep.of(first, cast.sharing(), new TreeSet<>(signers), request);
                    var partials = new TreeMap<Integer, PartialSignature>();
                    for (int party : signers) {
                        var share = outcome.of(party).get(k);
                        assertThat(share.presignature().id()).isEqualTo(first.id());
                        partials.put(party, step.partial(share));
                    }
                    verify(step.publicKey(), request.hash(), step.combine(partials, true), true);
                }
            }
        }
    }

    /** Larger committees, and parties that are more than two. */
    @ParameterizedTest
    @MethodSource("groups")
    void moreThanTwoSign(Group group) throws Exception {
        try (var cast = new Cast(group, 5, 2, "committee")) {
            for (var signers : List.of(List.of(1, 2, 3), List.of(2, 4, 5))) {
                var request = EcdsaRequest.of(group, bytes(32));
                var outcome = cast.signing(signers, "signing " + signers, request).run();
                var signature = outcome.of(signers.getFirst());
                for (int party : signers) {
                    assertThat(outcome.of(party)).isEqualTo(signature);
                }
                verify(cast.sharing().publicKey(), request.hash(), signature, true);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void everyMessageAndPathIsSigned(Group group) throws Exception {
        try (var scope = new Secrets()) {
            var synthetic = new Synthetic(group, new KatDraw("thousand"), scope);
            var recoveries = new int[4];
            int large = 0;
            for (int run = 0; run < SIGNATURES; run++) {
                var path = new Path(
                        random.ints(random.nextInt(3), 0, Integer.MAX_VALUE).boxed().toList());
                var derived = new Derivations(16).of(synthetic.sharing(), path);
                var hash = bytes(1 + random.nextInt(64));
                var request = EcdsaRequest.of(
                        hash, path.encode(), derived.tweak(), bytes(run % 2 * 32));
                boolean lowS = run % 3 != 0;
                var signature = synthetic.sign(request, lowS);
                verify(derived.publicKey(), hash, signature, lowS);
                recoveries[signature.recoveryId()]++;
                large += signature.r().encode()[0] < 0 ? 1 : 0;
            }
            // Both parities are seen, and r is as often large as small: six standard deviations around the half.
            assertThat(recoveries[0]).isBetween(400, 600);
            assertThat(recoveries[1]).isBetween(400, 600);
            assertThat(large).isBetween(400, 600);
        }
    }

    private static void verify(Point publicKey, byte[] hash, EcdsaSignature signature, boolean lowS) throws Exception {
        var group = publicKey.group();
        var curve = group.equals(Groups.P256) ? IndependentVerifier.Curve.P256 : IndependentVerifier.Curve.SECP256K1;
        assertThat(IndependentVerifier.ecdsa(curve, publicKey.encode(), hash, signature.compact()))
                .isTrue();
        assertThat(recover(group, hash, signature)).isEqualTo(publicKey);
        assertThat(signature.verifies(publicKey, hash)).isTrue();
        assertThat(signature.verifies(publicKey.plus(group.generator()), hash)).isFalse();
        var r = new BigInteger(1, signature.r().encode());
        var s = new BigInteger(1, signature.s().encode());
        var sequence = new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)});
        assertThat(signature.der()).isEqualTo(sequence.getEncoded("DER"));
        if (lowS) {
            var order = new BigInteger(1, group.scalar(0).minus(group.scalar(1)).encode()).add(BigInteger.ONE);
            assertThat(s).isLessThanOrEqualTo(order.shiftRight(1));
        }
    }

    /** pk = (s*R - h*G)/r, R from r and the recovery id. */
    private static Point recover(Group group, byte[] hash, EcdsaSignature signature) throws DecodingException {
        assertThat(signature.recoveryId()).isBetween(0, 1); // x >= q has a chance of 2^-128
        var nonce = group.decodePoint(
                Encoding.concat(new byte[] {(byte) (2 + signature.recoveryId())}, signature.r().encode()));
        var message = group.reduce(Arrays.copyOf(hash, Math.min(32, hash.length)));
        return nonce.times(signature.s())
                .minus(group.multiplyBase(message))
                .times(signature.r().inverse());
    }
}
