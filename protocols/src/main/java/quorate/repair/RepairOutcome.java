package quorate.repair;

import quorate.key.KeyRecord;
import quorate.key.KeyShare;

/** What a repair yields. */
public sealed interface RepairOutcome {
    /** At a helper: it has done its part, and nothing changed. */
    record Helped() implements RepairOutcome {}

    /**
     * At the target.
     *
     * @param share verified; lives in the scope that the repair was started with
     * @param record what the helpers say of the key, verified
     */
    record Repaired(KeyShare share, KeyRecord record) implements RepairOutcome {}
}
