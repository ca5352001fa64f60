package quorate.pair;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import quorate.algebra.ConstantTime;
import quorate.algebra.Encoding;
import quorate.algebra.HashToCurve;
import quorate.algebra.Point;
import quorate.algebra.Transcript;

/** What both sides of the base OTs of one direction hash (protocols.md 2.1, 2.2). */
@ConstantTime
record BaseOtHashing(byte[] sid) {
    private static final HashToCurve TO_CURVE =
            HashToCurve.p256("TSM-V1-BOT-P256_XMD:SHA-256_SSWU_RO_".getBytes(US_ASCII));

    /** sid = TH("bot/sid", D1, Bob, Alice, I2OSP(gen,8)). */
    static BaseOtHashing of(PairTerms terms, int bob, int alice) {
        return new BaseOtHashing(Transcript.of("bot/sid")
                .add(terms.d1())
                .addU16(bob)
                .addU16(alice)
                .addU64(terms.generation())
                .hash());
    }

    /** HC(b, sid, c, P), given ser(P). */
    Point toPoint(int b, int c, byte[] encoded) {
        return TO_CURVE.hash(Encoding.enc(sid, Encoding.i2osp(b, 1), Encoding.i2osp(c, 2), encoded));
    }

    /** seeds[c] = TH("bot/seed", sid, c, b, ser(mA), ser(mB), ser(tB·mA)); b and the product are secret. */
    void seed(byte[] seeds, int c, int b, byte[] mA, byte[] mB, byte[] product) {
        var transcript =
                Transcript.of("bot/seed").add(sid).addU16(c).addU8(b).add(mA).add(mB).add(product);
        var seed = transcript.hash();
        System.arraycopy(seed, 0, seeds, c * BaseOt.SEED_BYTES, BaseOt.SEED_BYTES);
        Arrays.fill(seed, (byte) 0);
        transcript.erase();
    }
}
