package quorate.store;

import java.util.Optional;

/**
 * Why the store refused or failed. Unchecked, because any statement can meet a full disk; sealed, so that the node maps
 * every case. Messages say what, where and what to do next, and never carry a secret.
 */
public abstract sealed class StoreException extends RuntimeException
        permits AlreadyRunning,
                BadMasterKeyFile,
                Damaged,
                DatabaseMissing,
                ForeignDatabase,
                KeyIdTaken,
                NetworkFileSystem,
                NewerSchema,
                NotDurable,
                NotOwner,
                OperationOpen,
                StorageFailed,
                TargetNotEmpty,
                UnsafePermissions,
                WrongMasterKey {
    private static final long serialVersionUID = 1L;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Stable name of this refusal, such as {@code "ALREADY_RUNNING"}. */
    public abstract String code();

    /** The check of protocols.md Appendix A that refused, such as {@code "PSG-3"}; empty for what it does not name. */
    public Optional<String> check() {
        return Optional.empty();
    }
}
