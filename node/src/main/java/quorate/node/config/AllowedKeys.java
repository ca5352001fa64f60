package quorate.node.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import quorate.node.identity.Bytes32;
import quorate.rsa.RsaRecipient;

/**
 * The lists of RSA keys in a node.toml: to whom this node gives what, empty unless its operator wrote them there. Writing
 * them here is the only way into the lists; the node reads them when it starts.
 */
public enum AllowedKeys {
    /** {@code [share-backup] recipients}: for whose holders administrators may have shares sealed. */
    SHARE_BACKUP("share-backup", "recipients") {
        @Override
        Set<Bytes32> in(NodeConfig config) {
            return config.shareRecipients();
        }
    },
    /** {@code [recovery] keys}: recoveryKeys of protocols.md 8.2 (PVE-0). */
    RECOVERY("recovery", "keys") {
        @Override
        Set<Bytes32> in(NodeConfig config) {
            return config.recoveryKeys();
        }
    };

    private final String table;
    private final String key;

    AllowedKeys(String table, String key) {
        this.table = table;
        this.key = key;
    }

    String table() {
        return table;
    }

    String key() {
        return key;
    }

    abstract Set<Bytes32> in(NodeConfig config);

    /**
     * Adds the key of a PEM file, by its fingerprint; nothing else of the file changes.
     *
     * @return the fingerprint
     * @throws ConfigException if the key is refused, or the list is written in a way that is not understood here
     */
    public Bytes32 add(Path configuration, Path publicKey) throws ConfigException {
        try {
            var recipient = Bytes32.of(RsaRecipient.read(publicKey).fingerprint().bytes());
            new ListSetting(table, key)
                    .add(
                            configuration,
                            "\"" + NodeConfig.FINGERPRINT + recipient + "\"",
                            config -> in(config).contains(recipient));
            return recipient;
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
    }
}
