/**
 * FROST: Schnorr signatures by any threshold of the parties, without a coordinator (protocols.md 4, RFC 9591).
 *
 * <pre>
 *   party i                                          every other signer
 *     1  ctx, D_i, E_i                          ---&gt; all     {@link quorate.frost.NonceAnnouncement}
 *     2  digest of everybody's D and E          ---&gt; all     {@link quorate.frost.BatchEcho}
 *     3  presigId, request, z_i                 ---&gt; all     {@link quorate.frost.SignatureShare}
 * </pre>
 *
 * <p>Rounds 2 and 3 are said together; a share is looked at only when the digests of round 2 agree.
 */
package quorate.frost;
