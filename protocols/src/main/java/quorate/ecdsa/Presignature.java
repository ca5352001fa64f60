package quorate.ecdsa;

import java.util.SortedSet;
import quorate.algebra.Point;

/**
 * The public side of one presignature, the same at every signer (protocols.md 3.4). Its nonce is not shown to anybody
 * before it is used.
 *
 * @param id presigId, 32 bytes
 * @param keyId of the key
 * @param shareId of the sharing
 * @param parts the entries of all signers, with their incarnations
 * @param signers P
 * @param nonce R
 */
public record Presignature(
        byte[] id, byte[] keyId, byte[] shareId, byte[] parts, SortedSet<Integer> signers, Point nonce) {
    @Override
    public String toString() {
        return "Presignature[of parties " + signers + "]";
    }
}
