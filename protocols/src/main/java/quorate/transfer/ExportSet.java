package quorate.transfer;

import java.util.Arrays;
import java.util.SortedMap;
import quorate.algebra.DecodingException;
import quorate.algebra.SecretScalar;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.transfer.TransferRefused.Reason;

/**
 * The headers of one export as a recipient has them, found to belong together (protocols.md 7.2, EXP-2).
 *
 * @param common their common header
 * @param sharing that the public shares describe
 */
public record ExportSet(ExportHeader common, Sharing sharing) {
    /**
     * "Recipient check: all headers equal except index and SPKI hash, Y_1..Y_n on a degree-t polynomial with value pk at 0".
     *
     * @param headers by the index of the file that each came with
     * @throws TransferRefused EXP-2
     */
    public static ExportSet of(SortedMap<Integer, ExportHeader> headers) throws TransferRefused {
        if (headers.isEmpty()) {
            throw new TransferRefused(Reason.NOT_ONE_EXPORT, "there is no header");
        }
        var first = headers.values().iterator().next();
        var common = first.common();
        for (var entry : headers.entrySet()) {
            var header = entry.getValue();
            if (header.index() != entry.getKey()) {
                throw new TransferRefused(
                        Reason.NOT_ONE_EXPORT,
                        "the header at index " + entry.getKey() + " is that of index " + header.index());
            }
            if (!Arrays.equals(header.common().encode(), common.encode())) {
                throw new TransferRefused(
                        Reason.NOT_ONE_EXPORT,
                        "the headers of indices " + headers.firstKey() + " and " + entry.getKey()
                                + " are not of one export");
            }
        }
        try {
            return new ExportSet(common, common.sharing());
        } catch (DecodingException | UnsoundKey e) {
            throw new TransferRefused(Reason.NOT_ONE_EXPORT, String.valueOf(e.getMessage()));
        }
    }

    /**
     * "For each blob decrypted y_i*G == Y_i (EXP-5)."
     *
     * @throws TransferRefused EXP-5
     */
    public void requireShare(int index, SecretScalar y) throws TransferRefused {
        if (!sharing.group().multiplyBase(y).equals(sharing.publicShare(index))) {
            throw new TransferRefused(Reason.OTHER_SHARE, "the share of index " + index + " is not the one of its header");
        }
    }
}
