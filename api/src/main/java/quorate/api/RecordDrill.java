package quorate.api;

/**
 * What a drill of a backup came to.
 *
 * @param ok whether nothing was wrong with the files, and every key in them signed
 * @param keys how many keys were in the files
 * @param signed how many of them signed
 */
public record RecordDrill(boolean ok, int keys, int signed, String detail) {
    public RecordDrill {
        Require.between("keys", keys, 0, Integer.MAX_VALUE);
        Require.between("signed", signed, 0, keys);
        Require.atMostBytes("detail", detail, 1024);
    }
}
