package quorate.recovery;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.rsa.TokenRsaKey;

/** What is wrong with a token's configuration is said; that a token opens is shown by RecoveryIT, with SoftHSM. */
class TokenTest {
    @TempDir
    private Path folder;

    @Test
    void namesAConfigurationThatLeadsNowhere() throws IOException {
        var file = Files.writeString(folder.resolve("token.cfg"), "name = None\nlibrary = /nowhere/lib.so\n");
        for (var configuration : new Path[] {file, folder.resolve("missing.cfg")}) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> TokenRsaKey.open(configuration, "recovery", "1234".toCharArray()))
                    .withMessageContaining(configuration.toString());
        }
    }
}
