package quorate.ecdsa;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;
import quorate.algebra.Group;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.key.Sharing;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Refused;

/**
 * From one presignature and one request to one signature: what every signer computes alike, its partial signature, and
 * how partial signatures combine.
 *
 * <p>Source: protocols.md 3.5. Letters: m_h the message as a number, delta the re-randomisation, R' = R + delta*G the
 * nonce of the signature and r' its x, e the tweak of the derived key pk_e. No message is exchanged here.
 */
public final class FinalStep {
    private static final int NO_ROUND = 0;

    private final Presignature presignature;
    private final EcdsaRequest request;
    private final byte[] requestId;
    private final Scalar message;
    private final Scalar delta;
    private final Point publicKey;
    private final Point nonce;
    private final Scalar r;

    private FinalStep(Presignature presignature, Point root, EcdsaRequest request) throws Refused, Disagreement {
        var group = root.group();
        this.presignature = presignature;
        this.request = request;
        requestId = request.digest(presignature.id());
        message = bits2int(group, request.hash());
        publicKey = request.tweak().isZero() ? root : root.plus(group.multiplyBase(request.tweak()));
        if (publicKey.isIdentity()) {
            throw new Refused(Check.SIG_8, "the path leads to no key");
        }
        // delta = H2S("dkls/rerand", presigId, ser(R), ser(pk), ser(pk_e), ser(e), ser(m_h), requestNonce)
        delta = Transcript.of("dkls/rerand")
                .add(presignature.id())
                .add(presignature.nonce())
                .add(root)
                .add(publicKey)
                .add(request.tweak().encode())
                .add(message.encode())
                .add(request.requestNonce())
                .toScalar(group);
        // R' = R + delta*G (FAIL if O), r' = x(R') mod q (FAIL if 0)
        nonce = presignature.nonce().plus(group.multiplyBase(delta));
        require(!nonce.isIdentity(), "R' is the point at infinity");
        r = abscissa(nonce);
        require(!r.isZero(), "r' is 0");
    }

    /**
     * The step of one request.
     *
     * @param sharing that this node would sign with
     * @param signers who are asked to sign
     * @throws Refused SIG-8 if the presignature belongs to another key, sharing or set of signers, or the tweak leads
     *     to no key; nothing is claimed yet
     * @throws Disagreement SIG-9 if the presignature has no signature for this request; of negligible probability
     */
    public static FinalStep of(
            Presignature presignature, Sharing sharing, SortedSet<Integer> signers, EcdsaRequest request)
            throws Refused, Disagreement {
        if (!Arrays.equals(presignature.keyId(), sharing.keyId())
                || !Arrays.equals(presignature.shareId(), sharing.shareId())) {
            throw new Refused(Check.SIG_8, "this presignature belongs to another key or sharing");
        }
        if (!presignature.signers().equals(signers)) {
            throw new Refused(
                    Check.SIG_8, "this presignature belongs to parties " + presignature.signers() + ", not " + signers);
        }
        return new FinalStep(presignature, sharing.publicKey(), request);
    }

    /** m_h: h as a big-endian number, its last 8*len - |q| bits cut off, mod q. */
    static Scalar bits2int(Group group, byte[] hash) {
        return group.reduce(Arrays.copyOf(hash, Math.min(hash.length, group.scalarBytes())));
    }

    /** x(P) mod q. */
    static Scalar abscissa(Point point) {
        return point.group().reduce(encodedAbscissa(point));
    }

    private static byte[] encodedAbscissa(Point point) {
        var encoded = point.encode();
        return Arrays.copyOfRange(encoded, 1, encoded.length);
    }

    /** pk_e: the key that verifies the signature. */
    public Point publicKey() {
        return publicKey;
    }

    /** R': the nonce of the signature. */
    Point nonce() {
        return nonce;
    }

