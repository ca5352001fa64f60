package quorate.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.Vectors;

/** One proof of vectors/quorate/project-kat.json, byte by byte. */
class ProofVectorTest {
    @TempDir
    private Path folder;

    @Test
    void makesTheProofOfTheKnownAnswers() throws Exception {
        var kat = Vectors.known("pve");
        var recipient = TestRsa.kat().recipient();
        var label = Label.decode(Vectors.hex(kat, "label"));
        assertThat(label.encode()).isEqualTo(Vectors.hex(kat, "label"));
        try (var scope = new Secrets()) {
            var secret = TestKey.katShare(Groups.SECP256K1, 0, 2, scope);

            var proof = Prover.prove(label, recipient, List.of(secret), new KatDraw("pve"));

            assertThat(proof.statement().aad()).isEqualTo(Vectors.hex(kat, "aad"));
            assertThat(proof.challenge()).isEqualTo(Vectors.hex(kat, "chal"));
            var encoded = proof.encode();
            assertThat(encoded).hasSize(kat.required("pve").required("len").asInt());
            assertThat(Vectors.sha256(encoded)).isEqualTo(Vectors.hex(kat.required("pve"), "sha256"));
            var read = Proof.decode(encoded);
            Verifier.verify(read);
            try (var key = TestRsa.kat().key(folder)) {
                assertThat(Opener.open(read, key, scope)).hasSize(1).allSatisfy(opened ->
                        assertThat(opened.publish()).isEqualTo(secret.publish()));
            }
        }
    }
}
