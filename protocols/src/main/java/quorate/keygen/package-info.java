/**
 * Distributed key generation without a dealer (protocols.md 1.1).
 *
 * <pre>
 *   party i                                                  every other party j
 *     1  ctx, nonce_i, com_i                            ---&gt; all     {@link quorate.dealing.internal.Announcement}
 *     2  D1, A_i0 .. A_it, cc_i, blind_i, PoK of a_i0   ---&gt; all     {@link quorate.dealing.internal.Opening}
 *     2  s_ij = f_i(j), ECDSA: zseed, BOT1              ---&gt; j       {@link quorate.dealing.internal.SecretPoint}
 *     3  D2                                             ---&gt; all     {@link quorate.dealing.internal.Confirmation}
 *     3  ECDSA: BOT2                                    ---&gt; j       {@link quorate.pair.PairAnswer}
 * </pre>
 *
 * <p>D1 echoes round 1 and D2 echoes the broadcasts of round 2. The result is not a key yet: it becomes
 * one through the commit protocol.
 */
package quorate.keygen;
