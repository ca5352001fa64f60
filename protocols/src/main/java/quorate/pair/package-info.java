/**
 * Pair states of ECDSA keys: base OTs and zero-sharing seeds between every two parties (protocols.md 1.3, 2.1, 2.2,
 * 3.6).
 *
 * <pre>
 *   party i                                              party j
 *        zseed_{i-&gt;j}, BOT1 with Alice = i, Bob = j  ---&gt;        {@link quorate.pair.PairInvitation}
 *                                                    &lt;---        the same with i and j exchanged
 *        BOT2 with Bob = i, Alice = j                ---&gt;        {@link quorate.pair.PairAnswer}
 *                                                    &lt;---        the same with i and j exchanged
 * </pre>
 *
 * <p>{@link quorate.pair.PairExchange} is one party's side of it. Ceremonies that make a sharing carry these messages
 * in rounds of their own; {@link quorate.pair.PairSetup} makes a new state of a pair alone.
 */
package quorate.pair;
