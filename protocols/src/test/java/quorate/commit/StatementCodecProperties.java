package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;

/** Decoders of what peers send: exact on what exists, an error and nothing else on the rest. */
class StatementCodecProperties {
    private static final long SEED = 20261122;

    @FunctionalInterface
    private interface Decoder {
        byte[] recode(byte[] bytes) throws DecodingException;
    }

    private final Random random = new Random(SEED);

    private List<Statement> samples() {
        var samples = new ArrayList<Statement>();
        for (var operation : List.of(Cast.refresh(2), Cast.keygen(5), Cast.redistribution(1, 2, 4, 6))) {
            for (var verb : Verb.values()) {
                var seats = operation.participants().stream().map(Participant::seat).toList();
                samples.add(Cast.statement(verb, operation, seats.get(random.nextInt(seats.size()))));
            }
            samples.add(Cast.statement(
                    Verb.REFUSED,
                    operation.withoutResult(),
                    operation.participants().getFirst().seat()));
        }
        return samples;
    }

    @Test
    void readsEveryStatementThatItWrites() throws DecodingException {
        for (var statement : samples()) {
            assertThat(Statement.decode(statement.encode())).isEqualTo(statement);
        }
    }

    @Test
    void readsTheLargestStatementThatCanExist() throws DecodingException {
        var everybody = new ArrayList<Participant>();
        for (int role = 0; role < 2; role++) {
            for (int index = 1; index <= Seat.MAX_INDEX; index++) {
                everybody.add(new Participant(
                        new Seat(role, index), Cast.id(index), Cast.name("inc", index), Cast.database(index)));
            }
        }
        var keyId = Octets.of("k".repeat(64).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var operation = new Operation(
                3, Cast.name("op", 1), keyId, Cast.BASE, Long.MAX_VALUE, Cast.share(1), everybody, Cast.name("K", 1));
        var statement = Cast.statement(Verb.PREPARED, operation, new Seat(1, 1));

        assertThat(Statement.decode(statement.encode())).isEqualTo(statement);
        assertThat(statement.subject().encode().length).isLessThanOrEqualTo(Subject.MAX_BYTES);
    }

    @Test
    void survivesEveryTruncationAndEveryChange() {
        var statement = samples().get(6);
        var adoption = Adoption.sign(
                Cast.KEY_ID, Cast.BASE, List.of(Cast.share(1), Cast.share(2)), Cast.name("r", 1), 1, Cast.signer(1));
        var certificate = Statement.encodeList(Cast.everyPrepared(Cast.refresh(3)));
        var status = new StatusReport(Cast.refresh(3).opId(), Cast.everyPrepared(Cast.refresh(3)));
        mutate(statement.encode(), bytes -> Statement.decode(bytes).encode());
        mutate(adoption.encode(), bytes -> Adoption.decode(bytes).encode());
        mutate(certificate, bytes -> Statement.encodeList(Certificate.decode(bytes)));
        mutate(status.encode(), bytes -> StatusReport.decode(bytes).encode());
    }

    /** What still decodes has exactly one encoding. */
    private void mutate(byte[] good, Decoder decoder) {
        assertThat(recode(good, decoder)).isEqualTo(good);
        for (int length = 0; length < good.length; length++) {
            assertThat(recode(Arrays.copyOf(good, length), decoder)).as("cut to %d", length).isEmpty();
        }
        assertThat(recode(Arrays.copyOf(good, good.length + 1), decoder)).isEmpty();
        for (int round = 0; round < 2000; round++) {
            var bad = good.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            var again = recode(bad, decoder);
            assertThat(again.length == 0 || Arrays.equals(again, bad)).isTrue();
        }
    }

    private static byte[] recode(byte[] bytes, Decoder decoder) {
        try {
            return decoder.recode(bytes);
        } catch (DecodingException e) {
            assertThat(e).hasMessageNotContaining("null");
            return new byte[0];
        }
    }

    @Test
    void refusesSubjectsThatNobodyCanMean() {
        var refresh = Cast.refresh(3);
        var good = new Subject(refresh, Cast.setups(refresh, new Seat(0, 1)), new Seat(0, 1));
        assertNoSubject(good, 0, new byte[] {4}, "protocol 4 commits nothing");
        assertNoSubject(good, 0, new byte[2], "wrong length");
        assertNoSubject(good, 1, new byte[31], "opId of 31 bytes");
        assertNoSubject(good, 2, new byte[0], "keyId");
        assertNoSubject(good, 2, new byte[65], "keyId");
        assertNoSubject(good, 2, new byte[] {'k', 0}, "keyId");
        assertNoSubject(good, 2, new byte[] {(byte) 0xc0, (byte) 0x80}, "keyId");
        assertNoSubject(good, 3, new byte[33], "baseShareId");
        assertNoSubject(good, 4, new byte[] {-1, 0, 0, 0, 0, 0, 0, 0}, "epoch 2^63");
        assertNoSubject(good, 5, new byte[16], "newShareId");
        assertNoSubject(good, 5, new byte[0], "do not come together");
        assertNoSubject(good, 6, new byte[0], "0 participants");
        assertNoSubject(good, 6, new byte[98], "parts of 98 bytes");
        assertNoSubject(good, 6, swapped(refresh), "not in ascending order");
        assertNoSubject(good, 6, doubled(refresh), "sits twice");
        assertNoSubject(good, 8, new byte[33], "setupVec of 33 bytes");
        assertNoSubject(good, 8, good.setups().encode(), good.signer(), new Seat(0, 2));
        assertNoSubject(good, 9, new byte[] {0, 0, 0}, "no seat");
        assertNoSubject(good, 9, new byte[] {0, 0, 4}, "party 4 is no participant");
        assertNoSubject(good, 9, new byte[] {2, 0, 1}, "no seat has role 2");
    }

    private static byte[] swapped(Operation operation) {
        var participants = new ArrayList<>(operation.participants());
        participants.add(participants.removeFirst());
        return Participant.encode(participants);
    }

    private static byte[] doubled(Operation operation) {
        var participants = new ArrayList<>(operation.participants());
        var last = participants.getLast();
        participants.set(2, new Participant(last.seat(), Cast.id(1), last.incarnation(), last.database()));
        return Participant.encode(participants);
    }

    private static void assertNoSubject(Subject good, int part, byte[] value, String reason) {
        assertThatThrownBy(() -> Subject.decode(with(good, part, value)))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining(reason);
    }

    /** The setups of one signer under the name of another: it would share pair state with itself. */
    private static void assertNoSubject(Subject good, int part, byte[] setups, Seat owner, Seat other) {
        var swapped = with(good, part, setups);
        var ownedByOther = new Object() {
            byte[] bytes() throws DecodingException {
                var parts = Encoding.decode(swapped).toArray(byte[][]::new);
                parts[9] = other.encode();
                return Encoding.enc(parts);
            }
        };
        assertThat(owner).isNotEqualTo(other);
        assertThatThrownBy(() -> Subject.decode(ownedByOther.bytes()))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining("pair state with itself");
    }

    private static byte[] with(Subject subject, int part, byte[] value) {
        try {
            var parts = Encoding.decode(subject.encode()).toArray(byte[][]::new);
            parts[part] = value;
            return Encoding.enc(parts);
        } catch (DecodingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesAVerbWithoutAResultThatIsNoRefusal() {
        var bare = Cast.statement(Verb.REFUSED, Cast.refresh(2).withoutResult(), 1).encode();
        for (var verb : Verb.values()) {
            bare[0] = (byte) verb.code();
            if (verb != Verb.REFUSED) {
                assertThatThrownBy(() -> Statement.decode(bare.clone()))
                        .isInstanceOf(DecodingException.class)
                        .hasMessageContaining("without a result");
            }
        }
        bare[0] = 6;
        assertThatThrownBy(() -> Statement.decode(bare)).hasMessageContaining("no verb has code 6");
    }

    @Test
    void refusesMoreStatementsThanCanExist() {
        var count = Encoding.i2osp(0xffff, 2);

        assertThatThrownBy(() -> Certificate.decode(count)).hasMessageContaining("at most 64");
        assertThatThrownBy(() -> StatusReport.decode(Encoding.concat(new byte[32], count)))
                .hasMessageContaining("at most 320");
    }

    @Test
    void refusesAStatusAboutSomethingElse() {
        var status = new StatusReport(Cast.name("another", 1), Cast.everyPrepared(Cast.refresh(2)));

        assertThatThrownBy(() -> StatusReport.decode(status.encode())).hasMessageContaining("another operation");
    }

    @Test
    void sortsTheVectorOfSetups() {
        var bytes = new SetupVector(new java.util.TreeMap<>(java.util.Map.of(2, Cast.BASE, 3, Cast.share(1)))).encode();
        var swapped = IntStream.concat(IntStream.range(34, 68), IntStream.range(0, 34))
                .mapToObj(at -> new byte[] {bytes[at]})
                .reduce(new byte[0], Encoding::concat);

        assertThatThrownBy(() -> SetupVector.decode(swapped)).hasMessageContaining("not in ascending order");
    }
}
