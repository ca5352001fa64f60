/**
 * The messages that ceremonies have in common which make a sharing (protocols.md 1.1, 5.1, 5.2): verifiable secret sharing
 * with commit-then-open and a proof of possession.
 *
 * <pre>
 *   party i                                                  every other party j
 *     1  ctx, nonce_i, com_i                            ---&gt; all     {@link quorate.dealing.internal.Announcement}
 *     2  D1, points, blind_i, PoK of the first          ---&gt; all     {@link quorate.dealing.internal.Opening}
 *     2  s_ij = f_i(j), ECDSA: zseed, BOT1              ---&gt; j       {@link quorate.dealing.internal.SecretPoint}
 *     3  D2                                             ---&gt; all     {@link quorate.dealing.internal.Confirmation}
 * </pre>
 */
package quorate.dealing.internal;
