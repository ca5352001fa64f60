package quorate.store;

/** What came of a change that is allowed only from one state. Whatever is not DONE changed nothing. */
public enum Outcome {
    DONE,
    /** The record is not, or no longer, in the state from which this change leads. */
    WRONG_STATE,
    /** The ACTIVE sharing is not the base: the compare-and-set failed (TPC-3). */
    BASE_DIFFERS
}
