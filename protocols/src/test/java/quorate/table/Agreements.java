package quorate.table;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
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
        var parties = IntStream.rangeClosed(1, n).boxed().toList();
        var draft = new Draft(1, group, scheme, n, degree, 0, new byte[0], new byte[0], List.of(new byte[0]));
        return draft.agreements(parties);
    }

    /** Signing by {@code parties} with a key. */
    public static List<Agreement> signing(Sharing sharing, Collection<Integer> parties, List<byte[]> params) {
        return of(Operation.FROST_INTERACTIVE, sharing, parties, params);
    }

    /** Any operation on a key. */
    public static List<Agreement> of(
            Operation operation, Sharing sharing, Collection<Integer> parties, List<byte[]> params) {
        var draft = new Draft(
                operation.protocolId(),
                sharing.group(),
                sharing.scheme(),
                sharing.players(),
                sharing.degree(),
                sharing.epoch(),
                sharing.publicKey().encode(),
                sharing.shareId(),
                params);
        return draft.agreements(parties);
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
                agreement.me(),
                agreement.epoch(),
                agreement.shareId(),
                ctx);
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
            List<byte[]> params) {
        List<Agreement> agreements(Collection<Integer> parties) {
            var entries = new TreeSet<>(parties).stream().map(Agreements::entry).toList();
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
                            entry.index(),
                            epoch,
                            shareId,
                            ctx))
                    .toList();
        }
    }

    /** id_1, .., id_n. */
    public static List<byte[]> ids(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(i -> standIn("identity", i)).toList();
    }

    private static byte[] roster(int n) {
        var transcript = Transcript.of("roster");
        ids(n).forEach(transcript::add);
        return transcript.hash();
    }

    private static Entry entry(int i) {
        return new Entry(
                0, i, standIn("identity", i), standIn("incarnation", i), standIn("database", i), new byte[32]);
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
