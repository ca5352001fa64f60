package quorate.presign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quorate.algebra.Groups;
import quorate.commit.Octets;
import quorate.pair.PairOffers;
import quorate.rounds.Agreement;
import quorate.rounds.Entry;
import quorate.rounds.Operation;

class OriginTest {
    private static final Octets OF_1_2 = filled(0x12);
    private static final Octets OF_1_3 = filled(0x13);
    private static final Octets OF_2_3 = filled(0x23);

    @Test
    void namesEverySetupTogetherWithItsPair() {
        var pairs = new TreeMap<Integer, byte[]>();
        pairs.put(1, offers(2, OF_1_2, 3, OF_1_3));
        pairs.put(2, offers(1, OF_1_2, 3, OF_2_3));
        // It names a setup of the others for its pair with 2, who does not.
        pairs.put(3, offers(1, OF_1_3, 2, OF_1_2));

        var setups = Origin.of(Kind.ECDSA, agreement(pairs), Instant.EPOCH).setups();

        assertThat(setups).containsExactlyInAnyOrder(named(OF_1_2, 2, 1), named(OF_1_3, 1, 3));
        // As a ban by 3 against 1 would name it.
        assertThat(setups).doesNotContain(named(OF_1_2, 3, 1), named(OF_1_2, 3, 3));
    }

    private static NamedSetup named(Octets setup, int one, int other) {
        return NamedSetup.of(setup, filled(one), filled(other));
    }

    private static byte[] offers(int one, Octets withOne, int other, Octets withOther) {
        var setups = new TreeMap<Integer, List<Octets>>();
        setups.put(one, List.of(withOne));
        setups.put(other, List.of(withOther));
        return new PairOffers(setups).encode();
    }

    private static Agreement agreement(SortedMap<Integer, byte[]> pairs) {
        var entries = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> new Entry(0, i, filled(i).bytes(), new byte[32], new byte[32], new byte[32]))
                .toList();
        return new Agreement(
                new byte[32],
                Operation.ECDSA_PRESIGN.protocolId(),
                Groups.SECP256K1,
                1,
                "key".getBytes(StandardCharsets.UTF_8),
                3,
                2,
                new byte[32],
                entries,
                1,
                0,
                new byte[32],
                new byte[32],
                pairs);
    }

    private static Octets filled(int value) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return Octets.of(bytes);
    }
}
