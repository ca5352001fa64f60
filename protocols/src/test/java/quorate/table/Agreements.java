package quorate.table;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Transcript;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.rounds.Agreement;
import quorate.rounds.Entry;
import quorate.rounds.Operation;

/**
 * What parties agree on, with the stand-ins of {@code project-kat.json}: id_i = SHA256("identity" || I2OSP(i,2)),
 * and inc_i, dbi_i likewise.
 */
public final class Agreements {
    public static final byte[] KEY_ID = "key-1".getBytes(US_ASCII);
    private static final byte[] SESSION = Transcript.of("kat/sid").add().hash();

    private Agreements() {}

    /** Key generation among all of 1..n, one agreement per party. */
    public static List<Agreement> keygen(Group group, Scheme scheme, int n, int degree) {
        var parties = all(n);
        var draft = new Draft(1, group, scheme, n, degree, 0, new byte[0], new byte[0], List.of(new byte[0]), 0);
        return draft.agreements(parties);
    }

    /** Signing by {@code parties} with a key. */
    public static List<Agreement> signing(Sharing sharing, Collection<Integer> parties, List<byte[]> params) {
        return of(Operation.FROST_INTERACTIVE, sharing, parties, params);
    }

    /** Any operation on a key. */
    public static List<Agreement> of(
            Operation operation, Sharing sharing, Collection<Integer> parties, List<byte[]> params) {
        return draft(operation, sharing, params, 0).agreements(parties);
    }

    private static Draft draft(Operation operation, Sharing sharing, List<byte[]> params, long newEpoch) {
        return new Draft(
                operation.protocolId(),
                sharing.group(),
                sharing.scheme(),
                sharing.players(),
                sharing.degree(),
                sharing.epoch(),
                sharing.publicKey().encode(),
                sharing.shareId(),
                params,
                newEpoch);
    }

    /** All of the parties of a key give it a new sharing of the same kind. */
    public static List<Agreement> refresh(Sharing sharing, long newEpoch) {
        var params = List.of(Encoding.i2osp(newEpoch, 8));
        return draft(Operation.REFRESH, sharing, params, newEpoch).agreements(all(sharing.players()));
    }

    /**
     * A new sharing for others.
     *
     * @param old the parties of the old committee who take part
     * @param players of the new committee
     */
    public static List<Agreement> redistribution(
            Operation operation,
            Sharing sharing,
            Collection<Integer> old,
            int players,
            List<byte[]> params,
            long newEpoch) {
        return draft(operation, sharing, params, newEpoch).agreements(old, players);
    }

    /** The nodes of new ids bring a key of that public key and epoch. */
    public static List<Agreement> imported(Sharing source, List<byte[]> params, long newEpoch) {
        var draft = new Draft(
                Operation.IMPORT.protocolId(),
                source.group(),
                source.scheme(),
                source.players(),
                source.degree(),
                source.epoch(),
                source.publicKey().encode(),
                new byte[0],
                params,
                newEpoch);
        return draft.agreements(List.of(), source.players());
    }

    private static List<Integer> all(int n) {
        return IntStream.rangeClosed(1, n).boxed().toList();
    }

    /** The same with another ctx. */
    public static Agreement with(Agreement agreement, byte[] ctx) {
        return new Agreement(
                agreement.sessionId(),
                agreement.protocolId(),
                agreement.group(),
                agreement.scheme(),
                agreement.keyId(),
                agreement.n(),
                agreement.degree(),
                agreement.roster(),
                agreement.participants(),
                agreement.role(),
                agreement.me(),
                agreement.epoch(),
                agreement.shareId(),
                agreement.newEpoch(),
                ctx,
                agreement.pairs());
    }

    private record Draft(
            int protocolId,
            Group group,
            Scheme scheme,
            int n,
            int degree,
            long epoch,
            byte[] publicKey,
            byte[] shareId,
            List<byte[]> params,
            long newEpoch) {
        List<Agreement> agreements(Collection<Integer> parties) {
            return agreements(parties, 0);
        }

        List<Agreement> agreements(Collection<Integer> parties, int newPlayers) {
            var entries = new ArrayList<>(new TreeSet<>(parties).stream().map(i -> entry(0, i)).toList());
            all(newPlayers).forEach(j -> entries.add(entry(1, j)));
            var ctx = Transcript.of("ctx")
                    .addU8(protocolId)
                    .addU8(1)
                    .addU8(group.curveId())
                    .addU8(scheme.code())
                    .add(KEY_ID)
                    .addU64(epoch)
                    .add(publicKey)
                    .add(shareId)
                    .addU16(n)
                    .addU16(degree)
                    .add(roster(n))
                    .add(entries.stream().map(Entry::encode).toArray(byte[][]::new))
                    .add(SESSION)
                    .add(Encoding.enc(params.toArray(byte[][]::new)))
                    .hash();
            return entries.stream()
                    .map(entry -> new Agreement(
                            SESSION,
                            protocolId,
                            group,
                            scheme.code(),
                            KEY_ID,
                            n,
                            degree,
                            roster(n),
                            entries,
                            entry.role(),
                            entry.index(),
                            epoch,
                            shareId,
                            newEpoch,
                            ctx,
                            new TreeMap<>()))
                    .toList();
        }
    }

    /** id_1, .., id_n. */
    public static List<byte[]> ids(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(i -> standIn("identity", i)).toList();
    }

    private static byte[] roster(int n) {
        return roster(0, n);
    }

    /** roster of the old or the new committee. */
    public static byte[] roster(int role, int n) {
        var transcript = Transcript.of("roster");
        all(n).forEach(i -> transcript.add(entry(role, i).id()));
        return transcript.hash();
    }

    private static Entry entry(int role, int i) {
        var suffix = role == 1 ? "new" : "";
        return new Entry(
                role,
                i,
                standIn("identity" + suffix, i),
                standIn("incarnation" + suffix, i),
                standIn("database" + suffix, i),
                new byte[32]);
    }

    private static byte[] standIn(String what, int i) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(Encoding.concat(what.getBytes(US_ASCII), Encoding.i2osp(i, 2)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
