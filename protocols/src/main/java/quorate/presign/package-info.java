/**
 * Presignatures of all kinds, from their making to their one use (protocols.md 15.3 to 15.5). They live here, in the
 * memory of the process that made them, and nowhere else.
 *
 * <pre>
 *   reserve ---&gt; session ---&gt; FREE ---&gt; CLAIMED: the secret leaves once, into one signature
 *                              |  \---&gt; CLAIMED: dropped, the secret is wiped
 *                              compared with the pools of the others
 * </pre>
 */
package quorate.presign;