    /**
     * Claims the presignature and computes this party's partial signature; the secret is wiped on every path.
     *
     * @throws Refused SIG-8 if it was claimed before
     * @throws IllegalArgumentException if it is a share of another presignature
     */
    public PartialSignature partial(PresignatureShare share) throws Refused {
        if (!Arrays.equals(share.presignature().id(), presignature.id())) {
            throw new IllegalArgumentException("a share of another presignature");
        }
        try (var once = new Secrets()) {
            return partial(share.claim(once));
        }
    }

    /** The same from a share that is claimed already. The caller wipes it. */
    public PartialSignature partial(PresignatureShare.Claimed share) {
        if (!Arrays.equals(share.id(), presignature.id())) {
            throw new IllegalArgumentException("a share of another presignature");
        }
        // u'_i = u_i + delta*phi_i; w_i = m_h*phi_i + r'*(v_i + e*phi_i)
        var phi = share.phi();
        var u = share.u().plus(phi.times(delta));
        var w = phi.times(message).plus(share.v().plus(phi.times(request.tweak())).times(r));
        return PartialSignature.of(presignature.id(), requestId, u.publish(), w.publish());
    }

    /** Whether a partial signature answers the same request for the same presignature. */
    boolean isAnswered(PartialSignature partial) {
        return Arrays.equals(partial.presigId(), presignature.id()) && Arrays.equals(partial.request(), requestId);
    }

    /**
     * Combines the partial signatures of all signers. A wrong signature names nobody: no partial can be checked by
     * itself. Whoever hands the signature out verifies it once more, with a verifier that is not ours.
     *
     * @param partials by signer, each with scalars below q
     * @param lowS whether to choose the smaller of s and q - s
     * @throws Disagreement SIG-10 if they answer different requests, SIG-9 if the signature does not verify
     */
    public EcdsaSignature combine(SortedMap<Integer, PartialSignature> partials, boolean lowS) throws Disagreement {
        if (!partials.keySet().equals(presignature.signers())) {
            throw new IllegalArgumentException(
                    "partial signatures of " + partials.keySet() + ", not of " + presignature.signers());
        }
        if (!partials.values().stream().allMatch(this::isAnswered)) {
            throw new Disagreement(Check.SIG_10, NO_ROUND, "partial signatures of different requests");
        }
        var group = publicKey.group();
        var u = group.scalar(0);
        var w = group.scalar(0);
        for (var partial : partials.values()) {
            u = u.plus(partial.u(group).orElseThrow(FinalStep::notCanonical));
            w = w.plus(partial.w(group).orElseThrow(FinalStep::notCanonical));
        }
        // s = (sum w_i) / (sum u'_i) mod q (FAIL if denominator or s is 0)
        require(!u.isZero(), "the sum of the denominators is 0");
        var s = w.times(u.inverse());
        require(!s.isZero(), "s is 0");
        // Check s^-1*(m_h*G + r'*pk_e) == R' exactly (whole point)
        var inverse = s.inverse();
        var verified = group.multiplyBase(message.times(inverse)).plus(publicKey.times(r.times(inverse)));
        require(verified.equals(nonce), "the signature does not verify");
        return signature(s, lowS);
    }

    private EcdsaSignature signature(Scalar s, boolean lowS) {
        // recid = (y(R') odd) | ((x(R') >= q) << 1). If s > (q-1)/2 then s = q - s and recid ^= 1.
        int odd = nonce.hasEvenY() ? 0 : 1;
        int wrapped = Arrays.equals(encodedAbscissa(nonce), r.encode()) ? 0 : 1;
        boolean flip = lowS && Arrays.compareUnsigned(s.encode(), s.negate().encode()) > 0;
        return new EcdsaSignature(r, flip ? s.negate() : s, (odd | wrapped << 1) ^ (flip ? 1 : 0));
    }

    private static IllegalArgumentException notCanonical() {
        return new IllegalArgumentException("a scalar of a partial signature is not below the order");
    }

    private static void require(boolean holds, String otherwise) throws Disagreement {
        if (!holds) {
            throw new Disagreement(Check.SIG_9, NO_ROUND, otherwise);
        }
    }
}
