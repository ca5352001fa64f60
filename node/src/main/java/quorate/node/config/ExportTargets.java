package quorate.node.config;

import java.io.IOException;
import java.nio.file.Path;
import quorate.node.identity.Bytes32;
import quorate.rsa.RsaRecipient;

/** Writes destinations and custodians into the lists of {@code [export]} of a node.toml. */
public final class ExportTargets {
    private static final ListSetting DESTINATIONS =
            new ListSetting(ExportLists.EXPORT, ExportLists.DESTINATIONS);
    private static final ListSetting CUSTODIANS = new ListSetting(ExportLists.EXPORT, ExportLists.CUSTODIAN_KEYS);

    private ExportTargets() {}

    /**
     * Allows keys to move to a node.
     *
     * @param index that it has at the other end
     * @param spki its wrapping key
     * @return the fingerprint
     * @throws ConfigException if the key is refused, or the list is written in a way that is not understood here
     */
    public static Bytes32 addDestination(Path configuration, int index, byte[] spki) throws ConfigException {
        try {
            var fingerprint = Bytes32.of(RsaRecipient.of(spki).fingerprint().bytes());
            DESTINATIONS.add(
                    configuration,
                    "{index = " + index + ", fingerprint = \"" + NodeConfig.FINGERPRINT + fingerprint + "\"}",
                    config -> config.exports()
                            .destinations()
                            .contains(new ExportLists.Destination(index, fingerprint)));
            return fingerprint;
        } catch (IllegalArgumentException e) {
            throw new ConfigException("the wrapping key is refused: " + e.getMessage());
        }
    }

    /** Allows whole keys to be disclosed to the holder of the RSA key in a PEM file. */
    public static Bytes32 addCustodian(Path configuration, Path publicKey) throws ConfigException {
        try {
            var fingerprint = Bytes32.of(RsaRecipient.read(publicKey).fingerprint().bytes());
            CUSTODIANS.add(
                    configuration,
                    "\"" + NodeConfig.FINGERPRINT + fingerprint + "\"",
                    config -> config.exports().custodianKeys().contains(fingerprint));
            return fingerprint;
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
    }
}
