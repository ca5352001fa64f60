package quorate.node.key;

import java.util.TreeSet;
import quorate.api.Operation;
import quorate.api.ProblemCode;
import quorate.api.Resolve;
import quorate.commit.Octets;
import quorate.commit.OperationRecord;
import quorate.node.commit.Commits;
import quorate.node.problem.ProblemException;
import quorate.store.Database;

/**
 * {@code key resolve}: an administrator says that players are gone, so that an operation which waits for them can come
 * to its end (protocols.md 5.4, R6). There is no command that forces a commit or an abort.
 */
public final class Resolution {
    private final Database database;
    private final Commits commits;
    private final KeyOperations operations;

    public Resolution(Database database, Commits commits, KeyOperations operations) {
        this.database = database;
        this.commits = commits;
        this.operations = operations;
    }

    /**
     * From now on the players are dead for this operation on this node.
     *
     * @param by the name of the credential, for the audit
     */
    public Operation resolve(String by, String keyId, Resolve request) {
        var operation = operations.operation(request.opId());
        if (!operation.keyId().equals(keyId)) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND, "operation " + request.opId().hex() + " is not one of key " + keyId);
        }
        var key = KeyOperations.name(keyId);
        var name = Octets.of(request.opId().toArray());
        var before = commits.find(key, name).map(OperationRecord::dead);
        try {
            var after = commits.declareDead(key, name, new TreeSet<>(request.dead())).map(OperationRecord::dead);
            if (!after.equals(before)) {
                report(by, keyId, request);
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        return operations.operation(request.opId());
    }

    private void report(String by, String keyId, Resolve request) {
        database.events()
                .append(
                        "declared-dead",
                        "players " + request.dead() + " in operation " + request.opId().hex() + " of key " + keyId
                                + ", by " + by);
    }
}
