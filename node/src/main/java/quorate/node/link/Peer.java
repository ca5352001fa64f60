package quorate.node.link;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import quorate.node.config.Card;

/**
 * Another player as this process knows it: the rules about its processes, and its link. From a LINK being
 * judged to the link being up, attempts of one player go one after another, so that two processes of it
 * cannot both find the place free.
 */
final class Peer {
    /** An honest peer makes one attempt at a time; a few may linger until their deadline. */
    private static final int MOST_ATTEMPTS = 4;

    private final Card card;
    private final Introduction introduction;
    private final LinkStore store;
    private final LinkSettings settings;
    private final LinkListener listener;
    private final HandshakeWatch watch;
    private final LinkRules rules = new LinkRules();
    private final ReentrantLock deciding = new ReentrantLock();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile Optional<Connection> connection = Optional.empty();

    Peer(
            Card card,
            Introduction introduction,
            LinkStore store,
            LinkSettings settings,
            LinkListener listener,
            HandshakeWatch watch) {
        this.card = card;
        this.introduction = introduction;
        this.store = store;
        this.settings = settings;
        this.listener = listener;
        this.watch = watch;
    }

    Card card() {
        return card;
    }

    /** The link, if it is up. */
    Optional<Connection> connection() {
        return connection.filter(open -> !open.isEnding());
    }

    /** Makes the link over a fresh channel. The caller then runs it. */
    Connection connect(Wire wire) throws IOException, InterruptedException {
        try {
            if (attempts.incrementAndGet() > MOST_ATTEMPTS) {
                throw new LinkFailure("more than " + MOST_ATTEMPTS + " attempts of one player at once");
            }
            watch.watch(wire.raw(), System.nanoTime() + settings.handshakeTimeout().toNanos());
            var link = introduction.exchange(wire);
            watch.watch(wire.raw(), System.nanoTime() + settings.decisionTimeout().toNanos());
            return decide(wire, link);
        } catch (LinkFailure failure) {
            if (failure.told()) {
                watch.watch(wire.raw(), System.nanoTime() + settings.handshakeTimeout().toNanos());
                wire.awaitClose();
            }
            throw failure;
        } finally {
            attempts.decrementAndGet();
            watch.release(wire.raw());
        }
    }

    private Connection decide(Wire wire, SignedLink link) throws IOException, InterruptedException {
        if (!deciding.tryLock(settings.decisionTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new LinkFailure("another attempt of this player takes too long");
        }
        try {
            clearTheWay(wire, link);
            if (LinkRules.isHigher(link, store.highest(card.player(), link.incarnation().dbi()))) {
                store.store(card.player(), link);
            }
            rules.accepted(link);
            wire.send(new Frame(FrameType.ACCEPTED, new byte[0]));
            introduction.expect(wire, FrameType.ACCEPTED);
            var made = new Connection(wire, link.incarnation(), settings, listener, System.nanoTime());
            connection = Optional.of(made);
            return made;
        } finally {
            deciding.unlock();
        }
    }

    /** Returns when the LINK may be accepted and no older link is left. */
    private void clearTheWay(Wire wire, SignedLink link) throws IOException, InterruptedException {
        while (true) {
            var old = connection();
            switch (rules.judge(link, old.isPresent())) {
                case LinkRules.Verdict.Refuse refuse -> throw introduction.refuse(wire, refuse.why());
                case LinkRules.Verdict.ProveOldDead ignored -> {
                    if (old.isPresent() && old.get().answers()) {
                        throw introduction.refuse(wire, Refusal.DUPLICATE_PLAYER);
                    }
                }
                case LinkRules.Verdict.Accept ignored -> {
                    old.ifPresent(open -> open.end("replaced by a newer link of the same process"));
                    if (connection.isPresent() && !connection.get().awaitEnd(settings.handshakeTimeout())) {
                        throw new LinkFailure("the listener still works on the old link");
                    }
                    return;
                }
            }
        }
    }
}
