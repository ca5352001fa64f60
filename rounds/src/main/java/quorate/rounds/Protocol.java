package quorate.rounds;

/**
 * A protocol, ready to run once its participants have agreed.
 *
 * @param <R> what it yields
 */
@FunctionalInterface
public interface Protocol<R> {
    /** Called once, after round 0. Everything it makes is bound to {@link Agreement#ctx}. */
    Step<R> start(Agreement agreement) throws CeremonyException;
}
