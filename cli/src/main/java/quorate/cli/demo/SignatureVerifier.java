package quorate.cli.demo;

import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.cli.key.KeyKind;

/** Checks signatures with code that has nothing to do with the code that made them. */
@FunctionalInterface
public interface SignatureVerifier {
    /**
     * Whether this is a signature of the message by the key.
     *
     * @param recoveryId of ECDSA, which must lead from the signature to the public key; null for everything else
     */
    boolean verifies(KeyKind kind, Bytes publicKey, Bytes message, Bytes signature, @Nullable Integer recoveryId);
}
