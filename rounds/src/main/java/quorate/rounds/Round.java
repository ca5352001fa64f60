package quorate.rounds;

/** All that a party remembers between two rounds, and the one thing it can do with the answers. */
public interface Round<R, I extends Message> {
    /** Which messages complete this round. */
    Expected<I> expects();

    /** Called once, when every expected message is there. Validation comes first. */
    Step<R> receive(Inbox<I> inbox) throws CeremonyException;
}
