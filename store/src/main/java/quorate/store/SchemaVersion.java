package quorate.store;

/** The number of the last migration that a database has seen. */
public record SchemaVersion(int number) implements Comparable<SchemaVersion> {
    private static final SchemaVersion CURRENT = new SchemaVersion(8);

    /** The version that this software writes: that of the newest file under {@code db/migration}. */
    public static SchemaVersion current() {
        return CURRENT;
    }

    public boolean isNewerThan(SchemaVersion other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(SchemaVersion other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
