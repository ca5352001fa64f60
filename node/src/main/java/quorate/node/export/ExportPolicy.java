package quorate.node.export;

import java.util.ArrayList;
import java.util.List;
import quorate.api.Bytes;
import quorate.api.ExportKey;
import quorate.api.ExportMode;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.node.config.Caller;
import quorate.node.config.ExportLists;
import quorate.node.config.Role;
import quorate.node.identity.Bytes32;
import quorate.node.problem.ProblemException;
import quorate.rounds.Check;
import quorate.rsa.RsaRecipient;

/**
 * Whether this node takes part in an export: "every node's policy must approve the request independently (EXP-1)", and in a
 * move "every entry of the vector is on the allow list with that index, and all n moduli are pairwise different" (EXP-3).
 */
public final class ExportPolicy {
    private final int player;
    private final ExportLists lists;

    /** @param lists of the configuration of node {@code player} */
    public ExportPolicy(int player, ExportLists lists) {
        this.player = player;
        this.lists = lists;
    }

    /**
     * Approves a request, before anything is said to a peer.
     *
     * @param players of the key
     * @return the wrapping keys, in the order of indices
     */
    public List<RsaRecipient> approve(Caller caller, ExportKey request, int players) {
        boolean move = request.mode() == ExportMode.MOVE;
        var role = move ? Role.ADMINISTRATOR : Role.CUSTODIAN_EXPORTER;
        if (!caller.roles().contains(role)) {
            throw new ProblemException(Problem.of(
                            ProblemCode.FORBIDDEN,
                            "caller " + caller.name() + " needs the role " + role.text() + " for an export of mode "
                                    + request.mode().wireName())
                    .failing(Check.EXP_1.id()));
        }
        if (request.wrappingKeys().size() != players) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "wrappingKeys names " + request.wrappingKeys().size() + " destinations of a key of " + players
                            + " players");
        }
        var keys = new ArrayList<RsaRecipient>();
        for (var spki : request.wrappingKeys()) {
            keys.add(key(spki));
        }
        if (move) {
            requireDestinations(keys);
        } else {
            requireCustodian(keys);
        }
        return List.copyOf(keys);
    }

    private static RsaRecipient key(Bytes spki) {
        try {
            return RsaRecipient.of(spki.toArray());
        } catch (IllegalArgumentException e) {
            throw refused(Check.EXP_3, ProblemCode.DESTINATION_REFUSED, "a wrapping key is refused: " + e.getMessage());
        }
    }

    private void requireDestinations(List<RsaRecipient> keys) {
        for (int i = 0; i < keys.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (keys.get(i).hasModulusOf(keys.get(j))) {
                    throw refused(
                            Check.EXP_3,
                            ProblemCode.DESTINATION_REPEATED,
                            "indices " + (j + 1) + " and " + (i + 1) + " have one wrapping key");
                }
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            var fingerprint = Bytes32.of(keys.get(i).fingerprint().bytes());
            if (!lists.destinations().contains(new ExportLists.Destination(i + 1, fingerprint))) {
                throw refused(
                        Check.EXP_3,
                        ProblemCode.DESTINATION_REFUSED,
                        "wrapping key " + fingerprint + " is not listed at index " + (i + 1)
                                + " in the configuration of node " + player);
            }
        }
    }

    private void requireCustodian(List<RsaRecipient> keys) {
        var fingerprint = Bytes32.of(keys.getFirst().fingerprint().bytes());
        if (!keys.stream().allMatch(key -> key.fingerprint().equals(keys.getFirst().fingerprint()))) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "a custodian has one RSA key, which stands at every index");
        }
        if (!lists.custodianKeys().contains(fingerprint)) {
            throw refused(
                    Check.EXP_1,
                    ProblemCode.DESTINATION_REFUSED,
                    "the RSA key " + fingerprint + " is not listed for custodians in the configuration of node " + player);
        }
    }

    private static ProblemException refused(Check check, ProblemCode code, String detail) {
        return new ProblemException(Problem.of(code, check + ": " + detail).failing(check.id()));
    }
}
