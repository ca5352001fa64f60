/**
 * ECDSA signatures by exactly the threshold of the parties, without a dealer (protocols.md 3, DKLs23 corrected).
 *
 * <pre>
 *   party i                                               every other signer j
 *     1  ctx, per item: nonce, com                  ---&gt; all   {@link quorate.ecdsa.NonceCommitments}
 *     1  ctx, setup, per item: nonce, OT extension  ---&gt; each  {@link quorate.ecdsa.Extensions}
 *     2  per item: D1, R_i, pk_i, Gu, Gv, VOLE      ---&gt; each  {@link quorate.ecdsa.Multiplications}
 *     3  per item: psi, D3                          ---&gt; each  {@link quorate.ecdsa.Corrections}
 *        presignature shares                                   {@link quorate.ecdsa.PresignatureShare}
 *     4  presigId, request, u', w                   ---&gt; all   {@link quorate.ecdsa.PartialSignature}
 * </pre>
 *
 * <p>Rounds 1 to 3 make a batch of presignatures ({@link quorate.ecdsa.EcdsaPresigning}); each becomes one signature by
 * {@link quorate.ecdsa.FinalStep}. Interactive signing ({@link quorate.ecdsa.EcdsaSigning}) is a batch of one with
 * round 4 behind it. OTE-2, VOLE-2, SIG-4 and SIG-5 are passed by {@link quorate.ecdsa.Verdicts}, one verdict per pair
 * and batch.
 */
package quorate.ecdsa;
