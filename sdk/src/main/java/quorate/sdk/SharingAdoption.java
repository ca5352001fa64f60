package quorate.sdk;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import quorate.api.Adopt;
import quorate.api.AdoptionApproval;
import quorate.api.ApprovalState;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.KeySharings;
import quorate.api.KnownSharing;
import quorate.api.OfferedSharing;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/**
 * Revives an older sharing of a key of whose newest one too few shares are left. Every operator of the nodes that hold
 * it decides for himself; this asks those whose administrators are given. Nodes of other administrators are asked by
 * these, for the same under the same session id.
 */
public final class SharingAdoption {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final int LOOKS = 20;

    /** What an order may give up. */
    private static final int MOST = 64;

    /** Of what only one node knows: what it can hold at one time. */
    private static final int OF_ONE_NODE = 3;

    private final List<AdminClient> nodes;
    private final List<TsmClient> others;
    private final SessionIds ids;

    /**
     * What is to be revived.
     *
     * @param abandoned what is given up for it; empty for what the nodes know
     * @param sessionId where several administrators approve the same, each on his own nodes: the same for all, as is
     *     {@code abandoned}; else a new one
     */
    public record Order(String keyId, long epoch, List<Bytes> abandoned, Optional<Bytes> sessionId) {
        public Order {
            abandoned = List.copyOf(abandoned);
        }

        public static Order of(String keyId, long epoch) {
            return new Order(keyId, epoch, List.of(), Optional.empty());
        }
    }

    /**
     * What is revived and what is given up for it.
     *
     * @param threshold how many nodes must approve
     * @param holders the nodes that hold a share of it, as far as they could be asked
     * @param abandoned the newer sharings
     */
    public record Plan(
            String keyId,
            long epoch,
            int threshold,
            Bytes shareId,
            List<Integer> holders,
            List<Bytes> abandoned,
            Bytes sessionId) {
        public Plan {
            holders = List.copyOf(holders);
            abandoned = List.copyOf(abandoned);
        }
    }

    /**
     * The clients stay the caller's to close.
     *
     * @param others nodes that this administrator may only see as a key user; those among {@code nodes} are left out
     */
    public SharingAdoption(Collection<AdminClient> nodes, Collection<TsmClient> others, SecureRandom random) {
        this.nodes = List.copyOf(nodes);
        var mine = this.nodes.stream().map(AdminClient::player).toList();
        this.others = others.stream().filter(node -> !mine.contains(node.player())).toList();
        this.ids = new SessionIds(random);
    }

    /**
     * Asks the nodes what they hold. No single node is believed: a corrupt one may say anything.
     *
     * @throws TsmException if too few hold a sharing of that epoch
     */
    public Plan plan(Order order) {
        var keyId = order.keyId();
        var answers = new AdminNodes(nodes).askEach(admin -> admin.sharings(keyId));
        if (answers.given().isEmpty()) {
            throw Failures.sum(answers.failures());
        }
        var seen = new FanOut<>(others, TsmClient::player).askEach(node -> node.key(keyId));
        var said = Stream.concat(
                        answers.given().values().stream(),
                        seen.given().values().stream().map(SharingAdoption::known))
                .toList();
        var revived = revived(order, said);
        var newer = order.abandoned().isEmpty() ? newer(order.epoch(), revived.shareId(), said) : order.abandoned();
        if (newer.isEmpty()) {
            throw new TsmException.Unsettled(Problem.of(
                    ProblemCode.REFUSED,
                    "epoch " + order.epoch() + " is the newest of key " + keyId + " that a node knows"));
        }
        return new Plan(
                keyId,
                order.epoch(),
                revived.threshold(),
                revived.shareId(),
                List.copyOf(revived.holders()),
                newer,
                order.sessionId().orElseGet(ids::next));
    }

    /** What a node shows of a key to its users. */
    private static KeySharings known(KeyInfo key) {
        var held = new TreeMap<String, KnownSharing>();
        held.put(key.shareId().hex(), new KnownSharing(key.epoch(), key.shareId(), true));
        for (OfferedSharing offer : key.offers()) {
            held.put(offer.shareId().hex(), new KnownSharing(offer.epoch(), offer.shareId(), true));
        }
        return new KeySharings(key.player(), key.keyId(), key.threshold(), List.copyOf(held.values()));
    }

