package quorate.api;

/**
 * Why something was refused or failed. The names are stable and append-only: the same in problem reports, metrics,
 * SDK and command line; {@code docs/errors} has a page for each.
 *
 * <p>The last group never crosses the network: client and command line report with the same record.
 */
public enum ProblemCode {
    BAD_REQUEST(
            400,
            "The request is not well-formed",
            "Correct the request as the detail says."),
    UNKNOWN_MEMBER(
            400,
            "The request has a member that the API does not know",
            "Remove the member, or correct its spelling."),
    UNAUTHENTICATED(
            401,
            "No valid credential was given",
            "Send an API key of this very node: every node has its own."),
    FORBIDDEN(
            403,
            "The credential does not have the role for this",
            "Use a credential with the role that the detail names."),
    REFUSED(
            403,
            "A rule refused the operation",
            "Read the rule in the detail; repeating the request as it is will be refused again."),
    NOT_FOUND(
            404,
            "There is no such resource",
            "Check the path, the operation id or the backup id."),
    KEY_NOT_FOUND(
            404,
            "This node holds no share of the key",
            "Check the key id with `quorate key list`."),
    METHOD_NOT_ALLOWED(
            405,
            "The path does not take this method",
            "Use a method of the API description."),
    KEY_EXISTS(
            409,
            "The key id is already used",
            "Choose another key id, or use the key that exists."),
    PLAYER_UNKNOWN(
            409,
            "The node does not know a player",
            "Register the player with `quorate node register CARD`, and ask again."),
    PLAYER_EXISTS(
            409,
            "The player is known as another node",
            "Give the new node another number: the identity of a player never changes."),
    KEY_UNUSABLE(
            409,
            "This node's share of the key cannot be used now",
            "See the state of the key with `quorate key show ID`; sign with the other players meanwhile."),
    SHARE_STALE(
            409,
            "The share is of an older epoch than the key",
            "Repair the share with `quorate key repair ID --node I`; the other players keep signing."),
    PEER_STALE(
            409,
            "A player holds an older share than this node",
            "Sign with the other players, and repair the share of the player that the detail names."),
    SESSION_USED(
            409,
            "The session id was used before",
            "Draw a new session id and send the request again."),
    BUSY(
            409,
            "Another operation on the key is still open",
            "Wait for the operation that the detail names, or query it; then try again."),
    RESHARE_NOT_EFFECTIVE(
            409,
            "A reshare waits for players",
            "Bring the players back that the detail names, or give them up with `quorate key resolve ID --dead I`."),
    PAUSED(
            409,
            "The node is paused",
            "Wait until the pause ends, or end it with `quorate resume`."),
    PEERS_DISAGREE(
            409,
            "The nodes were asked for different things",
            "Send identical parameters to every player, under a new session id."),
    KEY_DELETED(
            410,
            "This node's share of the key was deleted",
            "Sign with the other players; a deleted id is not used again."),
    BODY_TOO_LARGE(
            413,
            "The request is too large",
            "Send a smaller body: messages have at most 48 KiB."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body is not JSON",
            "Send `Content-Type: application/json`."),
    TOO_MANY_REQUESTS(
            429,
            "The node is asked too much at once",
            "Try again in a few seconds, with fewer requests at a time."),
    INTERNAL(
            500,
            "The node failed",
            "Try again under a new session id; report it with the log of the node if it happens again."),
    PEER_MISBEHAVED(
            502,
            "A player broke the protocol",
            "Stop, ask the operator of the player that is named, and sign without it."),
    PEER_ABORTED(
            502,
            "A player ended the session",
            "See the log of the player that is named; then try again under a new session id."),
    NOT_READY(
            503,
            "The node cannot do this now",
            "See `quorate status` for what is missing."),
    NOT_OWNER(
            503,
            "The node no longer owns its database",
            "Make sure that exactly one process of this node runs, then start it again."),
    PEER_SILENT(
            504,
            "Players did not answer in time",
            "Check the players that are named, or sign with others."),
    DATABASE_DAMAGED(
            500,
            "The database is damaged",
            "Restore the newest backup of this node that verifies; the other players sign meanwhile."),
    DATABASE_MISSING(
            503,
            "There is no database where one is expected",
            "Check the data folder in the configuration, or restore a backup of this node."),
    FOREIGN_DATABASE(
            409,
            "The database is not one of this node",
            "Correct the data folder in the configuration: every node has its own."),
    NEWER_SCHEMA(
            409,
            "The database was written by a newer version",
            "Run the release that wrote the database, or a later one."),
    BAD_MASTER_KEY_FILE(
            500,
            "The master key file cannot be used",
            "Correct the file that the detail names, or put back a copy of it."),
    WRONG_MASTER_KEY(
            500,
            "The master key is not the one of the database",
            "Configure the master key whose fingerprint the detail names."),
    UNSAFE_PERMISSIONS(
            500,
            "A file is open to other users of the machine",
            "Change owner and permissions as the detail says."),
    NETWORK_FILE_SYSTEM(
            500,
            "The data folder is on a network file system",
            "Move the data folder to a local disk."),
    NOT_DURABLE(
            500,
            "The disk does not take a setting on which durability rests",
            "Move the data folder to a local file system that supports it."),
    STORAGE_FAILED(
            500,
            "The disk or the database failed",
            "Check free space and the disk of the data folder; what was being written did not happen."),
    PRESIGNATURE_SPENT(
            409,
            "The presignature was used, dropped or never made",
            "Take another one with `--presignature next`; this one never signs again."),
    PRESIGNATURE_LIMIT(
            409,
            "The key or the node has as many presignatures as it may",
            "Use some or delete some with `quorate presignatures delete --key ID`, or ask for fewer."),
    NO_PRESIGNATURE(
            409,
            "There is no unused presignature of these players",
            "Make some with `quorate presign --key ID --count N`, or sign without one."),
    PRESIGNATURES_OFF(
            403,
            "The key was generated without presignatures",
            "Sign without one; whether a key has presignatures never changes."),
    PATH_REFUSED(
            403,
            "The derivation path is not one that this key signs for",
            "Use a path of soft steps, at most 16 and at least as many as `minPathLength` of the key."),
    HASH_REFUSED(
            403,
            "The key does not sign a hash that the caller made",
            "Send the message itself: the nodes hash it."),
    PAIR_BANNED(
            409,
            "Two of the players do not sign together any more",
            "Sign with other players, and follow `docs/runbooks/banned-pair.md` for the pair that is named."),
    PAIR_STATE_DIVERGED(
            409,
            "Two of the players share no pair set-up",
            "Sign with other players; the nodes set the pair up again by themselves, `quorate status` shows it."),
    SIGNATURE_INVALID(
            502,
            "The parts do not make a valid signature",
            "Sign again; if it happens again with the same players, sign with others and ask the operators."),
    CLOCK_JUMPED(
            503,
            "The clock of the node jumped",
            "Sign again: presignatures are made anew. Find out why the clock jumped."),
    RECIPIENT_REFUSED(
            403,
            "The node gives no share to this RSA key",
            "List the key with `quorate node allow --config FILE --share-backup-key KEY.pem` and start the node again."),
    DESTINATION_REFUSED(
            403,
            "The node exports no key to this destination",
            "List the destination with `quorate node allow --config FILE --destination CARD` on every node, and start it again."),
    DESTINATION_REPEATED(
            403,
            "Two shares of an export would be wrapped for one key",
            "Give every destination node its own wrapping key: with two shares of them one node could be a quorum."),
    EXPORT_UNSOUND(
            409,
            "These are not the shares of one export",
            "Fetch the files of the export again, or export again; do not use what is there."),
    IMPORT_SUBSTITUTED(
            409,
            "The shares are of another key or export than is expected",
            "Compare public key, chain code and export id with the source, over another way; then use its files."),
    IMPORT_DESTINATION(
            409,
            "The share is not for this node",
            "Give every node the file of its own index, wrapped for the key that `quorate node wrapping-key` shows."),
    IMPORT_APPLICATION(
            403,
            "The export is for another application",
            "Import with a credential of that application, or export again for this one."),
    IMPORT_EXPIRED(
            410,
            "The time of the export is over",
            "Export the key again, and import it before it expires."),
    IMPORT_SIGNATURES(
            403,
            "Too few nodes of the source have signed the export",
            "Use all files of the export, with the statement keys of the source as its operators say them."),
    IMPORT_REPEATED(
            409,
            "The export was imported before",
            "Use the key that came of it; to have it twice, export it again or copy it."),
    RECOVERY_INVALID(
            422,
            "The recovery data is not what it should be",
            "Do not rely on it: use another copy of the file, or create it again; the detail names the part."),
    RECOVERY_LOCKED(
            422,
            "The RSA key or the label does not open the recovery data",
            "Use the RSA key whose fingerprint the detail names, and the label under which the file was made."),
    NODES_DISAGREE(
            502,
            "The nodes answered differently",
            "Ask the operators of the nodes that are named; do not use the result."),
    NODE_UNREACHABLE(
            504,
            "A node cannot be reached",
            "Start the node, or check its address in `cluster.toml`."),
    NODE_PIN_MISMATCH(
            502,
            "The node shows another certificate than expected",
            "Do not go on before you know why; then correct `api-sha256` in `cluster.toml`."),
    NODE_ANSWER_INVALID(
            502,
            "The answer of a node cannot be read",
            "Check that the address is the API of a Quorate node of a compatible version."),
    NOT_ENOUGH_NODES(
            503,
            "Too few nodes can take part",
            "Start more nodes until `threshold` of them are ready."),
    BACKUP_FAILED(
            500,
            "The backup is not complete",
            "Mend what the detail names and create the backup again; the older backups stay valid."),
    BACKUP_INCOMPLETE(
            422,
            "The backup file was never completed",
            "Use a backup that was completed."),
    BACKUP_TRUNCATED(
            422,
            "The backup file is cut off",
            "Use another copy of the file, or another backup."),
    BACKUP_FORMAT(
            422,
            "This is not a backup file",
            "Name a file that `quorate backup create` or `quorate share backup` wrote."),
    BACKUP_DIGEST(
            422,
            "The content of the backup file is damaged",
            "Use another copy of the file, or another backup."),
    BACKUP_SIGNATURE(
            422,
            "The manifest of the backup is not signed by the node",
            "Use a backup file of this node, from a source you trust."),
    BACKUP_NODE(
            422,
            "The backup is of another node",
            "Use the backup of this node: each node has its own file."),
    BACKUP_MASTER_KEY(
            422,
            "The master key does not open the backup",
            "Configure the master key whose fingerprint the detail names."),
    BACKUP_SCHEMA(
            422,
            "The backup has a database schema that this version does not know",
            "Use the version of Quorate that the detail names, or a newer one."),
    BACKUP_SHARE(
            422,
            "A share in the backup does not fit its key",
            "Use another backup for the key that is named."),
    BACKUP_INCONSISTENT(
            422,
            "The backup files do not belong together",
            "Use files of one backup; the detail names what differs."),
    BACKUP_VERSION(
            422,
            "The backup file has a newer format",
            "Use the version of Quorate that wrote the file, or a newer one."),
    BACKUP_KEY(
            422,
            "The share is of another key",
            "Use a backup of the key that the detail names; nothing was changed."),
    BACKUP_LOCKED(
            422,
            "The password or private key does not open the share",
            "Give the password with which, or the private key for which, the file was made."),
    DRILL_FAILED(
            422,
            "The drill did not have every key sign",
            "Do what the result says of each key; take a new backup and drill it. No live node was touched."),
    DRILL_NOT_RECORDED(
            503,
            "No node could be told of the drill",
            "Mend what the detail names and drill again: what no node knows, `quorate status` does not show."),
    TARGET_NOT_EMPTY(
            409,
            "The target already holds data",
            "Move it away, or say `--replace` if it may be overwritten."),
    NODE_RUNNING(
            409,
            "The node is running",
            "Stop the node first: `quorate cluster down DIR`, or the service that runs it."),
    NODE_NOT_STARTED(
            503,
            "A node did not start",
            "Read the log file that the detail names."),
    CONFIGURATION(
            400,
            "A configuration file is wrong",
            "Correct the line that the detail names."),
    NODE_SOCKET(
            503,
            "The local administration socket of the node cannot be used",
            "Run the command on the machine of the node, as the user that runs it, while the node runs."),
    PASSWORD_FILE(
            400,
            "The password file cannot be used",
            "Put at least 12 characters into a file that only you can read (`chmod 600`)."),
    PRIVATE_KEY_UNREADABLE(
            400,
            "The file holds no private key of this format",
            "Name the format with `--format`, and check the file with the software that wrote it."),
    CREDENTIALS(
            403,
            "A credentials file cannot be used",
            "Make the file readable by you alone (`chmod 600`), with one entry per node."),
    CONFIRMATION(
            400,
            "The confirmation was not given",
            "Type the name as asked, or say `--yes`."),
    FILE_SYSTEM(
            500,
            "A file cannot be read or written",
            "Check path, permissions and free space."),
    INTERRUPTED(
            500,
            "The command was interrupted",
            "Run it again; the detail says what state was left."),
    USAGE(
            400,
            "The command was not understood",
            "See `--help` of the command.");

    private final int status;
    private final String title;
    private final String remedy;

    ProblemCode(int status, String title, String remedy) {
        this.status = status;
        this.title = title;
        this.remedy = remedy;
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }

    /** One sentence, without the particulars. */
    public String title() {
        return title;
    }

    /** What to do next, unless the case knows better. */
    public String remedy() {
        return remedy;
    }

    /** The {@code type} of RFC 9457. */
    public String type() {
        return "urn:quorate:problem:" + name();
    }
}
