package quorate.testkit.simulation;

import quorate.algebra.Draw;
import quorate.algebra.Secrets;
import quorate.rounds.Protocol;

/** How a party plays: {@code (party, draw, secrets) -> agreement -> Keygen.start(agreement, draw, secrets)}. */
@FunctionalInterface
public interface Player<R> {
    /**
     * Called once per party and run.
     *
     * @param draw the production source of secret values, on a seeded generator
     * @param secrets the scope of this party's ceremony; closed when it fails, left open when it finishes
     */
    Protocol<R> play(int party, Draw draw, Secrets secrets);
}
