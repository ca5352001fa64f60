package quorate.transfer;

import quorate.algebra.DecodingException;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.transfer.TransferRefused.Reason;

/**
 * What one node brings into an import: y_i, unwrapped and found to be the share that its header names (IMP-1).
 *
 * @param source the sharing that the header describes
 * @param y lives in the scope that it was read into
 */
public record ImportedShare(ExportHeader header, Sharing source, SecretScalar y) {
    /**
     * "IMP-1: unwrap; curve; Y on a degree-t polynomial through pk (7.2); y_i &lt; q, y_i*G == Y_i."
     *
     * @param unwrapped ser(y_i), which stays the caller's to wipe
     * @throws TransferRefused IMP-1
     */
    public static ImportedShare of(ExportHeader header, byte[] unwrapped, Secrets scope) throws TransferRefused {
        try {
            var source = header.sharing();
            var y = source.group().decodeSecret(scope, unwrapped);
            if (!source.group().multiplyBase(y).equals(source.publicShare(header.index()))) {
                throw new TransferRefused(Reason.UNSOUND, "the share is not the one that its header names");
            }
            return new ImportedShare(header, source, y);
        } catch (DecodingException | UnsoundKey e) {
            throw new TransferRefused(Reason.UNSOUND, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "ImportedShare[index " + header.index() + ", redacted]";
    }
}
