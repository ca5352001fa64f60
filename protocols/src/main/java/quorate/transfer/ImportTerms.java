package quorate.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import quorate.algebra.Encoding;
import quorate.rounds.StatementVerifier;
import quorate.transfer.TransferRefused.Reason;

/**
 * What is imported (protocols.md 7.3), the same at every participant: params of AGREE, and so in ctx.
 *
 * @param commonHash SHA-256 of the common header
 * @param publicKey ser(pk) as the operators expect it
 * @param chainCodeHash SHA-256 of the chain code that they expect, or empty
 * @param exportId that they expect, 32 bytes
 * @param source statement keys of the parties of the source, by index; empty for a set that nobody has signed
 * @param application of the caller
 * @param newKeyId under which the key is imported
 */
public record ImportTerms(
        byte[] commonHash,
        byte[] publicKey,
        byte[] chainCodeHash,
        byte[] exportId,
        List<byte[]> source,
        String application,
        byte[] newKeyId) {
    private static final byte[] UNSIGNED = "unsigned".getBytes(StandardCharsets.US_ASCII);

    public ImportTerms {
        source = List.copyOf(source);
        boolean hashes = commonHash.length == Digest.BYTES
                && exportId.length == Digest.BYTES
                && (chainCodeHash.length == 0 || chainCodeHash.length == Digest.BYTES)
                && source.stream().allMatch(key -> key.length == Digest.BYTES);
        if (!hashes) {
            throw new IllegalArgumentException("a hash, id or statement key has " + Digest.BYTES + " bytes");
        }
    }

    /** SHA-256 of an expected chain code. */
    public static byte[] chainCodeHash(byte[] chainCode) {
        return Digest.sha256(chainCode);
    }

    /** params of AGREE: common header, pk, cc, export, source or the word unsigned, application, new key id. */
    public List<byte[]> params() {
        return List.of(
                commonHash,
                publicKey,
                chainCodeHash,
                exportId,
                source.isEmpty() ? UNSIGNED : Encoding.concat(source.toArray(byte[][]::new)),
                application.getBytes(StandardCharsets.UTF_8),
                newKeyId);
    }

    /**
     * What the node of the source said about the blob of one index.
     *
     * @param wrappingKey SHA-256 of the key that it was wrapped for
     * @param blobHash SHA-256 of the blob
     * @param signature over {@link ExportHeader#signed}
     */
    public record Signed(byte[] wrappingKey, byte[] blobHash, byte[] signature) {}

    /** The wrapping key of the node that looks at its blob, and its index. */
    public record Destination(int index, byte[] wrappingKey) {}

    /**
     * IMP-3, as far as it can be seen without a database: "mode 01; header pk, cc, exportId, index = mine, SPKI hash = mine
     * match; destination application = the caller's; not expired; signatures of at least t+1 source nodes under the source
     * roster verify, unless the request says unsigned". Nothing has been unwrapped yet.
     *
     * @param signed by index, of as many as there are
     * @param now seconds since 1970
     * @throws TransferRefused naming what does not match
     */
    public void require(
            ExportHeader header,
            byte[] blob,
            Destination me,
            Map<Integer, Signed> signed,
            long now,
            StatementVerifier verifier)
            throws TransferRefused {
        requireThat(header.mode() == Mode.MOVE, Reason.DESTINATION, "it was made for a custodian, not for a node");
        requireThat(
                Arrays.equals(header.commonHash(), commonHash),
                Reason.SUBSTITUTED,
                "the header is not the one that was asked for");
        requireThat(
                Arrays.equals(header.publicKey().encode(), publicKey),
                Reason.SUBSTITUTED,
                "it is of another public key than is expected");
        requireThat(
                chainCodeHash.length == 0 || Arrays.equals(chainCodeHash(header.chainCode()), chainCodeHash),
                Reason.SUBSTITUTED,
                "it has another chain code than is expected");
        requireThat(
                Arrays.equals(header.exportId(), exportId),
                Reason.SUBSTITUTED,
                "it is of another export than is expected");
        requireThat(
                header.index() == me.index(),
                Reason.DESTINATION,
                "it is for index " + header.index() + ", and this node is at " + me.index());
        requireThat(
                Arrays.equals(header.recipient(), me.wrappingKey()),
                Reason.DESTINATION,
                "it is for another wrapping key than that of this node");
        requireThat(
                header.application().equals(application),
                Reason.APPLICATION,
                "it is for application " + header.application() + ", and the caller is of " + application);
        requireThat(now < header.expiry(), Reason.EXPIRED, "its time is over");
        if (!source.isEmpty()) {
            requireSignatures(header, blob, signed, verifier);
        }
    }

    private void requireSignatures(
            ExportHeader header, byte[] blob, Map<Integer, Signed> signed, StatementVerifier verifier)
            throws TransferRefused {
        requireThat(
                source.size() == header.players(),
                Reason.SIGNATURES,
                "the source has " + source.size() + " nodes, and the header is of " + header.players());
        var own = signed.get(header.index());
        requireThat(
                own == null
                        || (Arrays.equals(own.blobHash(), Digest.sha256(blob))
                                && Arrays.equals(own.wrappingKey(), header.recipient())),
                Reason.SIGNATURES,
                "what is signed for this index is another blob");
        long valid = new TreeMap<>(signed).entrySet().stream()
                .filter(entry -> isSigned(header, entry.getKey(), entry.getValue(), verifier))
                .count();
        requireThat(
                valid > header.degree(),
                Reason.SIGNATURES,
                "only " + valid + " nodes of the source have signed, and " + (header.degree() + 1) + " are needed");
    }

    private boolean isSigned(ExportHeader header, int index, Signed said, StatementVerifier verifier) {
        return index >= 1
                && index <= source.size()
                && said.wrappingKey().length == Digest.BYTES
                && said.blobHash().length == Digest.BYTES
                && verifier.verify(
                        source.get(index - 1),
                        header.at(index, said.wrappingKey()).signedHash(said.blobHash()),
                        said.signature());
    }

    private static void requireThat(boolean holds, Reason reason, String otherwise) throws TransferRefused {
        if (!holds) {
            throw new TransferRefused(reason, otherwise);
        }
    }
}
