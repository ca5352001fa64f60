package quorate.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.Transcript;
import quorate.derive.DerivedKey;
import quorate.derive.Path;
import quorate.key.KeyShare;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;

/**
 * What one party exports: y_i, of a sharing that is independent of the live one, so "exported shares cannot be mixed with
 * live shares" (protocols.md 7.2).
 *
 * @param share lives in the scope that the export was started with
 * @param exportId TH("export/id", D1, ser(Y_1), .., ser(Y_n))
 */
public record ExportedShare(KeyShare share, byte[] exportId) {
    /** Of the key itself, or of a key that is derived from it: "e of 3.8 is added: y_i + e, Y_k + e*G". */
    static ExportedShare of(KeyShare made, byte[] d1, Path path) throws UnsoundKey {
        var derived = DerivedKey.root(made.sharing());
        for (int index : path.indices()) {
            derived = derived.child(index);
        }
        var share = path.depth() == 0 ? made : at(made, derived);
        var exportId = Transcript.of("export/id").add(d1);
        publicShares(share.sharing()).forEach(exportId::add);
        return new ExportedShare(share, exportId.hash());
    }

    private static KeyShare at(KeyShare made, DerivedKey derived) throws UnsoundKey {
        var root = made.sharing();
        var points = new ArrayList<Point>(root.commitment().coefficients());
        points.set(0, derived.publicKey());
        var sharing = new Sharing(
                root.keyId(),
                root.scheme(),
                root.players(),
                root.epoch(),
                derived.chainCode(),
                new PublicPolynomial(points));
        return new KeyShare(sharing, made.index(), made.secret().plus(derived.tweak()));
    }

    private static List<Point> publicShares(Sharing sharing) {
        return IntStream.rangeClosed(1, sharing.players()).mapToObj(sharing::publicShare).toList();
    }

    /**
     * The header of the blob that this party makes.
     *
     * @param attributes of the key, canonical
     */
    public ExportHeader header(ExportTerms terms, byte[] attributes) {
        var sharing = share.sharing();
        return new ExportHeader(
                sharing.scheme(),
                sharing.keyId(),
                sharing.epoch(),
                sharing.degree(),
                share.index(),
                sharing.publicKey(),
                sharing.chainCode(),
                publicShares(sharing),
                exportId,
                terms.mode(),
                terms.wrappingKeys().get(share.index() - 1),
                ExportHeader.destination(terms.wrappingKeys()),
                terms.purpose(),
                terms.application(),
                terms.expiry(),
                attributes);
    }

    @Override
    public String toString() {
        return "ExportedShare[party " + share.index() + ", redacted]";
    }
}
