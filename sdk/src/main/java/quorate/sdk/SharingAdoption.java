package quorate.sdk;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import quorate.api.Adopt;
import quorate.api.AdoptionApproval;
import quorate.api.ApprovalState;
import quorate.api.Bytes;
import quorate.api.KeySharings;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/**
 * Revives an older sharing of a key of whose newest one too few shares are left. Every operator of the nodes that hold
 * it decides for himself; this asks those whose administrators are given.
 */
public final class SharingAdoption {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final int LOOKS = 20;

    private final List<AdminClient> nodes;
    private final SessionIds ids;

    /**
     * What is revived and what is given up for it.
     *
     * @param holders the nodes that hold a share of it, as far as they could be asked
     * @param abandoned every newer sharing that any of the nodes knows
     */
    public record Plan(
            String keyId, long epoch, int threshold, Bytes shareId, List<Integer> holders, List<Bytes> abandoned) {
        public Plan {
            holders = List.copyOf(holders);
            abandoned = List.copyOf(abandoned);
        }
    }

    /** The clients stay the caller's to close. */
    public SharingAdoption(Collection<AdminClient> nodes, SecureRandom random) {
        this.nodes = List.copyOf(nodes);
        this.ids = new SessionIds(random);
    }

    /** Asks the nodes what they hold. Throws {@link TsmException} if too few hold a sharing of that epoch. */
    public Plan plan(String keyId, long epoch) {
        var answers = new AdminNodes(nodes).askEach(admin -> admin.sharings(keyId));
        if (answers.given().isEmpty()) {
            throw Failures.sum(answers.failures());
        }
        var holders = new LinkedHashMap<Bytes, TreeSet<Integer>>();
        var newer = new TreeSet<>(Comparator.comparing(Bytes::hex));
        for (var said : answers.given().values()) {
            said.sharings().forEach(sharing -> {
                if (sharing.epoch() > epoch) {
                    newer.add(sharing.shareId());
                } else if (sharing.epoch() == epoch && sharing.held()) {
                    holders.computeIfAbsent(sharing.shareId(), first -> new TreeSet<>()).add(said.player());
                }
            });
        }
        int threshold = answers.given().values().iterator().next().threshold();
        var revived = holders.entrySet().stream()
                .filter(sharing -> sharing.getValue().size() >= threshold)
                .findFirst()
                .orElseThrow(() -> tooFew(keyId, epoch, threshold, answers.given().values()));
        if (newer.isEmpty()) {
            throw new TsmException.Unsettled(Problem.of(
                    ProblemCode.REFUSED, "epoch " + epoch + " is the newest of key " + keyId + " that a node knows"));
        }
        return new Plan(
                keyId, epoch, threshold, revived.getKey(), List.copyOf(revived.getValue()), List.copyOf(newer));
    }

    private static TsmException tooFew(String keyId, long epoch, int threshold, Collection<KeySharings> said) {
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
                "fewer than " + threshold + " nodes hold one sharing of key " + keyId + " at epoch " + epoch + held));
    }

    /** Gives the approvals, and waits a while for them to take effect. */
    public Answers<AdoptionApproval> approve(Plan plan) {
        var request = new Adopt(ids.next(), plan.shareId(), plan.abandoned());
        var holders = nodes.stream().filter(admin -> plan.holders().contains(admin.player())).toList();
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
