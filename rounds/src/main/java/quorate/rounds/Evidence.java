package quorate.rounds;

import java.util.Arrays;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;

/**
 * What one party signed in one broadcast round: "evidence of COM-8" of protocols.md Appendix C. Two of one
 * slot with different digests prove that the party told different things to different peers.
 *
 * @param ctx 32 bytes
 * @param round from 1: round 0 is signed before there is a ctx
 * @param digest TH("bcast/payload", payload)
 */
public record Evidence(byte[] ctx, int round, int role, int index, byte[] digest, byte[] signature) {
    public static final int BYTES = 132;

    private static final int DIGEST_BYTES = 32;
    private static final int ROUND_AT = DIGEST_BYTES;
    private static final int ROLE_AT = ROUND_AT + 1;
    private static final int INDEX_AT = ROLE_AT + 1;
    private static final int DIGEST_AT = INDEX_AT + 2;
    private static final int SIGNATURE_AT = DIGEST_AT + DIGEST_BYTES;

    /** TH("bcast/payload", payload). */
    public static byte[] digestOf(byte[] payload) {
        return Transcript.of("bcast/payload").add(payload).hash();
    }

    /**
     * TH("bcast", binding, I2OSP(round,1), role || I2OSP(index,2), digest): what the statement key signs.
     *
     * @param binding ctx, or in round 0 the session id
     */
    public static byte[] statement(byte[] binding, int round, int role, int index, byte[] digest) {
        return Transcript.of("bcast")
                .add(binding)
                .addU8(round)
                .add(Encoding.i2osp(role, 1), Encoding.i2osp(index, 2))
                .add(digest)
                .hash();
    }

    /** What was signed here. */
    public byte[] statement() {
        return statement(ctx, round, role, index, digest);
    }

    /** {@link Entry#address} of the signer. */
    public int address() {
        return Entry.address(role, index);
    }

    public byte[] encode() {
        return Encoding.concat(
                ctx, Encoding.i2osp(round, 1), Encoding.i2osp(role, 1), Encoding.i2osp(index, 2), digest, signature);
    }

    /** The evidence at {@code offset} of {@code bytes}, which has {@link #BYTES} bytes from there. */
    static Evidence decode(byte[] bytes, int offset) {
        return new Evidence(
                Arrays.copyOfRange(bytes, offset, offset + ROUND_AT),
                bytes[offset + ROUND_AT] & 0xff,
                bytes[offset + ROLE_AT] & 0xff,
                (int) Encoding.os2ip(bytes, offset + INDEX_AT, 2),
                Arrays.copyOfRange(bytes, offset + DIGEST_AT, offset + SIGNATURE_AT),
                Arrays.copyOfRange(bytes, offset + SIGNATURE_AT, offset + BYTES));
    }
}
