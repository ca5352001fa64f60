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
 *
 * <p>{@link quorate.reshare.Redistribution}: other parties. Old parties who do not deal observe: they hear everything that is
 * broadcast and say nothing.
 *
 * <pre>
 *   dealer i                                                  receiver j
 *     0  rec                                            ---&gt; j       {@link quorate.key.KeyRecord}
 *     1  ctx, nonce_i, com_i                            ---&gt; all     {@link quorate.dealing.internal.Announcement}
 *        ctx, nonce'_j                            all &lt;---            {@link quorate.reshare.Greeting}
 *     2  D1, A_i0 .. A_it', blind_i, PoK of a_i0        ---&gt; all     {@link quorate.dealing.internal.Opening}
 *     2  s_ij = f_i(j)                                  ---&gt; j       {@link quorate.dealing.internal.SecretPoint}
 *        D1                                       all &lt;---            {@link quorate.reshare.Echo}
 *        ECDSA: zseed, BOT1         to other receivers &lt;---            {@link quorate.reshare.Invitation}
 *     3  D2                                             ---&gt; all     {@link quorate.dealing.internal.Confirmation}
 *        D2                                       all &lt;---
 *        ECDSA: BOT2                to other receivers &lt;---            {@link quorate.pair.PairAnswer}
 * </pre>
 *
 * <p>What both yield is not in force yet: the participants still have to commit to it (5.4).
 */
package quorate.reshare;
