package quorate.node.problem;

import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.store.AlreadyRunning;
import quorate.store.BadMasterKeyFile;
import quorate.store.Damaged;
import quorate.store.DatabaseMissing;
import quorate.store.ForeignDatabase;
import quorate.store.KeyIdTaken;
import quorate.store.NetworkFileSystem;
import quorate.store.NewerSchema;
import quorate.store.NotDurable;
import quorate.store.NotOwner;
import quorate.store.OperationOpen;
import quorate.store.StorageFailed;
import quorate.store.StoreException;
import quorate.store.TargetNotEmpty;
import quorate.store.UnsafePermissions;
import quorate.store.WrongMasterKey;

/** Gives every refusal and failure of the store its stable code. */
public final class StoreProblems {
    private StoreProblems() {}

    /** The code that goes with it. */
    public static ProblemCode code(StoreException failure) {
        return switch (failure) {
            case AlreadyRunning running -> ProblemCode.NODE_RUNNING;
            case BadMasterKeyFile file -> ProblemCode.BAD_MASTER_KEY_FILE;
            case Damaged damaged -> ProblemCode.DATABASE_DAMAGED;
            case DatabaseMissing missing -> ProblemCode.DATABASE_MISSING;
            case ForeignDatabase foreign -> ProblemCode.FOREIGN_DATABASE;
            case KeyIdTaken taken -> ProblemCode.KEY_EXISTS;
            case NetworkFileSystem network -> ProblemCode.NETWORK_FILE_SYSTEM;
            case NewerSchema newer -> ProblemCode.NEWER_SCHEMA;
            case NotDurable setting -> ProblemCode.NOT_DURABLE;
            case NotOwner lost -> ProblemCode.NOT_OWNER;
            case OperationOpen open -> ProblemCode.BUSY;
            case StorageFailed failed -> ProblemCode.STORAGE_FAILED;
            case TargetNotEmpty target -> ProblemCode.TARGET_NOT_EMPTY;
            case UnsafePermissions permissions -> ProblemCode.UNSAFE_PERMISSIONS;
            case WrongMasterKey key -> ProblemCode.WRONG_MASTER_KEY;
        };
    }

    /** For the operator of this machine: with all particulars, such as paths. */
    public static Problem forOperator(StoreException failure) {
        return withCheck(Problem.of(code(failure), String.valueOf(failure.getMessage())), failure);
    }

    /** For a caller of the API: what is wrong with the machine is in the log, and no caller's business. */
    public static Problem forCaller(StoreException failure) {
        var code = code(failure);
        var detail =
                switch (code) {
                    case KEY_EXISTS, BUSY, NOT_OWNER -> String.valueOf(failure.getMessage());
                    default -> code.title() + "; the log of the node says more";
                };
        return withCheck(Problem.of(code, detail), failure);
    }

    private static Problem withCheck(Problem problem, StoreException failure) {
        return failure.check().map(problem::failing).orElse(problem);
    }
}
