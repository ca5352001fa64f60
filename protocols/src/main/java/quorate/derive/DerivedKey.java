package quorate.derive;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.key.Sharing;

/**
 * A key at the end of a path from the key of a sharing, which is its own descendant at {@link Path#ROOT}. Shares of
 * it are never made: x_i + e, for every party the same e, is a share of it.
 *
 * @param publicKey pk_e = pk + e·G
 * @param chainCode confidential, 32 bytes: who has it and a public key can find all descendants
 * @param tweak e, the sum of all steps; 0 at the root
 */
public record DerivedKey(Path path, Point publicKey, byte[] chainCode, Scalar tweak) {
    public DerivedKey {
        if (chainCode.length != Sharing.CHAIN_CODE_BYTES) {
            throw new IllegalArgumentException("a chain code has " + Sharing.CHAIN_CODE_BYTES + " bytes");
        }
        chainCode = chainCode.clone();
    }

    /** The key of {@code sharing} itself. */
    public static DerivedKey root(Sharing sharing) {
        return root(sharing.publicKey(), sharing.chainCode());
    }

    /** A key outside of any sharing, as a wallet knows it. */
    public static DerivedKey root(Point publicKey, byte[] chainCode) {
        return new DerivedKey(Path.ROOT, publicKey, chainCode, publicKey.group().scalar(0));
    }

    @Override
    public byte[] chainCode() {
        return chainCode.clone();
    }

    /**
     * One soft step.
     *
     * @throws IllegalArgumentException if the index is hardened, the path too deep, or there is no such key
     */
    public DerivedKey child(int index) {
        var next = path.child(index);
        var step = SoftStep.of(publicKey, Hmac.keyed(chainCode), index);
        return new DerivedKey(next, step.child(), step.chainCode(), tweak.plus(step.tweak()));
    }

    /** Whether both are the same key on the same path. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DerivedKey that
                && path.equals(that.path)
                && publicKey.equals(that.publicKey)
                && tweak.equals(that.tweak)
                && Arrays.equals(chainCode, that.chainCode);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(chainCode);
    }

    /** Without the chain code, which is confidential. */
    @Override
    public String toString() {
        return "DerivedKey[" + path + "]";
    }
}
