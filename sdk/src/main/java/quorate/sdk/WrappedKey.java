package quorate.sdk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.DecodingException;
import quorate.api.Bytes;
import quorate.api.ImportSignature;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.transfer.ExportHeader;
import quorate.transfer.ExportSet;
import quorate.transfer.TransferRefused;

/**
 * The wrapped shares of one exported key, found to belong together (protocols.md 7.2, EXP-2). Whoever has them has nothing:
 * each is for one node.
 */
public final class WrappedKey {
    private final ExportHeader common;
    private final SortedMap<Integer, WrappedShare> shares;

    private WrappedKey(ExportHeader common, SortedMap<Integer, WrappedShare> shares) {
        this.common = common;
        this.shares = shares;
    }

    /** Throws {@link TsmException} EXPORT_UNSOUND if they are not of one export. */
    public static WrappedKey of(Collection<WrappedShare> shares) {
        var headers = new TreeMap<Integer, ExportHeader>();
        var byIndex = new TreeMap<Integer, WrappedShare>();
        try {
            for (var share : shares) {
                headers.put(share.index(), ExportHeader.decode(share.header().toArray()));
                byIndex.put(share.index(), share);
            }
            return new WrappedKey(ExportSet.of(headers).common(), byIndex);
        } catch (DecodingException | TransferRefused e) {
            throw unsound(String.valueOf(e.getMessage()));
        }
    }

    static TsmException unsound(String detail) {
        return new TsmException.Unsettled(Problem.of(ProblemCode.EXPORT_UNSOUND, detail));
    }

    /** What all headers have in common. */
    public ExportHeader common() {
        return common;
    }

    /** By index of the destination; perhaps not all of them. */
    public SortedMap<Integer, WrappedShare> shares() {
        return new TreeMap<>(shares);
    }

    /** Statement keys of the nodes that wrapped it, in the order of indices; none if a share is not signed. */
    public List<Bytes> source() {
        var keys = new ArrayList<Bytes>();
        shares.values().forEach(share -> share.statementKey().ifPresent(keys::add));
        return keys.size() == common.players() ? List.copyOf(keys) : List.of();
    }

    List<ImportSignature> signatures() {
        var signatures = new ArrayList<ImportSignature>();
        for (var share : shares.values()) {
            share.signature().ifPresent(signature -> signatures.add(new ImportSignature(
                    share.index(), Bytes.of(recipient(share)), Bytes.of(ExportHeader.hash(share.blob().toArray())), signature)));
        }
        return List.copyOf(signatures);
    }

    private static byte[] recipient(WrappedShare share) {
        try {
            return ExportHeader.decode(share.header().toArray()).recipient();
        } catch (DecodingException e) {
            throw unsound(String.valueOf(e.getMessage()));
        }
    }
}
