package quorate.frost;

import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.Transcript;
import quorate.derive.DerivedKey;
import quorate.derive.Path;
import quorate.key.Scheme;

/**
 * What all signers are asked to sign, and as which key.
 *
 * @param message the bytes themselves; hashing is the suite's
 * @param path of the derived key as protocols.md 0.3 encodes it; the root is the single byte 00
 * @param tweak e, the sum of the derivation steps of that path; 0 for the root
 */
public record SigningRequest(byte[] message, byte[] path, Scalar tweak, Taproot taproot) {
    public SigningRequest {
        try {
            path = Path.decode(path).encode();
        } catch (DecodingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        message = message.clone();
    }

    /** By the key itself. */
    public static SigningRequest of(Group group, byte[] message) {
        return of(group, message, Taproot.NONE);
    }

    /** By the key itself, as a Taproot output or not. */
    public static SigningRequest of(Group group, byte[] message, Taproot taproot) {
        return new SigningRequest(message, Path.ROOT.encode(), group.scalar(0), taproot);
    }

    /**
     * By {@code key}, which descends from the key that is signed for, as a Taproot output or not.
     *
     * @param key carries its path and its tweak, so the two always belong together
     */
    public static SigningRequest of(DerivedKey key, byte[] message, Taproot taproot) {
        return new SigningRequest(message, key.path().encode(), key.tweak(), taproot);
    }

    /**
     * pk': the key that verifies the signature, with every tweak applied.
     *
     * @param root the public key that is signed for
     * @throws IllegalArgumentException if the tweaks lead to no key, or the scheme has no Taproot
     */
    public Point publicKey(Scheme scheme, Point root) {
        return EffectiveKey.of(Suite.of(scheme, root.group()), root, this).publicKey();
    }

    /** The params of protocolId 7 (protocols.md 0.4): so the request is part of what all signers agree on. */
    public List<byte[]> params() {
        return List.of(
                Transcript.of("frost/msg").add(message).hash(),
                path,
                Encoding.i2osp(taproot.flag(), 1),
                taproot.merkleRoot());
    }

    /** request of protocols.md 4.3: names this request for one presignature. */
    byte[] digest(byte[] presigId) {
        return Transcript.of("frost/request")
                .add(presigId)
                .add(message)
                .add(path)
                .addU8(taproot.flag())
                .add(taproot.merkleRoot())
                .hash();
    }
}
