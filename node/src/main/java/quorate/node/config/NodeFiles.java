package quorate.node.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import quorate.node.identity.NodeIdentity;
import quorate.node.identity.OwnerOnly;

/**
 * Makes the folder of one node: {@code node.toml}, {@code identity/}, {@code master.key}. For nodes of
 * separate organisations, each on its own machine; {@link ClusterFiles} for all nodes on one.
 */
public final class NodeFiles {
    static final String CONFIG = "node.toml";
    static final String CARD = "card.toml";
    static final String ROSTER = "roster.toml";
    static final String CREDENTIALS = "credentials";
    private static final int MASTER_KEY_BYTES = 32;

    private NodeFiles() {}

    /**
     * A new folder for {@code player}, with credentials for one key user and one administrator of this node.
     * Its {@code roster.toml}, made from all cards, is still to be put beside node.toml.
     *
     * @return the card to give to the others; also in {@code card.toml}
     */
    public static Card init(Path folder, int player, Address mpc, Address api, SecureRandom random)
            throws ConfigException {
        if (player < 1 || player > Roster.MOST_PLAYERS) {
            throw new ConfigException("player must be 1 to " + Roster.MOST_PLAYERS + ", is " + player);
        }
        if (mpc.port() == 0 || api.port() == 0 || mpc.equals(api)) {
            throw new ConfigException("the addresses for peers and callers must differ and name a port");
        }
        try (var user = new Credentials("user", Role.KEY_USER);
                var admin = new Credentials("admin", Role.ADMINISTRATOR)) {
            var made = new Card[1];
            OwnerOnly.createFolder(folder, random, staging -> {
                var callers = List.of(user.issue(player, random), admin.issue(player, random));
                made[0] = write(staging, player, mpc, api, ROSTER, callers, random);
                OwnerOnly.createPublicFile(staging.resolve(CARD), utf8(made[0].toToml()));
                var credentials = staging.resolve(CREDENTIALS);
                OwnerOnly.createSubfolder(credentials);
                user.write(credentials);
                admin.write(credentials);
            });
            return made[0];
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
    }

    /** Fills {@code folder}, which is being staged. */
    static Card write(
            Path folder, int player, Address mpc, Address api, String roster, List<Caller> callers, SecureRandom random)
            throws IOException {
        var identity = NodeIdentity.create(folder.resolve("identity"), player, List.of(api.host()), random);
        writeMasterKey(folder.resolve("master.key"), random);
        var entries = callers.stream().map(NodeFiles::entry).collect(Collectors.joining());
        var text = """
                # Node %1$d. Paths are relative to this file. Unknown settings stop the start.
                player = %1$d
                data = "data"
                identity = "identity"
                roster = "%2$s"

                [api]
                address = "%3$s"

                [mpc]
                address = "%4$s"

                [master-key]
                key-file = "master.key"
                %5$s""".formatted(player, roster, api, mpc, entries);
        OwnerOnly.createFile(folder.resolve(CONFIG), utf8(text));
        return Card.of(identity, mpc, api);
    }

    static String entry(Caller caller) {
        var roles = caller.roles().stream().map(role -> '"' + role.text() + '"').collect(Collectors.joining(", "));
        return """

                [[caller]]
                name = "%s"
                roles = [%s]
                key-sha256 = "%s"
                """.formatted(caller.name(), roles, caller.keySha256());
    }

    /** 64 hex digits and a line end, never in a String. */
    private static void writeMasterKey(Path file, SecureRandom random) throws IOException {
        var key = new byte[MASTER_KEY_BYTES];
        random.nextBytes(key);
        var text = new byte[2 * MASTER_KEY_BYTES + 1];
        try {
            for (int i = 0; i < key.length; i++) {
                text[2 * i] = (byte) HexFormat.of().toHighHexDigit(key[i]);
                text[2 * i + 1] = (byte) HexFormat.of().toLowHexDigit(key[i]);
            }
            text[2 * MASTER_KEY_BYTES] = '\n';
            OwnerOnly.createFile(file, text);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(text, (byte) 0);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
