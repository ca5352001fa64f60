package quorate.testkit.simulation;

/** What the network does to one frame. Only the last two make its sender look guilty. */
public enum Fault {
    DROP,
    /** It arrives after everything else. */
    DELAY,
    DUPLICATE,
    /** The payload loses its last byte; the envelope fits what is left. */
    TRUNCATE,
    /** One bit of the whole frame changes. */
    FLIP
}
