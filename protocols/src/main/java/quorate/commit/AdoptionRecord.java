package quorate.commit;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import quorate.rounds.Check;
import quorate.rounds.Refused;
import quorate.rounds.StatementVerifier;

/**
 * The approvals of more nodes than may be corrupt for one adoption (protocols.md 5.4). It overrides CLEAN
 * statements for the abandoned sharings. Until the refresh that must follow is CLEAN, stolen old shares
 * have their value back.
 */
public final class AdoptionRecord {
    private final List<Adoption> approvals;

    private AdoptionRecord(List<Adoption> approvals) {
        this.approvals = approvals;
    }

    /**
     * Enough valid approvals of the same thing.
     *
     * @param parties the statement key of each party of the key, by index
     * @param degree of the sharing: threshold - 1
     * @throws Refused TPC-5 if it is no adoption record
     */
    public static AdoptionRecord check(
            List<Adoption> approvals, Map<Integer, byte[]> parties, int degree, StatementVerifier verifier)
            throws Refused {
        var indices = new HashSet<Integer>();
        for (var approval : approvals) {
            require(approval.agreesWith(approvals.getFirst()), approval.signer() + " approved something else");
            var key = parties.get(approval.signer().index());
            require(
                    key != null && approval.isAuthentic(key, verifier),
                    "approval of " + approval.signer() + " not valid");
            indices.add(approval.signer().index());
        }
        require(indices.size() > degree, indices.size() + " parties approved, " + (degree + 1) + " needed");
        return new AdoptionRecord(List.copyOf(approvals));
    }

    private static void require(boolean condition, String flaw) throws Refused {
        if (!condition) {
            throw new Refused(Check.TPC_5, "no adoption: " + flaw);
        }
    }

    public List<Adoption> approvals() {
        return approvals;
    }

    public Octets keyId() {
        return approvals.getFirst().keyId();
    }

    /** The sharing that is revived. */
    public Octets shareId() {
        return approvals.getFirst().shareId();
    }

    public List<Octets> abandoned() {
        return approvals.getFirst().abandoned();
    }
}
