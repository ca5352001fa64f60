package quorate.rounds;

/** Where a party stands: it says something and waits for one more round, or it is done. */
public sealed interface Step<R> {
    record Next<R, I extends Message>(Outbox say, Round<R, I> then) implements Step<R> {}

    /** {@code say} are last words that nobody of this ceremony waits for before this party is done. */
    record Done<R>(Outbox say, R result) implements Step<R> {
        public Done(R result) {
            this(Outbox.silence(), result);
        }
    }
}
