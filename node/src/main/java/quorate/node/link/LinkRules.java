package quorate.node.link;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quorate.node.identity.Bytes32;

/**
 * PSG-4 of protocols.md 15.2 for one peer: which of its processes is current, and whether a LINK of it is
 * accepted. Pure decisions: knows no socket and no time. Remembers as long as this process lives.
 * Not thread-safe.
 *
 * <p>Memory is bounded. When a replaced process is forgotten after thousands of restarts, the start number of its
 * database still refuses it; only a peer that lies about its own start gets past both, and such a peer could as
 * well name a fresh process.
 */
final class LinkRules {
    static final int REMEMBERED = 4096;

    private Optional<SignedLink> current = Optional.empty();
    private final Set<Bytes32> replaced = Collections.newSetFromMap(new Newest<>());
    private final Map<Bytes32, Long> highestStart = new Newest<>();

    /** What to do with a LINK whose ids and signature are right. */
    sealed interface Verdict {
        /** It is, or becomes, the current process. A link of the same process that is still open is replaced. */
        record Accept() implements Verdict {}

        /** Another process has an open link: accept only when that is proven dead, then ask again. */
        record ProveOldDead() implements Verdict {}

        record Refuse(Refusal why) implements Verdict {}
    }

    /**
     * Judges a LINK and changes nothing.
     *
     * @param oldLinkOpen whether a link with the current process is open, as far as is known
     */
    Verdict judge(SignedLink link, boolean oldLinkOpen) {
        var incarnation = link.incarnation();
        if (current.isPresent() && current.get().incarnation().inc().equals(incarnation.inc())) {
            if (!current.get().incarnation().equals(incarnation)) {
                return new Verdict.Refuse(Refusal.CONTRADICTION);
            }
            return link.linkNo() > current.get().linkNo()
                    ? new Verdict.Accept()
                    : new Verdict.Refuse(Refusal.EARLIER_LINK);
        }
        if (replaced.contains(incarnation.inc())) {
            return new Verdict.Refuse(Refusal.REPLACED_INCARNATION);
        }
        if (incarnation.startNo() < highestStart.getOrDefault(incarnation.dbi(), 0L)) {
            return new Verdict.Refuse(Refusal.EARLIER_START);
        }
        return oldLinkOpen && current.isPresent() ? new Verdict.ProveOldDead() : new Verdict.Accept();
    }

    /** Makes the process of a LINK that was judged {@link Verdict.Accept} the current one. */
    void accepted(SignedLink link) {
        var incarnation = link.incarnation();
        current.map(SignedLink::incarnation)
                .map(Incarnation::inc)
                .filter(inc -> !inc.equals(incarnation.inc()))
                .ifPresent(replaced::add);
        current = Optional.of(link);
        long highest = Math.max(incarnation.startNo(), highestStart.getOrDefault(incarnation.dbi(), 0L));
        highestStart.remove(incarnation.dbi());
        highestStart.put(incarnation.dbi(), highest);
    }

    /**
     * Whether {@code fresh} takes the place of the stored LINK of the same player and dbi, so that what is
     * stored is the highest: a later start, or a later link of the same process.
     */
    static boolean isHigher(SignedLink fresh, Optional<SignedLink> stored) {
        if (stored.isEmpty()) {
            return true;
        }
        var before = stored.get();
        if (before.incarnation().inc().equals(fresh.incarnation().inc())) {
            return fresh.linkNo() > before.linkNo();
        }
        return fresh.incarnation().startNo() > before.incarnation().startNo();
    }

    /** Forgets the entry that was put first when there are too many. */
    private static final class Newest<V> extends LinkedHashMap<Bytes32, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes32, V> eldest) {
            return size() > REMEMBERED;
        }
    }
}
