package quorate.keygen;

import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.PublicPolynomial;

/** A_j of every party, as far as they are decoded. */
final class Commitments {
    private final SortedMap<Integer, PublicPolynomial> polynomials = new TreeMap<>();

    void put(int party, PublicPolynomial polynomial) {
        polynomials.put(party, polynomial);
    }

    PublicPolynomial of(int party) {
        var polynomial = polynomials.get(party);
        if (polynomial == null) {
            throw new IllegalArgumentException("no commitment of party " + party);
        }
        return polynomial;
    }

    /** A_k = sum_j A_{j,k}. */
    PublicPolynomial sum() {
        return polynomials.values().stream().reduce(PublicPolynomial::plus).orElseThrow();
    }
}