    /** A sharing of the epoch that is asked for, and who holds it. */
    private static final class Candidate {
        private final Bytes shareId;
        private final TreeSet<Integer> holders = new TreeSet<>();
        private final Map<Integer, Integer> thresholds = new HashMap<>();

        private Candidate(Bytes shareId) {
            this.shareId = shareId;
        }

        Bytes shareId() {
            return shareId;
        }

        Set<Integer> holders() {
            return holders;
        }

        /** As most of the holders say it; the higher of two that are said equally often. */
        int threshold() {
            return thresholds.entrySet().stream()
                    .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .orElseThrow()
                    .getKey();
        }

        boolean isEnough() {
            return holders.size() >= threshold();
        }
    }

    private static Candidate revived(Order order, List<KeySharings> said) {
        var candidates = new TreeMap<String, Candidate>();
        for (var node : said) {
            node.sharings().stream()
                    .filter(sharing -> sharing.epoch() == order.epoch() && sharing.held())
                    .map(sharing -> candidates.computeIfAbsent(
                            sharing.shareId().hex(), first -> new Candidate(sharing.shareId())))
                    .filter(candidate -> candidate.holders.add(node.player()))
                    .forEach(candidate -> candidate.thresholds.merge(node.threshold(), 1, Integer::sum));
        }
        return candidates.values().stream()
                .filter(Candidate::isEnough)
                .max(Comparator.comparingInt(candidate -> candidate.holders.size()))
                .orElseThrow(() -> tooFew(order, said));
    }

    /** What two nodes know, and of each node the newest: names that one node made up must not fill the order. */
    private static List<Bytes> newer(long epoch, Bytes revived, List<KeySharings> said) {
        var voices = new TreeMap<Bytes, TreeSet<Integer>>(Comparator.comparing(Bytes::hex));
        var newest = new TreeSet<>(Comparator.comparing(Bytes::hex));
        for (var node : said) {
            var names = node.sharings().stream()
                    .filter(sharing -> sharing.epoch() > epoch && !sharing.shareId().equals(revived))
                    .sorted(Comparator.comparingLong(KnownSharing::epoch).reversed())
                    .map(KnownSharing::shareId)
                    .toList();
            names.forEach(name -> voices.computeIfAbsent(name, first -> new TreeSet<>()).add(node.player()));
            names.stream().limit(OF_ONE_NODE).forEach(newest::add);
        }
        return voices.entrySet().stream()
                .filter(name -> name.getValue().size() > 1 || newest.contains(name.getKey()))
                .sorted(Comparator.comparingInt(name -> -name.getValue().size()))
                .limit(MOST)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(Bytes::hex))
                .toList();
    }

    private static TsmException tooFew(Order order, List<KeySharings> said) {
        var held = new StringBuilder();
        for (var node : said) {
            var epochs = node.sharings().stream()
                    .filter(sharing -> sharing.held())
                    .map(sharing -> sharing.epoch())
                    .toList();
            held.append("; node ").append(node.player()).append(" holds epochs ").append(epochs);
        }
        return new TsmException.Unsettled(Problem.of(
                ProblemCode.NOT_ENOUGH_NODES,
                "too few nodes hold one sharing of key " + order.keyId() + " at epoch " + order.epoch() + held));
    }

    /**
     * Gives the approvals, and waits a while for them to take effect: they do once {@code threshold} nodes have
     * approved, which nodes of other administrators may do later.
     *
     * @return what every node came to; nothing is adopted while none is DONE
     */
    public Answers<AdoptionApproval> approve(Plan plan) {
        var request = new Adopt(plan.sessionId(), plan.shareId(), plan.abandoned());
        var holders = nodes.stream().filter(admin -> plan.holders().contains(admin.player())).toList();
        if (holders.isEmpty()) {
            throw new TsmException.Unsettled(Problem.of(
                    ProblemCode.NOT_ENOUGH_NODES,
                    "no node of this administrator is one of " + plan.holders() + ", which hold the sharing"));
        }
        for (int look = 1; ; look++) {
            var answers = new AdminNodes(holders).askEach(admin -> admin.adopt(plan.keyId(), request));
            boolean done = answers.failures().isEmpty()
                    && answers.given().values().stream().allMatch(said -> said.state() == ApprovalState.DONE);
            if (done || look == LOOKS || !answers.failures().isEmpty()) {
                return answers;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TsmException.Interrupted(
                    Problem.of(ProblemCode.INTERRUPTED, "interrupted while waiting for the approvals to take effect"));
        }
    }
}
