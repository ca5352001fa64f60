package quorate.store;

import java.nio.file.Path;

/**
 * Which database a node opens, and as whom.
 *
 * @param configurationLock lock file beside the configuration file, made if absent
 * @param folder data folder, which holds the database and nothing of others
 * @param node who the configuration says this is
 * @param masterKey where the key that opens it is kept
 * @param createIfMissing whether a new database may be made if there is none: for the first start of a node only
 * @param allowNetworkFileSystem whether the operator insists (protocols.md 15.2)
 */
public record DatabaseSettings(
        Path configurationLock,
        Path folder,
        NodeName node,
        MasterKeySource masterKey,
        boolean createIfMissing,
        boolean allowNetworkFileSystem) {}
