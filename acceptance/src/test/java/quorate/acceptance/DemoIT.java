package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo --json} from a shell. */
class DemoIT {
    @TempDir
    private Path work;

    @Test
    void tellsTheWholeStoryAndLeavesNothingBehind() throws IOException {
        var temporary = Files.createDirectory(work.resolve("tmp"));

        var demo = Ran.process(work, List.of("-Djava.io.tmpdir=" + temporary), "demo", "--json");

        var report = demo.done();
        assertThat(report.fieldNames()).toIterable().containsExactly("steps", "ok");
        assertThat(report.path("ok").isBoolean()).isTrue();
        assertThat(report.path("ok").asBoolean()).isTrue();
        var steps = StreamSupport.stream(report.path("steps").spliterator(), false).toList();
        assertThat(steps).isNotEmpty().allSatisfy(DemoIT::assertDone);
        // Each of these ends with an independent verifier that has accepted every signature.
        assertThat(steps).extracting(step -> step.path("name").asText())
                .contains(
                        "generate an Ed25519 key",
                        "generate a BIP-340 key",
                        "generate an ECDSA key on secp256k1",
                        "sign with nodes [1, 2]",
                        "sign with nodes [1, 3]",
                        "sign with nodes [2, 3]",
                        "sign as the derived key m/0/5",
                        "make 10 presignatures with nodes [1, 2]",
                        "sign from one of them, without a word between the nodes",
                        "pause all nodes",
                        "back up all databases",
                        "resume",
                        "stop node 2 and delete its database",
                        "sign with nodes [1, 3] meanwhile",
                        "restore node 2 from its backup",
                        "see the old presignatures of nodes [1, 2] refused",
                        "sign with nodes [1, 2] again",
                        "sign with nodes [2, 3] again",
                        "see that all pairs have set up anew",
                        "make 10 new presignatures with nodes [1, 2]",
                        "sign from one of the new ones",
                        "reshare the keys",
                        "sign with nodes [1, 2] in the new epoch",
                        "sign with nodes [1, 3] in the new epoch",
                        "sign with nodes [2, 3] in the new epoch",
                        "see the presignatures of the old epoch gone",
                        "stop all nodes");
        assertThat(demo.err()).isEmpty();
        assertThat(temporary).isEmptyDirectory();
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().commandLine().stream())
                        .filter(line -> line.contains(temporary + "/quorate-demo-")))
                .isEmpty();
    }

    private static void assertDone(JsonNode step) {
        assertThat(step.fieldNames()).toIterable().containsExactly("name", "ok", "millis");
        assertThat(step.path("ok").asBoolean()).isTrue();
        assertThat(step.path("millis").isIntegralNumber()).isTrue();
    }
}
