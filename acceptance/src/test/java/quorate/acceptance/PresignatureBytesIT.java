package quorate.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.internal.ScalarField;

/**
 * Presignatures are in memory only: the secrets of all of them are read out of the memory of two nodes and looked for
 * in every file that is there after they were made and used. {@code quorate.test.presignatures} says how many
 * are made of each kind; 300 by default.
 */
class PresignatureBytesIT {
    private static final int COUNT = Integer.getInteger("quorate.test.presignatures", 300);
    private static final int UNUSED = 20;

    /** With many, nodes compile like those of operators, and the contract has judged enough calls that are all alike. */
    private static final boolean MANY = COUNT > 1_000;

    /** Few at a time where nodes run without an optimising compiler: they have a debugger besides. */
    private static final int BATCH = MANY ? 500 : 50;

    private static final int JUDGED = 300;

    private static final List<Integer> PAIR = List.of(1, 2);

    @TempDir
    private Path work;

    @Test
    void noFileContainsAnythingOfAPresignature() throws IOException {
        try (var cluster = Cluster.initForEcdsa(work)) {
            var options = MANY ? List.of("-XX:TieredStopAtLevel=4") : List.<String>of();
            var ports = PAIR.stream().map(node -> cluster.startForDebugger(node, options)).toList();
            cluster.start(3);
            var presigned = new Presigned(cluster);
            var ecdsa = new EcdsaSignatures(cluster).generate("secp256k1", "bytes-ecdsa");
            var schnorr = cluster.generate("ed25519", "bytes-schnorr");
            var ecdsaIds = make(presigned, ecdsa);
            var schnorrIds = make(presigned, schnorr);

            var traces = new Traces();
            ports.forEach(port -> addSecrets(port, traces));
            // phi, u and v, d and e: of each presignature at each node.
            assertThat(traces.secrets()).isGreaterThanOrEqualTo(PAIR.size() * COUNT * 5);
            use(cluster, ecdsa, ecdsaIds);
            use(cluster, schnorr, schnorrIds);
            cluster.backUp();

            assertThat(traces.in(work)).as("while the nodes run").isEmpty();
            Cluster.ALL.forEach(cluster::stop);
            assertThat(traces.in(work)).as("after they have stopped").isEmpty();
        }
    }

    private static List<String> make(Presigned presigned, JsonNode key) {
        var made = new ArrayList<String>();
        while (made.size() < COUNT) {
            made.addAll(presigned.make(key, PAIR, Math.min(BATCH, COUNT - made.size())));
        }
        return made;
    }

    /** What is searched for would be found. */
    @Test
    void searchFindsEveryForm() throws IOException {
        var number = HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20");
        var traces = new Traces();
        traces.addEncoded(number);
        traces.addLimbs(new long[] {0x0000_1234_5678_9abcL});
        Files.writeString(work.resolve("nothing"), "01020304050607 and nothing else");
        var found = List.of(
                Files.write(work.resolve("encoded"), ("before" + new String(number, US_ASCII) + "after").getBytes(US_ASCII)),
                Files.writeString(work.resolve("log"), "nonce=" + HexFormat.of().formatHex(number)),
                Files.write(work.resolve("half"), Arrays.copyOfRange(number, 16, 32)),
                Files.write(work.resolve("limb"), HexFormat.of().parseHex("ffbc9a78563412000011")));

        assertThat(traces.in(work)).containsExactlyInAnyOrderElementsOf(found);
    }

    private static void addSecrets(int debugPort, Traces traces) {
        try (var memory = Memory.of(debugPort)) {
            for (var limbs : memory.limbs("quorate.ecdsa.PresignatureShare", List.of("phi", "u", "v"))) {
                var encoded = new byte[ScalarField.BYTES];
                ScalarField.SECP256K1.encodeBigEndian(encoded, limbs);
                assertThat(encoded).as("not wiped yet").isNotEqualTo(new byte[encoded.length]);
                traces.addEncoded(encoded);
                traces.addLimbs(limbs);
            }
            for (var nonces : memory.bytes("quorate.frost.FrostPresignature", "nonces")) {
                assertThat(nonces).as("not wiped yet").isNotEqualTo(new byte[nonces.length]);
                traces.addEncoded(Arrays.copyOf(nonces, ScalarField.BYTES));
                traces.addEncoded(Arrays.copyOfRange(nonces, ScalarField.BYTES, nonces.length));
            }
        }
    }

    /** All but a few, which are still in memory when the files are searched. */
    private static void use(Cluster cluster, JsonNode key, List<String> presignatures) {
        var used = presignatures.subList(0, COUNT - UNUSED);
        int judged = Math.min(JUDGED, used.size());
        for (int node : PAIR) {
            try (var user = cluster.user(node);
                    var unjudged = cluster.unjudgedUser(node)) {
                used.subList(0, judged).forEach(id -> Presigned.part(user, key, PAIR, id, Signatures.MESSAGE));
                used.subList(judged, used.size()).parallelStream()
                        .forEach(id -> Presigned.part(unjudged, key, PAIR, id, Signatures.MESSAGE));
            }
        }
    }
}
