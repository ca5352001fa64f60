package quorate.pair;

import java.nio.ByteBuffer;
import quorate.algebra.DecodingException;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;

/**
 * What one party holds of the set-up with one other party of a key (protocols.md 1.3): both directions of base OTs and
 * the seed of the zero shares. Lives as long as its scope. The setup is public and is its name everywhere.
 *
 * @param me index of this party
 * @param peer index of the other
 * @param generation gen_{ij}
 * @param setup setup_{ij}, 32 bytes
 * @param asBob of the instance in which I am Bob: I hold both seeds
 * @param asAlice of the instance in which I am Alice: I hold Delta and the chosen seeds
 * @param zeroSeed zs_{ij}, 32 bytes, registered with the scope
 */
public record PairState(
        int me,
        int peer,
        long generation,
        byte[] setup,
        SenderSeeds asBob,
        ReceiverSeeds asAlice,
        byte[] zeroSeed,
        Secrets scope) {
    /** Of {@link #exposeFor}. */
    public static final int BYTES = 1 + 2 * Short.BYTES + Long.BYTES + 2 * PairName.SETUP_BYTES
            + 3 * BaseOt.SEEDS_BYTES + BaseOt.CHOICES_BYTES;

    private static final byte VERSION = 1;

    /** What it is called in AGREE and in bans. */
    public PairName name() {
        return PairName.of(peer, generation, setup);
    }

    /**
     * For storage, encrypted: version 01, I2OSP(me,2), I2OSP(peer,2), I2OSP(gen,8), setup, zs, the seeds 0 and 1 as
     * Bob, Delta and the seeds as Alice. The caller wipes it.
     */
    public byte[] exposeFor(Purpose purpose) {
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putShort((short) me)
                .putShort((short) peer)
                .putLong(generation)
                .put(setup)
                .put(zeroSeed)
                .put(asBob.zero())
                .put(asBob.one())
                .put(asAlice.delta())
                .put(asAlice.chosen())
                .array();
    }

    /** The inverse of {@link #exposeFor}. Total: one state, which lives in {@code scope}, or an error. */
    public static PairState decode(byte[] bytes, Secrets scope) throws DecodingException {
        if (bytes.length != BYTES || bytes[0] != VERSION) {
            throw new DecodingException("not a pair state of version " + VERSION + ", " + BYTES + " bytes");
        }
        var in = ByteBuffer.wrap(bytes).position(1);
        int me = in.getShort();
        int peer = in.getShort();
        long generation = in.getLong();
        if (me < 1 || peer < 1 || me == peer || generation < 0) {
            throw new DecodingException("a state of pair " + me + "-" + peer + " and generation "
                    + Long.toUnsignedString(generation));
        }
        var setup = take(in, PairName.SETUP_BYTES);
        var zeroSeed = scope.keep(take(in, BaseOt.SEED_BYTES));
        var asBob = new SenderSeeds(take(in, BaseOt.SEEDS_BYTES), take(in, BaseOt.SEEDS_BYTES), scope);
        var asAlice = new ReceiverSeeds(take(in, BaseOt.CHOICES_BYTES), take(in, BaseOt.SEEDS_BYTES), scope);
        return new PairState(me, peer, generation, setup, asBob, asAlice, zeroSeed, scope);
    }

    private static byte[] take(ByteBuffer in, int bytes) {
        var taken = new byte[bytes];
        in.get(taken);
        return taken;
    }

    @Override
    public String toString() {
        return "PairState[" + me + "-" + peer + ", redacted]";
    }
}
