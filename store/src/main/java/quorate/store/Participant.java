package quorate.store;

/**
 * One entry of a commit (protocols.md 0.4, 5.4).
 *
 * @param role 0, or 1 for the new committee of a redistribution
 * @param index party index in that committee
 */
public record Participant(int role, int index) {
    private static final int MAX_INDEX = 0xFFFF;

    public Participant {
        if (role < 0 || role > 1 || index < 1 || index > MAX_INDEX) {
            throw new IllegalArgumentException("no participant has role " + role + " and index " + index);
        }
    }
}
