package quorate.commit;

/**
 * The degree of the sharing of each committee: threshold - 1, so how many of it may be corrupt. It is not
 * in S, so a node keeps it with its record.
 *
 * @param ofOld t, for the seats of role 0
 * @param ofNew t', for the seats of role 1
 */
public record Degrees(int ofOld, int ofNew) {
    public Degrees {
        if (ofOld < 1 || ofNew < 1) {
            throw new IllegalArgumentException("degrees " + ofOld + " and " + ofNew);
        }
    }

    /** For operations with one committee. */
    public static Degrees of(int degree) {
        return new Degrees(degree, degree);
    }

    int forRole(int role) {
        return role == 0 ? ofOld : ofNew;
    }
}
