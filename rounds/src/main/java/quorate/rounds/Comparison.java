package quorate.rounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** COM-6 for whoever has to repair it: which field differs, the values, and the parties that have them. */
final class Comparison {
    private static final int SHOWN_BYTES = 8;

    private final List<String> findings = new ArrayList<>();

    /** Every term whose values differ. */
    void terms(SortedMap<Integer, Agree> all) {
        for (var term : Term.values()) {
            var values = new TreeMap<byte[], List<Integer>>(Arrays::compareUnsigned);
            all.forEach((party, agree) ->
                    values.computeIfAbsent(agree.term(term), value -> new ArrayList<>()).add(party));
            if (values.size() > 1) {
                int from = commonPrefix(values.keySet());
                findings.add(term.label() + ": " + values.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparison::byFirst))
                        .map(value -> term.show(value.getKey(), from) + " at " + parties(value.getValue()))
                        .collect(Collectors.joining(", ")));
            }
        }
    }

    /** What {@code party} says of itself against what its link says. */
    void ofLink(String field, int party, byte[] said, byte[] ofLink) {
        if (!Arrays.equals(said, ofLink)) {
            findings.add(field + " of " + parties(List.of(party)) + ": " + start(said) + " in its AGREE, "
                    + start(ofLink) + " on its link");
        }
    }

    /** Who offers what, because nothing is offered by all. */
    void offers(SortedMap<Integer, Agree> holders) {
        findings.add("no common sharing: " + holders.entrySet().stream()
                .map(holder -> named(holder.getValue().offers()) + " at " + parties(List.of(holder.getKey())))
                .collect(Collectors.joining(", ")));
    }

    /** FAIL, if there was a finding. */
    void settle() throws Disagreement {
        if (!findings.isEmpty()) {
            throw new Disagreement(Check.COM_6, 0, String.join("; ", findings));
        }
    }

    private static String named(List<Offer> offers) {
        return offers.isEmpty()
                ? "nothing"
                : offers.stream().map(Offer::toString).collect(Collectors.joining(" and "));
    }

    private static String parties(List<Integer> parties) {
        return (parties.size() == 1 ? "party " : "parties ")
                + parties.stream().map(Comparison::name).collect(Collectors.joining(" and "));
    }

    private static String name(int address) {
        return address < Entry.address(1, 0) ? String.valueOf(address) : "new " + (address - Entry.address(1, 0));
    }

    private static String start(byte[] name) {
        return HexFormat.of().formatHex(name, 0, SHOWN_BYTES) + "…";
    }

    private static int byFirst(List<Integer> a, List<Integer> b) {
        return Integer.compare(a.getFirst(), b.getFirst());
    }

    private static int commonPrefix(Iterable<byte[]> values) {
        var first = values.iterator().next();
        int common = first.length;
        for (var value : values) {
            int mismatch = Arrays.mismatch(first, value);
            common = mismatch < 0 ? common : Math.min(common, mismatch);
        }
        return common;
    }
}
