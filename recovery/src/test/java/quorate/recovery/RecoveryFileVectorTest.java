package quorate.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.DecodingException;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Secrets;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.Vectors;

/** vectors/recovery: a whole file of version 1, which is read for ever, and its intermediate values. */
class RecoveryFileVectorTest {
    static final Path FILE = Path.of("..", "vectors", "recovery", "one-key.recovery");
    static final Instant TIME = Instant.parse("2026-11-22T20:00:00Z");
    static final String LABEL = "policy text";

    @TempDir
    private Path folder;

    @Test
    void makesTheFileAgainFromItsInputs() throws Exception {
        assertThat(make().encode()).isEqualTo(Files.readAllBytes(FILE));
    }

    @Test
    void readsVerifiesAndOpensTheFile() throws Exception {
        var values = Vectors.json("recovery/one-key.json");
        var file = RecoveryFile.read(Files.readAllBytes(FILE));
        file.verify();
        assertThat(file.label()).isEqualTo(LABEL);
        assertThat(file.time()).isEqualTo(TIME);
        var batch = file.batches().getFirst();
        var part = Objects.requireNonNull(batch.proofs().get(2));
        assertThat(part.label().encode()).isEqualTo(Vectors.hex(values, "label"));
        assertThat(part.statement().aad()).isEqualTo(Vectors.hex(values, "aad"));
        assertThat(part.challenge()).isEqualTo(Vectors.hex(values, "challenge"));
        assertThat(part.row(0).opened()).isEqualTo(Vectors.hex(values, "row0Opened"));
        assertThat(part.row(0).rho()).isEqualTo(Vectors.hex(values, "row0Randomness"));
        try (var key = TestRsa.kat().key(folder);
                var scope = new Secrets()) {
            var kem = Arrays.copyOf(part.row(0).sealed(), 256);
            assertThat(key.unwrap(kem)).hasValue(Vectors.hex(values, "row0K"));
            assertThat(batch.open(0, key, scope).publish().encode()).isEqualTo(Vectors.hex(values, "privateKey"));
        }
    }

    /** The file, from the first key of project-kat.json. */
    static RecoveryFile make() throws RecoveryRefused, DecodingException, IOException {
        var dkg = Vectors.known("dkg").get(0);
        var group = Groups.SECP256K1;
        var shares = new ArrayList<Point>();
        for (int j = 0; j < 3; j++) {
            shares.add(group.decodePoint(Vectors.hex(dkg.required("X").get(j))));
        }
        var record = new KeyRecord(
                KeyScheme.ECDSA,
                dkg.required("keyId").asText(),
                0,
                1,
                group.decodePoint(Vectors.hex(dkg, "pk")),
                Vectors.hex(dkg, "cc"),
                shares);
        var proofs = new ArrayList<Proof>();
        for (int i : IntStream.rangeClosed(1, 3).toArray()) {
            try (var scope = new Secrets()) {
                proofs.add(Prover.prove(
                        new Label(Label.purpose(TIME), LABEL, List.of(record), i),
                        TestRsa.kat().recipient(),
                        List.of(TestKey.katShare(group, 0, i, scope)),
                        new KatDraw("recovery/" + i)));
            }
        }
        return RecoveryFile.of(List.of(Batch.combine(proofs)));
    }
}
