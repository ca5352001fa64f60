package quorate.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.key.Scheme;
import quorate.rounds.Check;
import quorate.rounds.StatementVerifier;
import quorate.table.Keys;
import quorate.transfer.ImportTerms.Destination;
import quorate.transfer.ImportTerms.Signed;
import quorate.transfer.TransferRefused.Reason;

/** IMP-3: everything that is looked at before a share is unwrapped, broken once each. */
class ImportTermsTest {
    private static final long NOW = Transfers.EXPIRY - 1;
    private static final byte[] BLOB = "blob".getBytes(US_ASCII);

    /** A signature is the hash of key and digest: whoever knows the public key can sign, which is all that is needed. */
    private static final StatementVerifier VERIFIER =
            (key, digest, signature) -> Arrays.equals(sign(key, digest), signature);

    private final Secrets scope = new Secrets();

    @SuppressWarnings("NullAway.Init") // set before each test
    private ExportHeader header;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Map<Integer, ExportHeader> headers;

    @BeforeEach
    void export() throws TransferRefused {
        var shares = Keys.random(Groups.P256, Scheme.ECDSA, 3, 1, "old", scope);
        headers = new HashMap<>();
        Transfers.brought(shares, new byte[0], scope).forEach((i, brought) -> headers.put(i, brought.header()));
        header = Objects.requireNonNull(headers.get(2));
    }

    @AfterEach
    void wipe() {
        scope.close();
    }

    @Test
    void takesWhatIsInOrder() {
        assertThatCode(() -> check(terms(), header)).doesNotThrowAnyException();
        assertThatCode(() -> check(unsigned(), header, Map.of(), NOW)).doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherKeyChainCodeOrExport() {
        var other = Groups.P256.generator().encode();
        refuses(Reason.SUBSTITUTED, terms(new byte[32], pk(), cc(), id(), source(), Transfers.APPLICATION), header);
        refuses(Reason.SUBSTITUTED, terms(common(), other, cc(), id(), source(), Transfers.APPLICATION), header);
        refuses(Reason.SUBSTITUTED, terms(common(), pk(), new byte[32], id(), source(), Transfers.APPLICATION), header);
        refuses(Reason.SUBSTITUTED, terms(common(), pk(), cc(), new byte[32], source(), Transfers.APPLICATION), header);
    }

    /** Tampering: every part of a header that is changed once is found, whatever is signed. */
    @Test
    void refusesEveryByteOfAHeaderThatIsChanged() throws Exception {
        var parts = Encoding.decode(header.encode());
        for (int part = 0; part < parts.size(); part++) {
            var edited = parts.stream().map(byte[]::clone).toArray(byte[][]::new);
            if (edited[part].length == 0) {
                edited[part] = new byte[] {1};
            } else {
                edited[part][edited[part].length - 1] ^= 1;
            }
            var encoded = Encoding.enc(edited);
            assertThatThrownBy(() -> check(terms(), ExportHeader.decode(encoded)))
                    .as("part %d", part)
                    .isInstanceOfAny(TransferRefused.class, quorate.algebra.DecodingException.class);
        }
    }

    @Test
    void refusesWhatIsForAnotherNode() throws Exception {
        var first = Objects.requireNonNull(headers.get(1));
        refuses(Reason.DESTINATION, terms(), first);
        assertThatThrownBy(() -> terms().require(
                        header, BLOB, new Destination(2, new byte[32]), signed(3), NOW, VERIFIER))
                .isInstanceOfSatisfying(
                        TransferRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.DESTINATION));
    }

    @Test
    void refusesWhatIsForACustodian() {
        var h = header;
        var custodian = new ExportHeader(
                h.scheme(), h.keyId(), h.epoch(), h.degree(), h.index(), h.publicKey(), h.chainCode(), h.publicShares(),
                h.exportId(), Mode.CUSTODIAN, h.recipient(), h.destination(), h.purpose(), h.application(), h.expiry(),
                h.attributes());
        refuses(Reason.DESTINATION, terms(), custodian);
    }

    @Test
    void refusesAnotherApplication() {
        refuses(Reason.APPLICATION, terms(common(), pk(), cc(), id(), source(), "other"), header);
    }

