package quorate.frost;

/**
 * What a signer answers to whoever combines: its share, and the nonces of all signers as it saw them, without which
 * nobody outside of P could compute R. They are public, but not shown before the presignature is used.
 *
 * @param commitments encode(CL) of protocols.md 4.2
 */
public record PresignedShare(SignatureShare share, byte[] commitments) {}
