package quorate.node.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import quorate.key.Sharing;
import quorate.node.identity.Bytes32;
import quorate.rsa.RsaRecipient;

/**
 * For whom this node exports keys (protocols.md 7.2): "both lists live in the node's configuration file, are empty by
 * default, and no API changes them".
 *
 * @param destinations wrapping keys of nodes, each with the only index that it may have
 * @param custodianKeys RSA keys whose holders may get whole keys
 */
public record ExportLists(Set<Destination> destinations, Set<Bytes32> custodianKeys) {
    /** Nobody. */
    public static final ExportLists NONE = new ExportLists(Set.of(), Set.of());

    static final String EXPORT = "export";
    static final String DESTINATIONS = "destinations";
    static final String CUSTODIAN_KEYS = "custodian-keys";
    private static final String INDEX = "index";
    private static final String FINGERPRINT = "fingerprint";

    /** A node at the other end, by its index there and the fingerprint of its wrapping key. */
    public record Destination(int index, Bytes32 fingerprint) {}

    public ExportLists {
        destinations = Set.copyOf(destinations);
        custodianKeys = Set.copyOf(custodianKeys);
    }

    static ExportLists read(Path file, Settings settings) throws ConfigException {
        var destinations = new HashSet<Destination>();
        for (var entry : settings.tables(DESTINATIONS)) {
            destinations.add(new Destination(
                    entry.number(INDEX, 1, Sharing.MAX_PLAYERS), key(file, entry, FINGERPRINT, entry.text(FINGERPRINT))));
        }
        var custodians = new HashSet<Bytes32>();
        if (settings.has(CUSTODIAN_KEYS)) {
            for (var text : settings.textsOrNone(CUSTODIAN_KEYS)) {
                custodians.add(key(file, settings, CUSTODIAN_KEYS, text));
            }
        }
        return new ExportLists(destinations, custodians);
    }

    /** A fingerprint, or a PEM file that is read now. */
    static Bytes32 key(Path file, Settings settings, String name, String text) throws ConfigException {
        if (text.contains("*")) {
            throw settings.wrong(name, "\"" + text + "\": every key is named by itself, there is no wildcard");
        }
        try {
            return text.startsWith(NodeConfig.FINGERPRINT)
                    ? new Bytes32(text.substring(NodeConfig.FINGERPRINT.length()))
                    : Bytes32.of(
                            RsaRecipient.read(file.toAbsolutePath().resolveSibling(text)).fingerprint().bytes());
        } catch (IllegalArgumentException e) {
            throw settings.wrong(name, e);
        } catch (IOException e) {
            throw settings.wrong(name, String.valueOf(e.getMessage()));
        }
    }
}
