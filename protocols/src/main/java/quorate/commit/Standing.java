package quorate.commit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** What is known about a sharing that this node holds (protocols.md 5.4, Stale; TPC-5). */
public sealed interface Standing {
    /** Nobody says that it was left. */
    record Current() implements Standing {}

    /** Too few say so to be sure that one of them is honest: report it, keep offering. */
    record MaybeStale(List<Statement> hints) implements Standing {}

    /** A CLEAN proof: an honest node has left it. Stop offering it and repair the share. */
    record Stale(List<Statement> proof) implements Standing {
        public Refused refusal() {
            var operation = proof.getFirst().operation();
            return new Refused(
                    Check.TPC_5, "STALE: replaced by " + operation + " at epoch " + operation.newEpoch());
        }
    }

    /** An adoption record abandons it: to quarantine. */
    record Abandoned(AdoptionRecord adoption) implements Standing {
        public Refused refusal() {
            return new Refused(Check.TPC_5, "STALE: abandoned for sharing " + adoption.shareId());
        }
    }

    /**
     * How the sharing stands.
     *
     * @param others ids of the other parties of the key; at most {@code degree} of them are corrupt
     */
    static Standing of(
            Octets shareId,
            Set<Octets> others,
            int degree,
            Collection<Statement> authentic,
            List<AdoptionRecord> adoptions) {
        for (var adoption : adoptions) {
            if (adoption.abandoned().contains(shareId)) {
                return new Abandoned(adoption);
            }
        }
        var byOperation = new LinkedHashMap<Operation, TreeMap<Octets, Statement>>();
        for (var statement : authentic) {
            var operation = statement.operation();
            boolean overridden = adoptions.stream()
                    .anyMatch(adoption -> adoption.abandoned().contains(operation.newShareId()));
            if (statement.verb() == Verb.CLEAN
                    && operation.baseShareId().equals(shareId)
                    && others.contains(statement.signer())
                    && !overridden) {
                byOperation
                        .computeIfAbsent(operation, first -> new TreeMap<>())
                        .put(statement.signer(), statement);
            }
        }
        for (var signers : byOperation.values()) {
            if (signers.size() > degree) {
                return new Stale(List.copyOf(signers.values()));
            }
        }
        var hints = byOperation.values().stream().flatMap(signers -> signers.values().stream()).toList();
        return hints.isEmpty() ? new Current() : new MaybeStale(hints);
    }
}
