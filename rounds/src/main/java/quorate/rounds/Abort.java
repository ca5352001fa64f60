package quorate.rounds;

import java.util.ArrayList;
import java.util.List;
import quorate.algebra.Encoding;

/**
 * abort(session, class) of protocols.md 0.7, with the signed digests of a broadcast round if parties
 * disagree about it (COM-8). It is a private frame of its session, in a round of its own.
 *
 * <p>Layout: class (1 FAIL, 2 BLAME, 3 BAN, 4 refuse) 1 || I2OSP(count,1) || the evidence.
 *
 * @param verdict the sender's own finding: a report, not proof
 */
public record Abort(Check.Verdict verdict, List<Evidence> evidence) implements Message.Private {
    /** The round field of its envelope. */
    public static final int ROUND = 0xFF;

    /** One per participant of either role. */
    public static final int MAX_EVIDENCE = 64;

    private static final int HEADER_BYTES = 2;

    public Abort {
        evidence = List.copyOf(evidence);
        if (verdict == Check.Verdict.DROP || evidence.size() > MAX_EVIDENCE) {
            throw new IllegalArgumentException(verdict + " with " + evidence.size() + " signed digests is not an abort");
        }
    }

    @Override
    public byte[] encode() {
        var pieces = new byte[1 + evidence.size()][];
        pieces[0] = Encoding.concat(Encoding.i2osp(code(verdict), 1), Encoding.i2osp(evidence.size(), 1));
        for (int i = 0; i < evidence.size(); i++) {
            pieces[i + 1] = evidence.get(i).encode();
        }
        return Encoding.concat(pieces);
    }

    public static Abort read(byte[] payload) throws Malformed {
        if (payload.length < HEADER_BYTES) {
            throw new Malformed(Check.COM_3, "an abort of " + payload.length + " bytes");
        }
        int count = payload[1] & 0xff;
        if (count > MAX_EVIDENCE || payload.length != HEADER_BYTES + count * Evidence.BYTES) {
            throw new Malformed(Check.COM_3, "an abort of " + payload.length + " bytes for " + count + " signed digests");
        }
        var evidence = new ArrayList<Evidence>();
        for (int i = 0; i < count; i++) {
            evidence.add(Evidence.decode(payload, HEADER_BYTES + i * Evidence.BYTES));
        }
        return new Abort(verdict(payload[0]), evidence);
    }

    private static int code(Check.Verdict verdict) {
        return switch (verdict) {
            case FAIL -> 1;
            case BLAME -> 2;
            case BAN -> 3;
            case REFUSE -> 4;
            case DROP -> throw new IllegalArgumentException("a dropped frame ends no session");
        };
    }

    private static Check.Verdict verdict(int code) throws Malformed {
        return switch (code) {
            case 1 -> Check.Verdict.FAIL;
            case 2 -> Check.Verdict.BLAME;
            case 3 -> Check.Verdict.BAN;
            case 4 -> Check.Verdict.REFUSE;
            default -> throw new Malformed(Check.COM_3, "no abort class has code " + code);
        };
    }
}
