/**
 * A key goes from one installation to another, or from a client's hands into one (protocols.md 7.2, 7.3). Nobody on the way
 * holds it: every share is wrapped for the one node that it is for.
 *
 * <p>{@link quorate.transfer.Export}: parties of a key make shares of it that fit no other sharing.
 *
 * <pre>
 *   party i                                                  every other party j
 *     1  ctx, nonce_i, com_i                            ---&gt; all     {@link quorate.dealing.internal.Announcement}
 *     2  D1, B_i1 .. B_it, blind_i, PoK of b_i1         ---&gt; all     {@link quorate.dealing.internal.Opening}
 *     2  s_ij = f_i(j)                                  ---&gt; j       {@link quorate.dealing.internal.SecretPoint}
 *     3  D2                                             ---&gt; all     {@link quorate.dealing.internal.Confirmation}
 * </pre>
 *
 * <p>{@link quorate.transfer.Import}: the nodes of which each holds one of these shares make a sharing of their own from
 * them. Those of the lowest indices, as many as it takes to sign, deal.
 *
 * <pre>
 *   dealer i                                                  any other node j
 *     0  common header                                  ---&gt; j       {@link quorate.transfer.CommonHeader}
 *     1  ctx, nonce_i, com_i, nonce'_i                  ---&gt; all     {@link quorate.transfer.Offering}
 *        ctx, nonce'_j                            all &lt;---            {@link quorate.transfer.Presence}
 *     2  D1, A_i0 .. A_it, blind_i, PoK of a_i0         ---&gt; all     {@link quorate.dealing.internal.Opening}
 *        D1                                       all &lt;---            {@link quorate.transfer.Echo}
 *     2  s_ij = f_i(j), ECDSA: zseed, BOT1              ---&gt; j       {@link quorate.dealing.internal.SecretPoint}
 *        ECDSA: zseed, BOT1            to each other one ---          {@link quorate.transfer.Invitation}
 *     3  D2                                             ---&gt; all     {@link quorate.dealing.internal.Confirmation}
 *     3  ECDSA: BOT2                                    ---&gt; j       {@link quorate.pair.PairAnswer}
 * </pre>
 */
package quorate.transfer;
