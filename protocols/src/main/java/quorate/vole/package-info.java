/**
 * Random vector OLE from an OT extension: what two parties multiply secrets with (protocols.md 2.3 and 2.4).
 *
 * <pre>
 *   Bob {@link quorate.vole.OtReceiver}                        Alice {@link quorate.vole.OtSender}
 *     columns u, hash of the folded columns      ---&gt;         consistent? (OTE-2)
 *     row_j = row_{w_j}                                       row0_j, row1_j = row0_j ^ Delta
 *
 *   Bob {@link quorate.vole.VoleReceiver}                      Alice {@link quorate.vole.VoleSender}, inputs a_0, a_1
 *     consistent? (VOLE-2)                       &lt;---         corrections, eta, hash
 *     beta, D_i                                               c_i, with c_i + D_i = a_i * beta
 * </pre>
 *
 * <p>Bulk data is in flat arrays: no object per OT and no garbage per hash. A verdict is a method of its own, which
 * only compares: it is called under the lock of the pair (protocols.md 3.6), everything before it needs no lock.
 */
package quorate.vole;
