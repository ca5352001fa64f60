/**
 * New sharings of a key that exists (protocols.md 5.1, 5.2).
 *
 * <p>{@link quorate.reshare.Refresh}: the same parties, new shares.
 *
 * <pre>
 *   party i                                                  every other party j
 *     1  ctx, nonce_i, com_i                            ---&gt; all     {@link quorate.dealing.internal.Announcement}
 *     2  D1, B_i1 .. B_it, blind_i, PoK of b_i1         ---&gt; all     {@link quorate.dealing.internal.Opening}
 *     2  s_ij = f_i(j), ECDSA: zseed, BOT1              ---&gt; j       {@link quorate.dealing.internal.SecretPoint}
 *     3  D2                                             ---&gt; all     {@link quorate.dealing.internal.Confirmation}
 *     3  ECDSA: BOT2                                    ---&gt; j       {@link quorate.pair.PairAnswer}
 * </pre>
 */
package quorate.reshare;
