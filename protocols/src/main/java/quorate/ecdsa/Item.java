package quorate.ecdsa;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.HashCommitment;
import quorate.algebra.Lagrange;
import quorate.algebra.Point;
import quorate.algebra.SecretScalar;
import quorate.algebra.Transcript;
import quorate.pair.ZeroShares;
import quorate.rounds.Inbox;
import quorate.vole.OtReceiver;
import quorate.vole.OtSender;
import quorate.vole.VoleSender;

/**
 * Item k of a batch at this party, from round 1 on: a complete run of protocols.md 3.1 to 3.4 with its own context.
 *
 * <p>Letters: r the share of the nonce and R its point, phi the mask, nonce and blind of the commitment com to R.
 *
 * @param ctx ctx_k
 * @param extended by peer: this party as Bob of an OT extension
 */
record Item(
        Batch batch,
        int k,
        byte[] ctx,
        SecretScalar r,
        SecretScalar phi,
        Point point,
        byte[] blind,
        SortedMap<Integer, Extended> extended) {
    /** An OT extension with this party as Bob, and TH("dkls/otemsg", its message). */
    record Extended(OtReceiver ot, byte[] digest) {}

    /** Draws item k and fills in what round 1 says of it. */
    static Item draw(Batch batch, int k, NonceCommitments toAll, Map<Integer, Extensions> toEach) {
        var group = batch.group();
        var secrets = batch.secrets();
        var ctx = batch.ctx(k);
        var draw = batch.draw().knowing(ctx);
        // r_i <- Z_q^*, phi_i <- Z_q; R_i = r_i*G; nonce_i <- 32B; com_i = Commit("dkls/com", ctx, i, ser(R_i))
        var r = draw.nonZeroScalar(group, secrets, Draw.For.ECDSA, Draw.name("r", k));
        var phi = draw.scalar(group, secrets, Draw.For.ECDSA, Draw.name("phi", k));
        var point = group.multiplyBase(r);
        var nonce = draw.draw(Draw.For.ECDSA, Draw.name("nonce", k), NonceCommitments.NONCE_BYTES);
        var blind = secrets.keep(draw.draw(Draw.For.ECDSA, Draw.name("blind", k), HashCommitment.BLIND_BYTES));
        toAll.put(k, nonce, HashCommitment.commit("dkls/com", ctx, batch.me(), point.encode(), blind));
        // P2P to each j: nonce_i, OTE message with Bob = i, Alice = j
        var extended = new TreeMap<Integer, Extended>();
        batch.pairs().forEach((j, pair) -> {
            var message = message(toEach, j);
            message.putNonce(k, nonce);
            var sid = extensionId(ctx, batch.me(), j, pair.setup(), nonce);
            var bulk = draw.bulk(Draw.For.OTE, Draw.name("w", k, j), secrets);
            var ot = OtReceiver.extend(pair.asBob(), sid, bulk, message.encode(), message.extensionAt(k), secrets);
            extended.put(j, new Extended(ot, extensionDigest(message, k)));
        });
        return new Item(batch, k, ctx, r, phi, point, blind, extended);
    }

    /** D1 = TH("dkls/d1", ctx, {I2OSP(j,2)||nonce_j||com_j}_{j in P}). */
    byte[] d1(Inbox<NonceCommitments> commitments) {
        var transcript = Transcript.of("dkls/d1").add(ctx);
        commitments.all().forEach((j, message) ->
                transcript.add(Encoding.i2osp(j, 2), message.nonce(k), message.commitment(k)));
        return transcript.hash();
    }

    /** This party as Alice of the OT extension of party {@code j}. No verdict is passed. */
    OtSender open(Inbox<Extensions> inbox, int j) {
        var message = inbox.of(j);
        var pair = batch.pairs().get(j);
        if (pair == null) {
            throw new IllegalArgumentException("party " + j + " is no peer");
        }
        var sid = extensionId(ctx, j, batch.me(), pair.setup(), message.nonce(k));
        return OtSender.open(pair.asAlice(), sid, message.encode(), message.extensionAt(k), batch.secrets());
    }

    /** Multiplies with everybody, the OT extensions having been found consistent, and fills in round 2. */
    Products multiply(
            byte[] d1,
            SortedMap<Integer, OtSender> opened,
            Inbox<Extensions> inbox,
            Map<Integer, Multiplications> out) {
        var group = batch.group();
        var secrets = batch.secrets();
        // sk_i = lag(P,i)*x_i + zeta_i, pk_i = sk_i*G
        var zeta = ZeroShares.of(batch.me(), batch.agreement().parties(), batch.pairs(), d1, group, secrets);
        var lagrange = Lagrange.atZero(group, batch.agreement().parties(), batch.me());
        var key = batch.share().secret().in(secrets).times(lagrange).plus(zeta);
        var keyPoint = group.multiplyBase(key);
        var draw = batch.draw().knowing(ctx, d1);
        var products = new TreeMap<Integer, VoleSender.Product>();
        opened.forEach((j, ot) -> {
            var message = message(out, j);
            var psid = pairId(d1, j, batch.me(), extensionDigest(inbox.of(j), k));
            var ah = draw.scalar(group, secrets, Draw.For.VOLE, Draw.name("ah", k, j));
            var product =
                    VoleSender.multiply(psid, ot, r, key, ah, message.encode(), message.voleAt(k), secrets);
            // Gu = cu*G; Gv = cv*G
            message.put(
                    k,
                    d1,
                    point,
                    blind,
                    keyPoint,
                    group.multiplyBase(product.c0()),
                    group.multiplyBase(product.c1()));
            products.put(j, product);
        });
        return new Products(this, d1, key, keyPoint, products);
    }

    /** sid_x = TH("dkls/ote-sid", ctx, Bob, Alice, setup_{ij}, nonce_Bob). */
    static byte[] extensionId(byte[] ctx, int bob, int alice, byte[] setup, byte[] nonce) {
        return Transcript.of("dkls/ote-sid")
                .add(ctx)
                .addU16(bob)
                .addU16(alice)
                .add(setup)
                .add(nonce)
                .hash();
    }

    static byte[] extensionDigest(Extensions message, int k) {
        return Transcript.of("dkls/otemsg").add(message.extension(k)).hash();
    }

    /** psid_{j,i} = TH("dkls/pair", D1, Bob, Alice, TH("dkls/otemsg", OTE message)). */
    static byte[] pairId(byte[] d1, int bob, int alice, byte[] extensionDigest) {
        return Transcript.of("dkls/pair")
                .add(d1)
                .addU16(bob)
                .addU16(alice)
                .add(extensionDigest)
                .hash();
    }

    private static <M> M message(Map<Integer, M> messages, int peer) {
        var message = messages.get(peer);
        if (message == null) {
            throw new IllegalArgumentException("party " + peer + " is no peer");
        }
        return message;
    }

    @Override
    public String toString() {
        return "Item[" + k + ", redacted]";
    }
}
