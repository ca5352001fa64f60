package quorate.testkit.simulation;

import quorate.rounds.CeremonyException;

/** How a run ended for one party. */
public sealed interface Outcome<R> {
    /** With a result. */
    record Finished<R>(R result) implements Outcome<R> {}

    /** Without one. */
    record Failed<R>(CeremonyException reason) implements Outcome<R> {}

    /** The simulation killed it. */
    record Killed<R>() implements Outcome<R> {}
}
