package quorate.node.link;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import quorate.node.identity.Bytes32;
import quorate.node.identity.NodeIdentity;

/**
 * The LINKs that this process has signed for one peer, and what a LINK proves that the peer shows back
 * (protocols.md 15.1). Pure decisions. Thread-safe.
 *
 * <p>The peer holds everything that was signed for it here, so "at or above my counter" alone would let it
 * stop this node at will, with the LINK it has just been sent. What counts is that it shows a LINK of this
 * very process that this process has not signed.
 */
final class OwnLinks {
    /** A peer shows the highest that it stored; older ones prove nothing. */
    static final int REMEMBERED = 1024;

    private final NodeIdentity me;
    private final Incarnation incarnation;
    private final Bytes32 peer;
    private final Map<Long, SignedLink> recent = new LinkedHashMap<>();
    private long counter;

    OwnLinks(NodeIdentity me, Incarnation incarnation, Bytes32 peer) {
        this.me = me;
        this.incarnation = incarnation;
        this.peer = peer;
    }

    /** What my own LINK, shown by the peer it was made for, says about me. */
    enum Evidence {
        /** Nothing that I did not know. */
        NONE,
        /** A later start of my database than this one, by another process: the database was rolled back or copied. */
        ROLLED_BACK,
        /** A LINK of this process that it has not signed: it is a copy of itself, its memory was put back. */
        OLDER_COPY
    }

    /** The next LINK for the peer. */
    synchronized SignedLink issue(long time) {
        counter++;
        var link = SignedLink.sign(me.id(), peer, incarnation, counter, time, me.statements());
        recent.put(counter, link);
        recent.remove(counter - REMEMBERED);
        return link;
    }

    /** {@code shown} has my valid signature, my id and that of the peer who shows it. */
    synchronized Evidence judge(SignedLink shown) {
        var theirs = shown.incarnation();
        if (theirs.inc().equals(incarnation.inc())) {
            boolean known = shown.linkNo() <= counter - REMEMBERED
                    || Objects.equals(recent.get(shown.linkNo()), shown);
            return known ? Evidence.NONE : Evidence.OLDER_COPY;
        }
        boolean laterStart = theirs.dbi().equals(incarnation.dbi()) && theirs.startNo() >= incarnation.startNo();
        return laterStart ? Evidence.ROLLED_BACK : Evidence.NONE;
    }
}
