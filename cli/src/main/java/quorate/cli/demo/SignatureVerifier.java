package quorate.cli.demo;

import quorate.api.Bytes;
import quorate.cli.key.KeyKind;

/** Checks signatures with code that has nothing to do with the code that made them. */
@FunctionalInterface
public interface SignatureVerifier {
    boolean verifies(KeyKind kind, Bytes publicKey, Bytes message, Bytes signature);
}
