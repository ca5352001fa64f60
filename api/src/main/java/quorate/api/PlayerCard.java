package quorate.api;

/**
 * What a node tells the others about itself, all public.
 *
 * @param mpc where peers reach it, host:port
 * @param api where callers reach it, host:port
 * @param tlsPin SHA-256 of the SubjectPublicKeyInfo of its link key
 * @param statementKey Ed25519
 * @param apiPin SHA-256 of the SubjectPublicKeyInfo of its API key
 */
public record PlayerCard(int player, String mpc, String api, Bytes tlsPin, Bytes statementKey, Bytes apiPin) {
    private static final int KEY_BYTES = 32;
    private static final int MAX_ADDRESS_BYTES = 300;

    public PlayerCard {
        Require.player("player", player);
        Require.present("mpc", mpc);
        Require.atMostBytes("mpc", mpc, MAX_ADDRESS_BYTES);
        Require.present("api", api);
        Require.atMostBytes("api", api, MAX_ADDRESS_BYTES);
        Require.size("tlsPin", tlsPin, KEY_BYTES);
        Require.size("statementKey", statementKey, KEY_BYTES);
        Require.size("apiPin", apiPin, KEY_BYTES);
    }
}
