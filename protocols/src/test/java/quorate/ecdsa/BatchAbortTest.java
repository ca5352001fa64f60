package quorate.ecdsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.key.Scheme;
import quorate.rounds.Abort;
import quorate.rounds.Check;
import quorate.rounds.Message;
import quorate.rounds.Operation;
import quorate.rounds.Workers;
import quorate.testkit.simulation.Simulation;
import quorate.vole.OtReceiver;

/**
 * Protocols.md 3.6, Appendix B 2: a batch has one verdict. Whichever of 64 items a peer cheats in and whichever check
 * it fails, it is sent the same bytes and learns no more than that the pair is banned.
 */
class BatchAbortTest {
    private static final int ITEMS = 64;
    private static final int OTE_ITEM = 32 + OtReceiver.MESSAGE_BYTES;
    private static final int COLUMN_AT = 96;
    private static final int MULTIPLICATION_BYTES = 73_988;
    private static final int FIRST_AT = 130;
    private static final int SECOND_AT = 163;
    private static final int VOLE_AT = 196;

    private final Set<String> aborts = new HashSet<>();

    @Test
    void tellsACheaterTheSameBytesWhicheverItemFailsWhicheverCheck() {
        for (int k : new int[] {0, 63}) {
            int lie = COLUMN_AT + k * OTE_ITEM;
            assertThat(cheat(Extensions.class, message -> new Extensions(flip(message.encode(), lie))))
                    .containsExactly(Check.OTE_2);
        }
        assertThat(multiplying(payload -> flip(payload, 31 * MULTIPLICATION_BYTES + VOLE_AT + 31)))
                .containsExactly(Check.VOLE_2);
        var other = Groups.SECP256K1.generator().encode();
        assertThat(multiplying(payload -> put(payload, 63 * MULTIPLICATION_BYTES + FIRST_AT, other)))
                .containsExactly(Check.SIG_4);
        assertThat(multiplying(payload -> put(payload, SECOND_AT, other))).containsExactly(Check.SIG_5);
        assertThat(aborts).hasSize(1);
    }

    private List<Check> multiplying(UnaryOperator<byte[]> lie) {
        return cheat(Multiplications.class, message -> new Multiplications(lie.apply(message.encode())));
    }

    /** Party 2 lies; the frames with which party 1 gives up are kept. */
    private <M extends Message> List<Check> cheat(Class<M> type, UnaryOperator<M> lie) {
        try (var cast = new Cast(Groups.SECP256K1, 2, 1, "aborts")) {
            Simulation.<List<PresignatureShare>>signing(
                            Operation.ECDSA_PRESIGN,
                            2,
                            2,
                            Set.of(1, 2),
                            (party, draw, secrets) -> agreement -> EcdsaPresigning.start(
                                    agreement,
                                    cast.key(party),
                                    Objects.requireNonNull(cast.pairs.get(party)),
                                    cast.verdicts(party),
                                    draw,
                                    secrets,
                                    Workers.none(),
                                    ITEMS))
                    .proposing(draft -> draft.group(cast.group, Scheme.ECDSA.code())
                            .sharing(0, cast.sharing().shareId(), cast.sharing().publicKey().encode())
                            .params(Encoding.i2osp(ITEMS, 4)))
                    .whenever(2, type, lie)
                    .tampering(1, outgoing -> {
                        if (outgoing.frame().round() == Abort.ROUND) {
                            aborts.add(HexFormat.of().formatHex(outgoing.frame().encode()));
                        }
                        return List.of(outgoing);
                    })
                    .run();
            return cast.verdicts(1).bans();
        }
    }

    private static byte[] flip(byte[] payload, int at) {
        var changed = payload.clone();
        changed[at] ^= 1;
        return changed;
    }

    private static byte[] put(byte[] payload, int at, byte[] bytes) {
        var changed = payload.clone();
        System.arraycopy(bytes, 0, changed, at, bytes.length);
        return changed;
    }
}
