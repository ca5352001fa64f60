package quorate.rounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import quorate.rounds.Difference.Said;

/** COM-6 for whoever has to repair it: which field differs, the values, and the parties that have them. */
final class Comparison {
    private static final int SHOWN_BYTES = 8;

    private final List<Difference> findings = new ArrayList<>();

    /** Every term whose values differ. */
    void terms(SortedMap<Integer, Agree> all) {
        for (var term : Term.values()) {
            var values = new TreeMap<Integer, byte[]>();
            all.forEach((party, agree) -> values.put(party, agree.term(term)));
            if (term == Term.PARAMS) {
                params(values);
            } else {
                values(term.label(), term::show, values);
            }
        }
    }

    /** Of a list, what differs are its parts, unless they are not equally many. */
    private void params(SortedMap<Integer, byte[]> lists) {
        var parts = new TreeMap<Integer, List<byte[]>>();
        lists.forEach((party, list) -> parts.put(party, Term.list(list)));
        int count = parts.firstEntry().getValue().size();
        if (parts.values().stream().anyMatch(list -> list.size() != count)) {
            values(Term.PARAMS.label(), Term.PARAMS::show, lists);
            return;
        }
        for (int i = 0; i < count; i++) {
            int number = i;
            var values = new TreeMap<Integer, byte[]>();
            parts.forEach((party, list) -> values.put(party, list.get(number)));
            values(Term.PARAMS.label() + "[" + (i + 1) + "]", Term.PARAMS::show, values);
        }
    }

    private interface Display {
        /** {@code value}, or what is worth seeing of it {@code from} there on. */
        String show(byte[] value, int from);
    }

    private void values(String field, Display display, SortedMap<Integer, byte[]> values) {
        var parties = new TreeMap<byte[], List<Integer>>(Arrays::compareUnsigned);
        values.forEach((party, value) -> parties.computeIfAbsent(value, other -> new ArrayList<>()).add(party));
        if (parties.size() > 1) {
            int from = commonPrefix(parties.keySet());
            findings.add(new Difference(
                    field,
                    parties.entrySet().stream()
                            .sorted(Map.Entry.comparingByValue(Comparison::byFirst))
                            .map(value -> new Said(display.show(value.getKey(), from), value.getValue()))
                            .toList()));
        }
    }

    /** What {@code party} says of itself against what its link says. */
    void ofLink(String field, int party, byte[] said, byte[] ofLink) {
        if (!Arrays.equals(said, ofLink)) {
            var both = start(said) + " in its AGREE but " + start(ofLink) + " on its link";
            findings.add(new Difference(field, List.of(new Said(both, List.of(party)))));
        }
    }

    /** Who offers what, because nothing is offered by all. */
    void offers(SortedMap<Integer, Agree> holders) {
        findings.add(new Difference(
                "no common sharing",
                holders.entrySet().stream()
                        .map(holder -> new Said(named(holder.getValue().offers()), List.of(holder.getKey())))
                        .toList()));
    }

    /** FAIL, if there was a finding. */
    void settle(Check check) throws Disagreement {
        if (!findings.isEmpty()) {
            throw new Disagreement(check, 0, findings);
        }
    }

    private static String named(List<Offer> offers) {
        return offers.isEmpty()
                ? "nothing"
                : offers.stream().map(Offer::toString).collect(Collectors.joining(" and "));
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
