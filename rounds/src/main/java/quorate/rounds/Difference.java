package quorate.rounds;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that the parties of a session do not agree on.
 *
 * @param field its name in protocols.md
 * @param said who says what
 */
public record Difference(String field, List<Said> said) {
    /** What some parties say, each by its {@link Entry#address}. */
    public record Said(String value, List<Integer> parties) {
        public Said {
            parties = List.copyOf(parties);
        }

        @Override
        public String toString() {
            return value + " at " + (parties.size() == 1 ? "party " : "parties ")
                    + enumeration(parties.stream().map(Said::name).toList());
        }

        private static String name(int address) {
            return address < Entry.address(1, 0) ? String.valueOf(address) : "new " + (address - Entry.address(1, 0));
        }
    }

    public Difference {
        said = List.copyOf(said);
    }

    /** These parties differ from the one that reports it, and what they say is not worth showing. */
    static Difference at(String field, Iterable<Integer> parties) {
        var others = new ArrayList<Integer>();
        parties.forEach(others::add);
        return new Difference(field, List.of(new Said("differs", others)));
    }

    /** {@code "1, 2 and 3"}. */
    public static String enumeration(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    /** In the words of protocols.md. */
    @Override
    public String toString() {
        return field + ": " + said.stream().map(Said::toString).collect(Collectors.joining(", "));
    }
}
