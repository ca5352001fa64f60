package quorate.node.link;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.DecodingException;
import quorate.node.config.Card;
import quorate.node.identity.NodeIdentity;
import quorate.node.identity.Statements;
import quorate.rounds.StatementVerifier;

/**
 * The first frames of a link (protocols.md 15.1): both sides say who they are, and show each other the
 * highest LINK they have stored of the other. What is shown was loaded before anything of this attempt is
 * stored. Whether the LINK is accepted is decided by {@link Peer}.
 */
final class Introduction {
    private static final Logger LOG = LoggerFactory.getLogger(Introduction.class);

    private final NodeIdentity me;
    private final Card peer;
    private final OwnLinks ownLinks;
    private final LinkStore store;
    private final LinkListener listener;
    private final Clock clock;
    private final StatementVerifier verifier = new Statements();

    Introduction(
            NodeIdentity me, Card peer, OwnLinks ownLinks, LinkStore store, LinkListener listener, Clock clock) {
        this.me = me;
        this.peer = peer;
        this.ownLinks = ownLinks;
        this.store = store;
        this.listener = listener;
        this.clock = clock;
    }

    /** Returns the valid LINK of the peer. */
    SignedLink exchange(Wire wire) throws IOException {
        wire.send(new Frame(FrameType.LINK, ownLinks.issue(clock.millis()).encode()));
        var theirs = decode(expect(wire, FrameType.LINK).body());
        if (!theirs.from().equals(peer.id()) || !theirs.to().equals(me.id())) {
            throw refuse(wire, Refusal.WRONG_IDS);
        }
        if (!theirs.isSignedBy(peer.statementKey(), verifier)) {
            throw refuse(wire, Refusal.BAD_SIGNATURE);
        }
        var stored = store.highest(peer.player(), theirs.incarnation().dbi());
        wire.send(new Frame(FrameType.REMEMBERED, stored.map(SignedLink::encode).orElse(new byte[0])));
        var shown = expect(wire, FrameType.REMEMBERED).body();
        if (shown.length > 0) {
            consider(decode(shown));
        }
        return theirs;
    }

    private void consider(SignedLink shown) throws LinkFailure {
        boolean mine = shown.from().equals(me.id())
                && shown.to().equals(peer.id())
                && shown.isSignedBy(me.statements().publicKey(), verifier);
        if (!mine) {
            LOG.warn("player {} showed a LINK as mine that is not", peer.player());
            return;
        }
        switch (ownLinks.judge(shown)) {
            case NONE -> {}
            case ROLLED_BACK -> {
                LOG.error("rolled back or copied: player {} knows a later start of this database", peer.player());
                listener.rolledBack(peer.player(), shown);
                throw new LinkFailure("this node's database was rolled back or copied");
            }
            case OLDER_COPY -> {
                LOG.error("a copy: player {} knows a link of this process that it has not made", peer.player());
                listener.olderCopyOfMyself(peer.player(), shown);
                throw new LinkFailure("this process is an older copy of itself");
            }
        }
    }

    /** Tells both sides' owners that the peer's LINK is refused. */
    LinkFailure refuse(Wire wire, Refusal why) throws IOException {
        LOG.warn("refused the link of player {}: {}", peer.player(), why);
        listener.refused(peer.player(), why, false);
        wire.send(new Frame(FrameType.REFUSED, new byte[] {(byte) why.code()}));
        return LinkFailure.told("refused: " + why);
    }

    /** The next frame, which must be of this type. A REFUSED in its place is told to the listener. */
    Frame expect(Wire wire, FrameType type) throws IOException {
        var frame = wire.read(FrameType.SMALL);
        if (frame.type() == type) {
            return frame;
        }
        if (frame.type() != FrameType.REFUSED) {
            throw new MalformedFrame(frame.type() + " where " + type + " is due");
        }
        Optional<Refusal> why = Refusal.ofCode(frame.body()[0]);
        if (why.isEmpty()) {
            throw new MalformedFrame("REFUSED for an unknown reason");
        }
        LOG.warn("player {} refused the link of this node: {}", peer.player(), why.get());
        listener.refused(peer.player(), why.get(), true);
        throw new LinkFailure("refused by the player: " + why.get());
    }

    private static SignedLink decode(byte[] encoded) throws MalformedFrame {
        try {
            return SignedLink.decode(encoded);
        } catch (DecodingException e) {
            throw new MalformedFrame(String.valueOf(e.getMessage()), e);
        }
    }
}
