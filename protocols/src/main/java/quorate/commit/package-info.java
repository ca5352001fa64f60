/**
 * The commit of key generation, refresh, redistribution, copy and import (protocols.md 5.4): who may
 * destroy an old sharing, and when. A pure state machine; the node writes what it says and then sends.
 *
 * <pre>
 *   none ──prepare──▶ PENDING ──C──▶ COMMITTED ──committed of all others──▶ CLEAN
 *    │                   │              │                                    ▲
 *    └──────refuse───────┴─▶ REFUSED    └─refused of any─▶ FROZEN ──clean────┘
 *                                                            └─refused or frozen of all─▶ REVERTED
 * </pre>
 *
 * C is the certificate: prepared of every participant. Only {@link quorate.commit.CommitMachine} moves
 * between states, each step is a {@link quorate.commit.Transition}, and what a transition lets the node
 * say is handed out only by writing it first.
 *
 * <p>Claim, checked by exhaustive search over this code: no honest CLEAN beside an honest REFUSED or
 * REVERTED; every threshold of honest nodes that nobody declared dead shares a sharing at any time; two
 * operations on one base are never both in effect; every open record can be closed.
 */
package quorate.commit;
