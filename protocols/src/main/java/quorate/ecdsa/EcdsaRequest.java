package quorate.ecdsa;

import java.util.List;
import quorate.algebra.Group;
import quorate.algebra.Scalar;
import quorate.algebra.Transcript;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** What all signers are asked to sign, and as which key (protocols.md 3.5). */
public final class EcdsaRequest {
    private static final byte[] ROOT = {0};
    private static final int STEP_BYTES = 4;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_HASH_BYTES = 64;
    private static final int NONCE_BYTES = 32;

    private final byte[] hash;
    private final byte[] path;
    private final Scalar tweak;
    private final byte[] requestNonce;

    private EcdsaRequest(byte[] hash, byte[] path, Scalar tweak, byte[] requestNonce) {
        this.hash = hash.clone();
        this.path = path.clone();
        this.tweak = tweak;
        this.requestNonce = requestNonce.clone();
    }

    /**
     * A request.
     *
     * @param hash h, the digest of the message
     * @param path of the derived key as protocols.md 0.3 encodes it; the root is the single byte 00
     * @param tweak e, the sum of the derivation steps of that path; 0 for the root
     * @param requestNonce empty, or 32 bytes of the caller's
     * @throws Refused SIG-8 if one of them has a wrong length
     */
    public static EcdsaRequest of(byte[] hash, byte[] path, Scalar tweak, byte[] requestNonce) throws Refused {
        if (hash.length < 1 || hash.length > MAX_HASH_BYTES) {
            throw new Refused(Check.SIG_8, "a hash of " + hash.length + " bytes, not 1 to " + MAX_HASH_BYTES);
        }
        if (requestNonce.length != 0 && requestNonce.length != NONCE_BYTES) {
            throw new Refused(Check.SIG_8, "a request nonce of " + requestNonce.length + " bytes, not 0 or 32");
        }
        if (path.length == 0 || path[0] < 0 || path[0] > MAX_DEPTH || path.length != 1 + path[0] * STEP_BYTES) {
            throw new Refused(Check.SIG_8, "a path is its depth, at most " + MAX_DEPTH + ", and 4 bytes per step");
        }
        return new EcdsaRequest(hash, path, tweak, requestNonce);
    }

    /** By the key itself, without a nonce of the caller's. */
    public static EcdsaRequest of(Group group, byte[] hash) throws Refused {
        return of(hash, ROOT, group.scalar(0), new byte[0]);
    }

    /** h. */
    public byte[] hash() {
        return hash.clone();
    }

    public byte[] path() {
        return path.clone();
    }

    /** e. */
    public Scalar tweak() {
        return tweak;
    }

    public byte[] requestNonce() {
        return requestNonce.clone();
    }

    /** The params of protocolId 5 (protocols.md 0.4): so the request is part of what all signers agree on. */
    public List<byte[]> params() {
        return List.of(hash(), path(), requestNonce());
    }

    /** request = TH("dkls/request", presigId, h, path, requestNonce): names this request for one presignature. */
    byte[] digest(byte[] presigId) {
        return Transcript.of("dkls/request").add(presigId).add(hash).add(path).add(requestNonce).hash();
    }
}
