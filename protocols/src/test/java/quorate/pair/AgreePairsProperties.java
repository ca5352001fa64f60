package quorate.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.rounds.Agree;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Operation;
import quorate.rounds.Step;
import quorate.testkit.simulation.Run;
import quorate.testkit.simulation.Simulation;

/** AGREE lets in exactly what is read as offers later: what is wrong with them has a culprit (COM-3), and is no bug of ours. */
class AgreePairsProperties {
    private static final long SEED = 20261122;
    private static final int CASES = 5_000;

    private final List<Agree> said = new ArrayList<>();

    @Test
    void whoListsAPairWithNoPartyIsNamed() {
        agreeing(hex("7fff00")).allFinish();
        for (var pairs : List.of("800000", "800001" + "00".repeat(32), "000100" + "ffff00")) {
            agreeing(hex(pairs)).parties(1).blames(Check.COM_3, 3);
        }
    }

    @Test
    void whatAgreeLetsInIsReadAsOffers() {
        agreeing(new byte[0]).allFinish();
        var random = new Random(SEED);
        int readable = 0;
        for (int number = 0; number < CASES; number++) {
            var pairs = pairs(random);
            boolean offers = isReadAsOffers(pairs);
            assertThat(isLetIn(pairs)).as(HexFormat.of().formatHex(pairs)).isEqualTo(offers);
            readable += offers ? 1 : 0;
        }
        assertThat(readable).isBetween(CASES / 10, CASES - CASES / 10);
    }

    /** Nearly right: parties near the ends of their range, mostly ascending. */
    private static byte[] pairs(Random random) {
        var parts = new ArrayList<byte[]>();
        int party = 0;
        for (int pair = 1 + random.nextInt(3); pair > 0; pair--) {
            party = random.nextInt(8) == 0 ? 0x7ffe + random.nextInt(4) : party + (random.nextInt(16) == 0 ? 0 : 1);
            int setups = random.nextInt(16) == 0 ? 3 : random.nextInt(3);
            parts.add(Encoding.concat(
                    Encoding.i2osp(party & 0xffff, 2), Encoding.i2osp(setups, 1), new byte[32 * setups]));
        }
        if (random.nextInt(16) == 0) {
            parts.add(new byte[1 + random.nextInt(3)]);
        }
        return Encoding.concat(parts.toArray(byte[][]::new));
    }

    private boolean isLetIn(byte[] pairs) {
        try {
            Agree.read(with(said.getFirst(), pairs).encode());
            return true;
        } catch (Malformed e) {
            return false;
        }
    }

    private static boolean isReadAsOffers(byte[] pairs) {
        try {
            PairOffers.decode(pairs);
            return true;
        } catch (DecodingException e) {
            return false;
        }
    }

    private Run<Integer> agreeing(byte[] pairs) {
        return Simulation.<Integer>signing(
                        Operation.PAIR_SETUP,
                        3,
                        2,
                        Set.of(1, 3),
                        (party, draw, secrets) -> agreement -> new Step.Done<>(party))
                .whenever(3, Agree.class, (recipient, agree) -> {
                    said.add(agree);
                    return with(agree, pairs);
                })
                .run();
    }

    private static Agree with(Agree agree, byte[] pairs) {
        return new Agree(agree.terms(), agree.offers(), agree.incarnation(), agree.database(), agree.top(), pairs);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
