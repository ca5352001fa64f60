package quorate.store;

import java.time.Instant;

/**
 * A player that an administrator of this node registered while it ran. All of it is public.
 *
 * @param mpc where peers reach it
 * @param api where callers reach it
 * @param tlsPin SHA-256 of the SubjectPublicKeyInfo of its link key
 * @param statementKey Ed25519
 * @param apiPin SHA-256 of the SubjectPublicKeyInfo of its API key
 * @param by who registered it
 */
public record RegisteredPlayer(
        int player, String mpc, String api, Bytes tlsPin, Bytes statementKey, Bytes apiPin, String by, Instant at) {
    private static final int KEY_BYTES = 32;

    public RegisteredPlayer {
        tlsPin.requireLength(KEY_BYTES, "TLS pin");
        statementKey.requireLength(KEY_BYTES, "statement key");
        apiPin.requireLength(KEY_BYTES, "API pin");
    }
}
