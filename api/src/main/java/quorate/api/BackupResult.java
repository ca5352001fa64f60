package quorate.api;

/** What became of a backup. {@code digest} is the SHA-256 of the file as read back, or empty. */
public record BackupResult(BackupState state, Bytes digest, String detail) {
    public BackupResult {
        Require.present("state", state);
        if (Require.present("digest", digest).size() != 0) {
            Require.size("digest", digest, 32);
        }
        Require.atMostBytes("detail", detail, 1024);
    }
}
