package quorate.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import quorate.algebra.Encoding;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.dealing.NewShare;
import quorate.derive.Path;
import quorate.key.KeyShare;
import quorate.key.Sharing;
import quorate.rounds.Operation;
import quorate.table.Agreements;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;

/** Exports and imports of a key at a table. */
final class Transfers {
    static final String APPLICATION = "wallet";
    static final long EXPIRY = 2_000_000_000L;

    private Transfers() {}

    static KeyShare share(SortedMap<Integer, KeyShare> shares, int party) {
        return Objects.requireNonNull(shares.get(party));
    }

    static Sharing sharing(SortedMap<Integer, KeyShare> shares) {
        return share(shares, shares.firstKey()).sharing();
    }

    /** A stand-in for the hash of the wrapping key of node {@code index}. */
    static byte[] wrappingKey(int index) {
        return Transcript.of("kat/spki").addU16(index).hash();
    }

    static ExportTerms terms(int players, Path path) {
        return new ExportTerms(
                Mode.MOVE,
                IntStream.rangeClosed(1, players).mapToObj(Transfers::wrappingKey).toList(),
                "a move",
                APPLICATION,
                EXPIRY,
                path);
    }

    static RoundTable<ExportedShare> export(
            SortedMap<Integer, KeyShare> shares, Set<Integer> parties, Path path, Secrets scope) {
        var sharing = sharing(shares);
        var params = terms(sharing.players(), path).params();
        return RoundTable.of(
                Agreements.of(Operation.EXPORT, sharing, parties, params),
                agreement -> Export.start(
                        agreement,
                        share(shares, agreement.me()),
                        path,
                        new KatDraw("export/" + agreement.me()),
                        scope));
    }

    /** The headers of a whole export, and what is in the blobs beside them. */
    static SortedMap<Integer, ImportedShare> brought(
            SortedMap<Integer, KeyShare> shares, byte[] attributes, Secrets scope) throws TransferRefused {
        var outcome = export(shares, shares.keySet(), Path.ROOT, scope).run();
        var brought = new TreeMap<Integer, ImportedShare>();
        for (int i : shares.keySet()) {
            var exported = outcome.of(i);
            var header = exported.header(terms(shares.size(), Path.ROOT), attributes);
            var y = exported.share().secret().exposeFor(Purpose.SEALING);
            brought.put(i, ImportedShare.of(header, y, scope));
        }
        return brought;
    }

    static RoundTable<NewShare> imported(SortedMap<Integer, ImportedShare> brought, Secrets scope) {
        var source = Objects.requireNonNull(brought.get(1)).source();
        var params = List.of("params".getBytes(US_ASCII), Encoding.i2osp(1, 1));
        return RoundTable.of(
                Agreements.imported(source, params, source.epoch() + 1),
                agreement -> Import.start(
                        agreement,
                        Objects.requireNonNull(brought.get(agreement.me())),
                        new KatDraw("import/" + agreement.me()),
                        scope));
    }
}
