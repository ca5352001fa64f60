package quorate.store;

/** Something whose state can be read: the live database, or a snapshot. */
interface Reads {
    <T> T read(Transaction.Work<T> work);
}
