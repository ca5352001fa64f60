package quorate.pair;

import static quorate.testkit.vectors.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.crypto.hash2curve.HashToCurveProfile;
import org.bouncycastle.crypto.hash2curve.HashToEllipticCurve;
import quorate.algebra.DecodingException;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.testkit.vectors.KatDraw;

/**
 * The pair states of a key of the known answers, from its streams: both sides of the base OTs at once, with the hash to
 * curve of BouncyCastle. Of 3 players with degree 1.
 */
public final class KatPairs {
    private static final int PLAYERS = 3;
    /** nonce, a_0, a_1, cc, blind, PoK nonce. */
    private static final int KEYGEN_DRAWS = 6;

    private static final HashToEllipticCurve HASH = HashToEllipticCurve.getInstance(
            HashToCurveProfile.P256_XMD_SHA_256, "TSM-V1-BOT-P256_XMD:SHA-256_SSWU_RO_");

    private final JsonNode key;
    private final byte[] d1;
    private final Secrets scope;
    private final Map<String, Alice> alices = new TreeMap<>();
    private final Map<String, Scalar[]> bobs = new TreeMap<>();

    private record Alice(byte[] delta, Scalar[] secrets, Scalar[] decoys) {}

    private KatPairs(JsonNode key, String stream, Secrets scope) {
        this.key = key;
        this.d1 = hex(key, "D1");
        this.scope = scope;
        for (int i = 1; i <= PLAYERS; i++) {
            draw(i, new KatDraw(stream + "/" + i));
        }
    }

    /** By party and peer, among these parties. */
    public static Map<Integer, Map<Integer, PairState>> of(JsonNode key, Set<Integer> parties, Secrets scope)
            throws DecodingException {
        var stream = key.required("streams").asText();
        var all = new KatPairs(key, stream.substring(0, stream.indexOf('/')), scope);
        var states = new TreeMap<Integer, Map<Integer, PairState>>();
        for (var pair : key.required("pairs")) {
            int low = pair.required("i").asInt();
            int high = pair.required("j").asInt();
            if (!parties.contains(low) || !parties.contains(high)) {
                continue;
            }
            var bobLow = all.instance(low, high);
            var bobHigh = all.instance(high, low);
            var setup = hex(pair, "setup");
            states.computeIfAbsent(low, party -> new TreeMap<>())
                    .put(high, new PairState(
                            low, high, 0, setup, bobLow.bob(), bobHigh.alice(), hex(pair, "zs"), scope));
            states.computeIfAbsent(high, party -> new TreeMap<>())
                    .put(low, new PairState(
                            high, low, 0, setup, bobHigh.bob(), bobLow.alice(), hex(pair, "zs"), scope));
        }
        return states;
    }

    private void draw(int i, KatDraw stream) {
        for (int skipped = 0; skipped < KEYGEN_DRAWS; skipped++) {
            stream.draw(Draw.For.DKG, new byte[0], 32);
        }
        for (int j = 1; j <= PLAYERS; j++) {
            if (j != i) {
                stream.draw(Draw.For.BOT, new byte[0], 32); // zseed
                var delta = stream.draw(Draw.For.BOT, new byte[0], 16);
                var secrets = new Scalar[BaseOt.INSTANCES];
                var decoys = new Scalar[BaseOt.INSTANCES];
                for (int c = 0; c < BaseOt.INSTANCES; c++) {
                    secrets[c] = scalar(stream);
                    decoys[c] = scalar(stream);
                }
                alices.put(name(i, j), new Alice(delta, secrets, decoys));
            }
        }
        for (int j = 1; j <= PLAYERS; j++) {
            if (j != i) {
                var secrets = new Scalar[2 * BaseOt.INSTANCES];
                for (int c = 0; c < secrets.length; c++) {
                    secrets[c] = scalar(stream);
                }
                bobs.put(name(i, j), secrets);
            }
        }
    }

    /** 2.2 with this Bob and this Alice. */
    private TestPairs.Correlation instance(int bob, int alice) throws DecodingException {
        var sid = Transcript.of("bot/sid").add(d1).addU16(bob).addU16(alice).addU64(0).hash();
        var a = Objects.requireNonNull(alices.get(name(alice, bob)));
        var b = Objects.requireNonNull(bobs.get(name(bob, alice)));
        var seeds = new byte[2][BaseOt.SEEDS_BYTES];
        for (int c = 0; c < BaseOt.INSTANCES; c++) {
            int chosen = a.delta()[c >> 3] >> (c & 7) & 1;
            var r = new Point[2];
            r[1 - chosen] = Groups.P256.multiplyBase(a.decoys()[c]);
            r[chosen] = Groups.P256.multiplyBase(a.secrets()[c]).minus(hash(chosen, sid, c, r[1 - chosen]));
            for (int choice = 0; choice < 2; choice++) {
                var mine = choice == chosen
                        ? Groups.P256.multiplyBase(a.secrets()[c])
                        : r[choice].plus(hash(choice, sid, c, r[1 - choice]));
                var secret = b[2 * c + choice];
                var seed = Transcript.of("bot/seed")
                        .add(sid)
                        .addU16(c)
                        .addU8(choice)
                        .add(mine)
                        .add(Groups.P256.multiplyBase(secret))
                        .add(mine.times(secret))
                        .hash();
                System.arraycopy(seed, 0, seeds[choice], c * BaseOt.SEED_BYTES, BaseOt.SEED_BYTES);
            }
        }
        return TestPairs.Correlation.of(seeds[0], seeds[1], a.delta(), scope);
    }

    private static Point hash(int choice, byte[] sid, int c, Point point) throws DecodingException {
        var message =
                Encoding.enc(sid, Encoding.i2osp(choice, 1), Encoding.i2osp(c, 2), point.encode());
        return Groups.P256.decodePoint(HASH.hashToCurve(message).normalize().getEncoded(true));
    }

    private static Scalar scalar(KatDraw stream) {
        return Groups.P256.reduce(stream.draw(Draw.For.BOT, new byte[0], 48));
    }

    private static String name(int i, int j) {
        return i + "," + j;
    }

    @Override
    public String toString() {
        return "KatPairs[" + key.required("curve").asText() + "]";
    }
}
