package quorate.node.config;

import java.io.IOException;
import java.nio.file.Path;
import quorate.node.identity.Bytes32;
import quorate.node.rsa.RsaRecipient;

/** Writes RSA keys into the list {@code [share-backup] recipients} of a node.toml. */
public final class ShareRecipients {
    private static final ListSetting LIST = new ListSetting(NodeConfig.SHARE_BACKUP, NodeConfig.RECIPIENTS);

    private ShareRecipients() {}

    /**
     * Adds the key of a PEM file, by its fingerprint.
     *
     * @return the fingerprint
     * @throws ConfigException if the key is refused, or the list is written in a way that is not understood here
     */
    public static Bytes32 add(Path configuration, Path publicKey) throws ConfigException {
        try {
            var recipient = RsaRecipient.read(publicKey).fingerprint();
            LIST.add(
                    configuration,
                    "\"" + NodeConfig.FINGERPRINT + recipient + "\"",
                    config -> config.shareRecipients().contains(recipient));
            return recipient;
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
    }
}
