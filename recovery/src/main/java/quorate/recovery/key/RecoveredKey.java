package quorate.recovery.key;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.algebra.SecretScalar;
import quorate.recovery.KeyRecord;
import quorate.recovery.KeyScheme;

/**
 * A whole private key, in the memory of whoever recovered it, for as long as its scope. Children are those of BIP-32 on
 * secp256k1, SLIP-10 on P-256 and, on edwards25519, of protocols.md 4.5: the same that the nodes sign for.
 */
public final class RecoveredKey {
    private static final int HALF = 32;
    private static final byte[] RETRY = {1};
    private static final byte[] EDWARDS = {2};

    private final KeyScheme scheme;
    private final SecretScalar secret;
    private final byte[] chainCode;
    private final Secrets scope;

    private RecoveredKey(KeyScheme scheme, SecretScalar secret, byte[] chainCode, Secrets scope) {
        this.scheme = scheme;
        this.secret = secret;
        this.chainCode = chainCode;
        this.scope = scope;
    }

    /**
     * The key of a record.
     *
     * @param secret sk of the key of this record; it and its children live as long as {@code scope}
     */
    public static RecoveredKey of(KeyRecord key, SecretScalar secret, Secrets scope) {
        if (!key.group().multiplyBase(secret).equals(key.publicKey())) {
            throw new IllegalArgumentException("not the private key of " + key.keyId());
        }
        return new RecoveredKey(key.scheme(), secret, key.chainCode(), scope);
    }

    public KeyScheme scheme() {
        return scheme;
    }

    public Group group() {
        return secret.group();
    }

    public Point publicKey() {
        return group().multiplyBase(secret);
    }

    /** The public key as it is shown, see {@link KeyRecord#shownPublicKey}. */
    public byte[] shownPublicKey() {
        var encoded = publicKey().encode();
        return scheme == KeyScheme.BIP340 ? Arrays.copyOfRange(encoded, 1, encoded.length) : encoded;
    }

    SecretScalar secret() {
        return secret;
    }

    /** The scalar in the encoding of its curve, 32 bytes: little-endian on edwards25519. The caller wipes it. */
    public byte[] exposeScalar() {
        return secret.exposeFor(Purpose.RECOVERY);
    }

    /**
     * The descendant at a path.
     *
     * @throws IllegalArgumentException if there is no such child
     */
    public RecoveredKey descendant(ChildPath path) {
        var key = this;
        for (int index : path.indices()) {
            key = key.child(index);
        }
        return key;
    }

    private RecoveredKey child(int index) {
        var number = Encoding.i2osp(index & 0xffffffffL, Integer.BYTES);
        if (group().equals(Groups.ED25519)) {
            if (ChildPath.isHardened(index)) {
                throw new IllegalArgumentException("a scalar of edwards25519 has no hardened children");
            }
            return edwards(scope.keep(hmac(EDWARDS, publicKey().encode(), number)));
        }
        byte[] i;
        if (ChildPath.isHardened(index)) {
            var own = scope.keep(exposeScalar());
            i = hmac(new byte[1], own, number);
        } else {
            i = hmac(publicKey().encode(), number);
        }
        scope.keep(i);
        var child = weierstrass(i);
        while (child.isEmpty() && group().equals(Groups.P256)) {
            // SLIP-10: "let I = HMAC-SHA512(Key = cpar, Data = 0x01 || IR || ser32(i)) and restart".
            i = scope.keep(hmac(RETRY, Arrays.copyOfRange(i, HALF, 2 * HALF), number));
            child = weierstrass(i);
        }
        return child.orElseThrow(() -> new IllegalArgumentException("there is no such child: take another index"));
    }

    /** child = parse256(I_L) + parent, cc = I_R; nothing if I_L >= q or the child is 0. */
    private Optional<RecoveredKey> weierstrass(byte[] i) {
        try {
            var tweak = group().decodeSecret(scope, scope.keep(Arrays.copyOf(i, HALF)));
            var child = secret.plus(tweak);
            return child.isZero() ? Optional.empty() : Optional.of(with(child, i));
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }

    /** child = parent + (I_L as LE 256-bit) mod L, cc = I_R. */
    private RecoveredKey edwards(byte[] i) {
        var left = scope.keep(new byte[HALF]);
        for (int at = 0; at < HALF; at++) {
            left[at] = i[HALF - 1 - at];
        }
        return with(secret.plus(group().reduceSecret(scope, left)), i);
    }

    private RecoveredKey with(SecretScalar child, byte[] i) {
        return new RecoveredKey(scheme, child, Arrays.copyOfRange(i, HALF, 2 * HALF), scope);
    }

    private byte[] hmac(byte[]... data) {
        try {
            var mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(chainCode, "HmacSHA512"));
            for (var piece : data) {
                mac.update(piece);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-512", e);
        }
    }

    @Override
    public String toString() {
        return "RecoveredKey[redacted]";
    }
}
