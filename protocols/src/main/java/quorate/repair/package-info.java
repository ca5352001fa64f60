/**
 * Share repair: threshold helpers give one party its share of a sharing back, and nobody learns it (protocols.md 6).
 *
 * <pre>
 *   helper i                                          to
 *     0  rec, the public record of the sharing   ---&gt; target and helpers   {@link quorate.key.KeyRecord}
 *     1  ctx, nonce_i, com_i                     ---&gt; all                  {@link quorate.repair.Announcement}
 *     2  D1, Dl_{i,j} for j in H, blind_i        ---&gt; all                  {@link quorate.repair.Opening}
 *     2  delta_{i,j}                             ---&gt; helper j             {@link quorate.repair.Addend}
 *     3  D2                                      ---&gt; all                  {@link quorate.repair.Confirmation}
 *     3  when all D2 are equal: sigma_i          ---&gt; target               {@link quorate.repair.Sum}
 * </pre>
 *
 * <p>The target says nothing after AGREE. Nothing changes at a helper, and the target has verified everything itself
 * before it has a result, so that there is nothing to commit to.
 */
package quorate.repair;
