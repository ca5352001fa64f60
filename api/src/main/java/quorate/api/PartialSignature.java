package quorate.api;

/**
 * One node's part of a signature from a presignature, which it has used up.
 *
 * @param presignatureId the one that was used
 * @param request names what is signed: parts fit together only if theirs is the same
 * @param share ECDSA: u' || w, 64 bytes; Schnorr: z
 * @param nonce ECDSA: R, 33 bytes; Schnorr: empty
 * @param commitments Schnorr: the nonces of all signers; ECDSA: empty
 * @param publicKey verifies the signature, with every tweak applied
 */
public record PartialSignature(
        int player,
        String keyId,
        Bytes presignatureId,
        Bytes request,
        Bytes share,
        Bytes nonce,
        Bytes commitments,
        Bytes publicKey) {
    private static final int REQUEST_BYTES = 32;

    public PartialSignature {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.presignatureId("presignatureId", presignatureId);
        Require.size("request", request, REQUEST_BYTES);
        Require.present("share", share);
        Require.present("nonce", nonce);
        Require.present("commitments", commitments);
        Require.present("publicKey", publicKey);
    }
}
