package quorate.commit;

/**
 * Where changes become durable. Returns only when the whole change is on disk; on any failure, a lost
 * compare-and-set included, it throws and nothing has changed.
 */
@FunctionalInterface
public interface Ledger<E extends Exception> {
    void write(Change change) throws E;
}
