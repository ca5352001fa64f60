/**
 * The mesh of connections between the nodes (protocols.md 0.4 "Transport", 15.1, 15.2): one TLS 1.3
 * connection per pair, both ends pinned, on which frames travel.
 *
 * <pre>
 *   lower player (dials)                     higher player (accepts)
 *        ── TCP, TLS 1.3, both certificates pinned ──
 *        LINK ─────────────────────────────────────► LINK        who I am, which process, which database
 *        REMEMBERED ───────────────────────────────► REMEMBERED  the highest LINK I have stored of you
 *        ACCEPTED or REFUSED ──────────────────────► ACCEPTED or REFUSED
 *        SESSION, NOT_YET, ABORT, COMMIT, PING, PONG ... both ways
 * </pre>
 *
 * A link is up when both sides accepted. The player number always comes from the pinned certificate. A frame
 * that is malformed, too long or of an unknown type closes its link and nothing else; the lower player dials
 * again. {@link quorate.node.link.Links} is the entry.
 */
@NullMarked
package quorate.node.link;

import org.jspecify.annotations.NullMarked;