    @Test
    void refusesWhatHasExpired() {
        assertThatThrownBy(() -> check(terms(), header, signed(3), Transfers.EXPIRY))
                .isInstanceOfSatisfying(TransferRefused.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.EXPIRED);
                    assertThat(e.check()).isEqualTo(Check.IMP_3);
                });
    }

    @Test
    void refusesTooFewSignatures() {
        assertThatCode(() -> check(terms(), header, signed(2), NOW)).doesNotThrowAnyException();
        refusesSignatures(terms(), signed(1));
        refusesSignatures(terms(), Map.of());
        var forged = new HashMap<>(signed(3));
        forged.replaceAll((i, said) -> i == 2 ? said : new Signed(said.wrappingKey(), said.blobHash(), new byte[64]));
        refusesSignatures(terms(), forged);
    }

    @Test
    void refusesSignaturesOfOtherThings() {
        // Of another blob at the own index; of other nodes than those of the source; of another wrapping key; out of range.
        var other = new HashMap<>(signed(3));
        other.compute(2, (i, said) -> signed(i, wrappingKey(2), new byte[32]));
        refusesSignatures(terms(), other);
        var strangers = List.of(key(7), key(8), key(9));
        refusesSignatures(terms(common(), pk(), cc(), id(), strangers, Transfers.APPLICATION), signed(3));
        refusesSignatures(terms(common(), pk(), cc(), id(), source().subList(0, 2), Transfers.APPLICATION), signed(3));
        var misplaced = new HashMap<Integer, Signed>();
        misplaced.put(0, signed(1, wrappingKey(1), Digest.sha256(BLOB)));
        misplaced.put(4, signed(3, wrappingKey(3), Digest.sha256(BLOB)));
        misplaced.put(2, signed(2, wrappingKey(2), Digest.sha256(BLOB)));
        refusesSignatures(terms(), misplaced);
    }

    @Test
    void bindsTheWholeRequest() {
        var params = terms().params();
        assertThat(params).hasSize(7);
        assertThat(params.get(4)).isEqualTo(Encoding.concat(source().toArray(byte[][]::new)));
        assertThat(unsigned().params().get(4)).isEqualTo("unsigned".getBytes(US_ASCII));
        assertThat(params.get(6)).isEqualTo("new".getBytes(US_ASCII));
        assertThatThrownBy(() -> terms(new byte[31], pk(), cc(), id(), source(), "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void refusesSignatures(ImportTerms terms, Map<Integer, Signed> signed) {
        assertThatThrownBy(() -> check(terms, header, signed, NOW))
                .isInstanceOfSatisfying(
                        TransferRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.SIGNATURES));
    }

    private void refuses(Reason reason, ImportTerms terms, ExportHeader changed) {
        assertThatThrownBy(() -> check(terms.commonHash().length == 0 ? terms : adapted(terms, changed), changed))
                .isInstanceOfSatisfying(TransferRefused.class, e -> {
                    assertThat(e.reason()).isEqualTo(reason);
                    assertThat(e.check()).isEqualTo(Check.IMP_3);
                });
    }

    /** Whoever makes another header says so in the request too. */
    private ImportTerms adapted(ImportTerms terms, ExportHeader changed) {
        return Arrays.equals(terms.commonHash(), common())
                ? terms(
                        changed.commonHash(), terms.publicKey(), terms.chainCodeHash(), terms.exportId(), terms.source(),
                        terms.application())
                : terms;
    }

    private void check(ImportTerms terms, ExportHeader changed) throws TransferRefused {
        check(terms, changed, signed(3), NOW);
    }

    private void check(ImportTerms terms, ExportHeader changed, Map<Integer, Signed> signed, long now)
            throws TransferRefused {
        terms.require(changed, BLOB, new Destination(2, wrappingKey(2)), signed, now, VERIFIER);
    }

    private ImportTerms terms() {
        return terms(common(), pk(), cc(), id(), source(), Transfers.APPLICATION);
    }

    private ImportTerms unsigned() {
        return terms(common(), pk(), new byte[0], id(), List.of(), Transfers.APPLICATION);
    }

    private static ImportTerms terms(
            byte[] common, byte[] pk, byte[] chainCodeHash, byte[] id, List<byte[]> source, String application) {
        return new ImportTerms(common, pk, chainCodeHash, id, source, application, "new".getBytes(US_ASCII));
    }

    private byte[] common() {
        return header.commonHash();
    }

    private byte[] pk() {
        return header.publicKey().encode();
    }

    private byte[] cc() {
        return ImportTerms.chainCodeHash(header.chainCode());
    }

    private byte[] id() {
        return header.exportId();
    }

    private static List<byte[]> source() {
        return List.of(key(1), key(2), key(3));
    }

    private static byte[] key(int node) {
        return Transcript.of("kat/statement").addU16(node).hash();
    }

    private static byte[] wrappingKey(int node) {
        return Transfers.wrappingKey(node);
    }

    /** The own signature, and those of others up to so many. */
    private Map<Integer, Signed> signed(int count) {
        var signed = new HashMap<Integer, Signed>();
        IntStream.of(2, 1, 3).limit(count).forEach(i -> signed.put(i, signed(i, wrappingKey(i), Digest.sha256(BLOB))));
        return signed;
    }

    private Signed signed(int index, byte[] wrappingKey, byte[] blobHash) {
        return new Signed(
                wrappingKey, blobHash, sign(key(index), header.at(index, wrappingKey).signedHash(blobHash)));
    }

    private static byte[] sign(byte[] key, byte[] digest) {
        return Transcript.of("kat/sig").add(key).add(digest).hash();
    }
}
