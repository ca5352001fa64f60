package quorate.dealing.internal;

import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.PublicPolynomial;

/** A_j of every party, as far as they are decoded. */
public final class Commitments {
    private final SortedMap<Integer, PublicPolynomial> polynomials = new TreeMap<>();

    public void put(int party, PublicPolynomial polynomial) {
        polynomials.put(party, polynomial);
    }

    public PublicPolynomial of(int party) {
        var polynomial = polynomials.get(party);
        if (polynomial == null) {
            throw new IllegalArgumentException("no commitment of party " + party);
        }
        return polynomial;
    }

    /** A_k = sum_j A_{j,k}. */
    public PublicPolynomial sum() {
        return polynomials.values().stream().reduce(PublicPolynomial::plus).orElseThrow();
    }
}
