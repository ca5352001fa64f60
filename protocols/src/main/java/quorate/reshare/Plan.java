package quorate.reshare;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import quorate.algebra.Encoding;
import quorate.commit.Degrees;
import quorate.commit.Octets;
import quorate.commit.Participant;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Entry;
import quorate.rounds.Operation;
import quorate.rounds.Refused;

/**
 * Who gives a key to whom (protocols.md 5.2), the same at every participant: params of AGREE.
 *
 * @param isCopy whether the key gets another id and the old one stays
 * @param newKeyId of a copy; else the id that the key has
 * @param players n'
 * @param degree t': threshold - 1 of the new sharing
 * @param roster of the new committee, 32 bytes
 * @param dealers S, the old parties who share what they hold: as many as it takes to sign
 * @param publicKey ser(pk) as the operators expect it
 */
public record Plan(
        boolean isCopy,
        byte[] newKeyId,
        int players,
        int degree,
        byte[] roster,
        SortedSet<Integer> dealers,
        byte[] publicKey) {
    private static final int INDEX_BYTES = 2;
    private static final byte[] COMPUTED = {};

    public Plan {
        dealers = Collections.unmodifiableSortedSet(new TreeSet<>(dealers));
        if (degree < 1 || degree >= players) {
            throw new IllegalArgumentException("no sharing has threshold " + (degree + 1) + " of " + players);
        }
    }

    /** Which operation this is. */
    public Operation operation() {
        return isCopy ? Operation.COPY : Operation.REDISTRIBUTION;
    }

    /** params of AGREE: newEpoch is empty there, for everybody computes it from what all have said. */
    public List<byte[]> params() {
        return List.of(
                newKeyId,
                Encoding.i2osp(players, INDEX_BYTES),
                Encoding.i2osp(degree, INDEX_BYTES),
                roster,
                Encoding.concat(dealers.stream()
                        .map(dealer -> Encoding.i2osp(dealer, INDEX_BYTES))
                        .toArray(byte[][]::new)),
                new byte[] {(byte) (isCopy ? 1 : 0)},
                COMPUTED,
                publicKey);
    }

    /** How many may be corrupt of each committee that commits. */
    public Degrees degrees(int ofOld) {
        return isCopy ? Degrees.of(degree) : new Degrees(ofOld, degree);
    }

    /** What a participant refuses that has no result: known once all have agreed. */
    public quorate.commit.Operation refusal(Agreement agreement) {
        return new quorate.commit.Operation(
                agreement.protocolId(),
                Octets.of(agreement.sessionId()),
                Octets.of(newKeyId),
                base(agreement),
                agreement.newEpoch(),
                Octets.EMPTY,
                committing(agreement).stream().map(Participant::of).toList(),
                Octets.EMPTY);
    }

    /** Of a copy the entries of N commit, else all. */
    List<Entry> committing(Agreement agreement) {
        return agreement.participants().stream()
                .filter(entry -> !isCopy || entry.role() == 1)
                .toList();
    }

    /** baseShareId: the sharing that ends. */
    Octets base(Agreement agreement) {
        return isCopy ? Octets.EMPTY : Octets.of(agreement.shareId());
    }

    /**
     * COM-5, before anything is said: who was agreed to take part is who this plan names.
     *
     * @throws Refused if not
     */
    void requireFits(Agreement agreement) throws Refused {
        require(dealers.size() == agreement.degree() + 1, dealers.size() + " dealers of a key of threshold "
                + (agreement.degree() + 1));
        require(agreement.parties().containsAll(dealers), "not every dealer of " + dealers + " takes part");
        require(!isCopy || agreement.parties().equals(dealers), "old parties take part in a copy who do not deal");
        var all = new TreeSet<>(IntStream.rangeClosed(1, players).boxed().toList());
        require(agreement.newParties().equals(all), "the new committee is not 1 to " + players);
        require(isCopy != Arrays.equals(newKeyId, agreement.keyId()), isCopy ? "a copy under its own id" : "another key id");
    }

    private static void require(boolean holds, String otherwise) throws Refused {
        if (!holds) {
            throw new Refused(Check.COM_5, otherwise);
        }
    }
}
