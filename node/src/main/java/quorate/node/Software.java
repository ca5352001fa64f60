package quorate.node;

/** Which release this is, as it stands in status reports and backups. */
final class Software {
    static final String VERSION = "0.1.0";

    private Software() {}
}
