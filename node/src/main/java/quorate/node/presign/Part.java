package quorate.node.presign;

import quorate.algebra.Point;
import quorate.node.key.LoadedKey;

/**
 * This node's part of a signature, from a presignature that is used up by it.
 *
 * @param request names what is signed
 * @param share ECDSA: u' || w; Schnorr: z
 * @param nonce ECDSA: R; Schnorr: empty
 * @param commitments Schnorr: the nonces of all signers; ECDSA: empty
 * @param publicKey verifies the signature, with every tweak applied
 */
public record Part(
        LoadedKey key,
        PresignatureName name,
        byte[] request,
        byte[] share,
        byte[] nonce,
        byte[] commitments,
        Point publicKey) {}
