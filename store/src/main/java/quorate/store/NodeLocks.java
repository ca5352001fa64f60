package quorate.store;

import java.nio.file.Path;

/** Both locks of a node: beside its configuration, and beside its database (PSG-3). */
record NodeLocks(ProcessLock configuration, ProcessLock database) implements AutoCloseable {
    static NodeLocks acquire(Path configurationLock, Path databaseLock) {
        var configuration = ProcessLock.acquire(configurationLock);
        try {
            return new NodeLocks(configuration, ProcessLock.acquire(databaseLock));
        } catch (StoreException e) {
            configuration.close();
            throw e;
        }
    }

    void requireInPlace() {
        requireInPlace(configuration);
        requireInPlace(database);
    }

    private static void requireInPlace(ProcessLock lock) {
        if (!lock.stillInPlace()) {
            throw new NotOwner("the lock file " + lock.file() + " was removed or replaced");
        }
    }

    @Override
    public void close() {
        try (configuration) {
            database.close();
        }
    }
}
