package quorate.node.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import quorate.node.identity.Bytes32;
import quorate.node.identity.OwnerOnly;

/**
 * The settings of one node: node.toml. Paths in it are relative to the file.
 *
 * @param file where it was read from
 * @param player this node's number, from 1
 * @param data the folder of the database
 * @param identity the folder of the keys
 * @param roster the public cluster file
 * @param api where to listen for callers
 * @param mpc where to listen for peers
 * @param shareRecipients fingerprints of the RSA keys for whose holders administrators may have shares sealed
 * @param recoveryKeys fingerprints of the RSA keys for whose holders this node makes emergency recovery data
 * @param exports for whom keys may be exported
 */
public record NodeConfig(
        Path file,
        int player,
        Path data,
        Path identity,
        Path roster,
        Address api,
        Address mpc,
        MasterKeySource masterKey,
        List<Caller> callers,
        Limits limits,
        Set<Bytes32> shareRecipients,
        Set<Bytes32> recoveryKeys,
        ExportLists exports) {
    static final String FINGERPRINT = "sha256:";

    public NodeConfig {
        callers = List.copyOf(callers);
        shareRecipients = Set.copyOf(shareRecipients);
        recoveryKeys = Set.copyOf(recoveryKeys);
    }

    /** Reads node.toml and refuses it, its identity, master key or data if others than the owner can use them. */
    public static NodeConfig load(Path file) throws ConfigException {
        var config = Settings.read(file, settings -> read(file, settings));
        requireOwnerOnly(file, true);
        requireOwnerOnly(config.identity, true);
        requireOwnerOnly(config.masterKey.file(), true);
        requireOwnerOnly(config.data, false);
        return config;
    }

    /** What the file would mean with this text. */
    static NodeConfig parse(Path file, String text) throws ConfigException {
        return Settings.parse(file.toString(), text, settings -> read(file, settings));
    }

    private static NodeConfig read(Path file, Settings settings) throws ConfigException {
        var config = new NodeConfig(
                file,
                settings.number("player", 1, Roster.MOST_PLAYERS),
                path(file, settings, "data"),
                path(file, settings, "identity"),
                path(file, settings, "roster"),
                listen(settings.table("api")),
                listen(settings.table("mpc")),
                masterKey(file, settings.table("master-key")),
                callers(settings),
                limits(settings),
                fingerprints(file, settings, AllowedKeys.SHARE_BACKUP),
                fingerprints(file, settings, AllowedKeys.RECOVERY),
                exports(file, settings));
        if (config.api.equals(config.mpc)) {
            throw settings.wrong("mpc", "address must differ from that of [api]");
        }
        return config;
    }

    private static Limits limits(Settings settings) throws ConfigException {
        var limits = settings.optionalTable("limits");
        return limits.isPresent() ? Limits.read(limits.get()) : Limits.DEFAULT;
    }

    /** Empty unless the operator wrote a list: fingerprints, or PEM files that are read now. No API changes it. */
    private static Set<Bytes32> fingerprints(Path file, Settings settings, AllowedKeys list) throws ConfigException {
        var table = settings.optionalTable(list.table());
        var fingerprints = new HashSet<Bytes32>();
        if (table.isPresent() && table.get().has(list.key())) {
            for (var text : table.get().textsOrNone(list.key())) {
                fingerprints.add(ExportLists.key(file, table.get(), list.key(), text));
            }
        }
        return fingerprints;
    }

    private static ExportLists exports(Path file, Settings settings) throws ConfigException {
        var table = settings.optionalTable(ExportLists.EXPORT);
        return table.isPresent() ? ExportLists.read(file, table.get()) : ExportLists.NONE;
    }

    private static Address listen(Settings settings) throws ConfigException {
        var address = settings.address("address");
        if (address.port() == 0) {
            throw settings.wrong("address", "must have a port from 1 to 65535");
        }
        return address;
    }

    private static MasterKeySource masterKey(Path file, Settings settings) throws ConfigException {
        boolean keyFile = settings.has("key-file");
        if (keyFile == settings.has("password-file")) {
            throw settings.wrong("key-file", "exactly one of key-file and password-file must be given");
        }
        return keyFile
                ? new MasterKeySource.KeyFile(path(file, settings, "key-file"))
                : new MasterKeySource.PasswordFile(path(file, settings, "password-file"));
    }

    private static List<Caller> callers(Settings settings) throws ConfigException {
        var callers = new ArrayList<Caller>();
        Set<Object> seen = new HashSet<>();
        for (var table : settings.tables("caller")) {
            var caller = Caller.read(table);
            if (!seen.add(caller.name())) {
                throw table.wrong("name", "\"" + caller.name() + "\" is taken by a caller above");
            }
            if (!seen.add(caller.keySha256())) {
                throw table.wrong("key-sha256", "is the key of a caller above: every caller has its own");
            }
            callers.add(caller);
        }
        return callers;
    }

    private static Path path(Path file, Settings settings, String key) throws ConfigException {
        var text = settings.text(key);
        try {
            return file.toAbsolutePath().resolveSibling(text).normalize();
        } catch (InvalidPathException e) {
            throw settings.wrong(key, e);
        }
    }

    private static void requireOwnerOnly(Path path, boolean mustExist) throws ConfigException {
        if (!Files.exists(path)) {
            if (mustExist) {
                throw new ConfigException(path + ": there is no such file");
            }
            return;
        }
        try {
            var exposure = OwnerOnly.exposure(path);
            if (exposure.isPresent()) {
                throw new ConfigException(exposure.get());
            }
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
    }

    /** Who presents this API key; nobody for an unknown one. Takes the same time whichever caller it is. */
    public Optional<Caller> caller(byte[] presentedKey) {
        var hash = ApiKey.sha256(presentedKey).bytes();
        Optional<Caller> found = Optional.empty();
        for (var caller : callers) {
            if (MessageDigest.isEqual(caller.keySha256().bytes(), hash)) {
                found = Optional.of(caller);
            }
        }
        return found;
    }
}
