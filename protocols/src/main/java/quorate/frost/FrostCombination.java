package quorate.frost;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.key.Sharing;
import quorate.presign.PresignatureId;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Misbehaviour;
import quorate.rounds.Refused;

/** Makes a signature of the shares of all signers of a presignature, wherever they come together (protocols.md 4.4). */
public final class FrostCombination {
    private FrostCombination() {}

    /**
     * Combines.
     *
     * @param sharing the public record of the key
     * @param request as the combiner knows it
     * @param id the presignature that the signers were asked to use
     * @param shares what every signer of the presignature answered, by party
     * @return the signature, encoded as protocols.md 4.3 says, verified under the effective key
     * @throws Disagreement FRO-4, if signers have other views than this one or each other; nobody is blamed
     * @throws Misbehaviour FRO-3, naming everybody whose share is wrong
     * @throws Refused if fewer than the threshold signed
     */
    public static byte[] combine(
            Sharing sharing, SigningRequest request, PresignatureId id, SortedMap<Integer, PresignedShare> shares)
            throws CeremonyException {
        if (shares.size() < sharing.threshold()) {
            throw new Refused(Check.COM_5, shares.size() + " parties signed, " + sharing.threshold() + " needed");
        }
        var task = Assembly.Task.of(sharing, request);
        // A share is looked at only if its presigId and request equal mine, and all saw the same nonces.
        var assembly = task.with(agreed(sharing, shares), id.bytes());
        var own = new TreeMap<Integer, SignatureShare>();
        var differing = new TreeSet<Integer>();
        shares.forEach((party, presigned) -> {
            own.put(party, presigned.share());
            if (!assembly.concerns(presigned.share())) {
                differing.add(party);
            }
        });
        if (!differing.isEmpty()) {
            throw new Disagreement(Check.FRO_4, FrostSigning.SHARES, "views differ at parties " + differing);
        }
        var signature = assembly.signature(own);
        if (signature.isPresent()) {
            return signature.get();
        }
        var culprits = new TreeSet<Integer>();
        own.forEach((party, share) -> {
            if (!assembly.fulfils(party, share)) {
                culprits.add(party);
            }
        });
        if (culprits.isEmpty()) {
            throw new IllegalStateException("every signature share is right and the signature is not");
        }
        throw new Misbehaviour(Check.FRO_3, FrostSigning.SHARES, culprits);
    }

    /** CL, if all signers show the same one, of themselves. */
    private static CommitmentList agreed(Sharing sharing, SortedMap<Integer, PresignedShare> shares)
            throws Disagreement {
        var first = shares.firstEntry().getValue().commitments();
        boolean same = shares.values().stream().allMatch(share -> Arrays.equals(share.commitments(), first));
        var list = same ? CommitmentList.decode(sharing.group(), first) : Optional.<CommitmentList>empty();
        return list.filter(commitments -> commitments.signers().equals(shares.keySet()))
                .orElseThrow(() -> new Disagreement(
                        Check.FRO_4, FrostSigning.SHARES, "views differ: signers saw different nonces"));
    }
}
