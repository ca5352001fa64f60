package quorate.rounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;

/**
 * AGREE, the broadcast of round 0 (protocols.md 0.4): all that its sender takes as given, in full. Whether
 * it is what the others say is for {@link Proposal#agree} to find out.
 *
 * @param terms the parts before {@code offers}, which must be equal everywhere
 * @param incarnation inc of the sender, 32 bytes
 * @param database dbi of the sender, 32 bytes
 * @param top a certificate of protocols.md 5.4, or empty
 * @param pairs the usable pair states of ECDSA, or empty
 */
public record Agree(
        Map<Term, byte[]> terms, List<Offer> offers, byte[] incarnation, byte[] database, byte[] top, byte[] pairs)
        implements Message.Shared {
    /** A node holds three sharings of a key at most. */
    static final int MAX_OFFERS = 3;

    private static final int TERMS = Term.values().length;
    private static final int PARTS = TERMS + 4;
    private static final int NAME_BYTES = 32;
    private static final int PAIR_BYTES = 3;
    private static final int SETUP_BYTES = 32;
    private static final int MAX_SETUPS = 2;

    /** What is above is not an index: 0x8000 marks a receiver (protocols.md 0.4). */
    private static final int MAX_PARTY = 0x7fff;

    public Agree {
        var ordered = new EnumMap<Term, byte[]>(Term.class);
        ordered.putAll(terms);
        terms = Collections.unmodifiableMap(ordered);
        offers = List.copyOf(offers);
    }

    byte[] term(Term term) {
        var value = terms.get(term);
        if (value == null) {
            throw new IllegalArgumentException("AGREE without " + term.label());
        }
        return value;
    }

    @Override
    public byte[] encode() {
        var parts = new ArrayList<>(terms.values()); // in the order of Term
        parts.add(Encoding.concat(offers.stream().map(Offer::encode).toArray(byte[][]::new)));
        parts.add(Encoding.concat(incarnation, database));
        parts.add(top);
        parts.add(pairs);
        return Encoding.enc(parts.toArray(byte[][]::new));
    }

    /** COM-3: every part has a length and form that an honest party could send. */
    public static Agree read(byte[] payload) throws Malformed {
        var parts = parts(payload);
        var terms = new EnumMap<Term, byte[]>(Term.class);
        for (var term : Term.values()) {
            var value = parts.get(terms.size());
            if (!term.allows(value)) {
                throw new Malformed(Check.COM_3, "AGREE with a malformed " + term.label());
            }
            terms.put(term, value);
        }
        var process = parts.get(TERMS + 1);
        if (process.length != 2 * NAME_BYTES) {
            throw new Malformed(Check.COM_3, "AGREE with inc || dbi of " + process.length + " bytes");
        }
        return new Agree(
                terms,
                offers(parts.get(TERMS)),
                Arrays.copyOf(process, NAME_BYTES),
                Arrays.copyOfRange(process, NAME_BYTES, process.length),
                parts.get(TERMS + 2),
                pairs(parts.get(TERMS + 3)));
    }

    private static List<byte[]> parts(byte[] payload) throws Malformed {
        try {
            var parts = Encoding.decode(payload);
            if (parts.size() != PARTS) {
                throw new Malformed(Check.COM_3, "AGREE of " + parts.size() + " parts");
            }
            return parts;
        } catch (DecodingException e) {
            throw new Malformed(Check.COM_3, "AGREE " + e.getMessage());
        }
    }

    private static List<Offer> offers(byte[] bytes) throws Malformed {
        if (bytes.length % Offer.BYTES != 0 || bytes.length > MAX_OFFERS * Offer.BYTES) {
            throw new Malformed(Check.COM_3, "AGREE with offers of " + bytes.length + " bytes");
        }
        var offers = new ArrayList<Offer>();
        for (int at = 0; at < bytes.length; at += Offer.BYTES) {
            offers.add(Offer.decode(bytes, at));
        }
        return offers;
    }

    /** I2OSP(j,2) || I2OSP(c,1) || c setups, ascending in j. */
    private static byte[] pairs(byte[] bytes) throws Malformed {
        long previous = 0;
        for (int at = 0; at < bytes.length; ) {
            if (bytes.length - at < PAIR_BYTES) {
                throw new Malformed(Check.COM_3, "AGREE whose pairs end inside a pair");
            }
            long party = Encoding.os2ip(bytes, at, 2);
            int setups = bytes[at + 2];
            at += PAIR_BYTES + setups * SETUP_BYTES;
            if (party <= previous || party > MAX_PARTY || setups < 0 || setups > MAX_SETUPS || at > bytes.length) {
                throw new Malformed(Check.COM_3, "AGREE with malformed pairs");
            }
            previous = party;
        }
        return bytes;
    }
}
