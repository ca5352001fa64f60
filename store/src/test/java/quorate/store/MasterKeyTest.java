package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.store.TestNode.RANDOM;
import static quorate.store.TestNode.write;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {
    private static final byte[] KEY = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f".repeat(2));
    private static final String HEX = HexFormat.of().formatHex(KEY);
    private static final PasswordCost CHEAP = PasswordCost.lowered(64, 1);

    @TempDir
    Path folder;

    @Test
    void readsHexAndBase64AsTheSameKey() {
        var expected = new MasterKey(KEY.clone()).fingerprint();
        for (var text : new String[] {
            HEX, HEX + "\n", HEX + "\r\n", HEX.toUpperCase(java.util.Locale.ROOT), Base64.getEncoder().encodeToString(KEY)
        }) {
            assertThat(keyFile(text).unlock(new KeyDerivation.Direct()).fingerprint()).isEqualTo(expected);
        }
    }

    /** Value computed independently: SHA-256(SHA-256(tag) ‖ SHA-256(tag) ‖ 00 01 .. 1f). */
    @Test
    void fingerprintIsThatOfTheDocumentation() {
        var counting = new byte[MasterKey.KEY_BYTES];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (byte) i;
        }
        assertThat(new MasterKey(counting).fingerprint()).isEqualTo("c1048a50584314c7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "zz0102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f",
                "this is forty-four characters, not base64...",
                "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f00"
            })
    void refusesWhatIsNoKeyWithoutQuotingIt(String text) {
        var source = keyFile(text);
        assertThatThrownBy(() -> source.unlock(new KeyDerivation.Direct()))
                .isInstanceOf(BadMasterKeyFile.class)
                .hasNoCause()
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .contains(folder.toString(), "64 hex digits")
                        .doesNotContain("0102030405", "forty-four"));
    }

    @Test
    void refusesAFileThatOthersCanRead() {
        var source = keyFile(HEX);
        TestNode.chmod(source.file(), "rw-r-----");
        assertThatThrownBy(() -> source.unlock(new KeyDerivation.Direct()))
                .isInstanceOf(UnsafePermissions.class)
                .hasMessageContaining("has mode 0640")
                .hasMessageContaining("chmod 600 " + source.file());
    }

    @Test
    void refusesAMissingFileAndAFolder() {
        for (var path : new Path[] {folder.resolve("none"), folder}) {
            assertThatThrownBy(() -> new MasterKeySource.KeyFile(path).unlock(new KeyDerivation.Direct()))
                    .isInstanceOf(BadMasterKeyFile.class)
                    .hasMessage(path + " does not exist or is not a file");
        }
    }

    @Test
    void createsKeyFilesThatAreOwnerOnlyAndDiffer() throws Exception {
        var first = folder.resolve("first");
        var second = folder.resolve("second");
        SecretFile.createKey(first, RANDOM);
        SecretFile.createKey(second, RANDOM);
        FilePermissions.requireOwnerOnly(first, second);
        assertThat(Files.readString(first)).matches("[0-9a-f]{64}\n").isNotEqualTo(Files.readString(second));
        assertThatThrownBy(() -> SecretFile.createKey(first, RANDOM)).isInstanceOf(StorageFailed.class);
    }

    @Test
    void derivesFromPasswordAndSalt() {
        var source = passwordFile("correct horse battery\n");
        var derivation = (KeyDerivation.Argon2id) source.freshDerivation(RANDOM);
        var fingerprint = source.unlock(derivation).fingerprint();
        assertThat(source.unlock(derivation).fingerprint()).isEqualTo(fingerprint);
        assertThat(passwordFile("correct horse battery").unlock(derivation).fingerprint()).isEqualTo(fingerprint);
        assertThat(passwordFile("Correct horse battery").unlock(derivation).fingerprint()).isNotEqualTo(fingerprint);
        assertThat(source.unlock(source.freshDerivation(RANDOM)).fingerprint()).isNotEqualTo(fingerprint);
        var dearer = new KeyDerivation.Argon2id(derivation.salt(), derivation.memoryKib(), 2, 1);
        assertThat(source.unlock(dearer).fingerprint()).isNotEqualTo(fingerprint);
    }

    @Test
    void standardCostIs64MebibytesAndThreePasses() {
        var source = new MasterKeySource.PasswordFile(passwordFile("correct horse battery").file());
        var derivation = (KeyDerivation.Argon2id) source.freshDerivation(RANDOM);
        assertThat(derivation.memoryKib()).isEqualTo(65_536);
        assertThat(derivation.passes()).isEqualTo(3);
        assertThat(derivation.lanes()).isEqualTo(1);
        assertThat(derivation.salt().length()).isEqualTo(16);
    }

    /** Pins what a password of today opens tomorrow. Value computed with the C reference implementation of Argon2. */
    @Test
    void derivationOfAKnownPasswordStays() {
        var salt = Bytes.fromHex("000102030405060708090a0b0c0d0e0f");
        var source = new MasterKeySource.PasswordFile(passwordFile("correct horse battery").file());
        assertThat(source.unlock(new KeyDerivation.Argon2id(salt, 65_536, 3, 1)).fingerprint())
                .isEqualTo("c216dd44eafd2499");
    }

    @Test
    void refusesAShortPassword() {
        var source = passwordFile("elevenchars");
        assertThatThrownBy(() -> source.unlock(source.freshDerivation(RANDOM)))
                .isInstanceOf(BadMasterKeyFile.class)
                .hasMessageEndingWith("holds a password of fewer than 12 bytes; choose a longer one");
    }

    @Test
    void refusesAPasswordForADatabaseOfAKeyFile() {
        var source = passwordFile("correct horse battery");
        assertThatThrownBy(() -> source.unlock(new KeyDerivation.Direct()))
                .isInstanceOf(BadMasterKeyFile.class)
                .hasMessageContaining("the database was made with a key file");
    }

    @Test
    void boundsTheCostThatAForeignFileCanAskFor() {
        var salt = Bytes.random(16, RANDOM);
        for (var cost : new int[][] {{1 << 21, 1, 1}, {64, 0, 1}, {64, 65, 1}, {7, 1, 1}, {64, 1, 17}}) {
            assertThatThrownBy(() -> new KeyDerivation.Argon2id(salt, cost[0], cost[1], cost[2]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("out of bounds");
        }
    }

    @Test
    void printsNothingAndDiesWhenClosed() {
        var raw = KEY.clone();
        var key = new MasterKey(raw);
        var sealer = key.sealer(RANDOM);
        assertThat(key.toString()).isEqualTo("MasterKey[" + key.fingerprint() + ", redacted]");
        assertThat(sealer).hasToString("Sealer[redacted]");
        key.close();
        assertThat(raw).containsOnly(0);
        assertThat(sealer.seal(new byte[0], new byte[1])).hasSize(1 + Sealer.OVERHEAD_BYTES);
        sealer.close();
        assertThatThrownBy(() -> sealer.seal(new byte[0], new byte[1])).hasStackTraceContaining("the key was closed");
    }

    private MasterKeySource.KeyFile keyFile(String text) {
        var file = folder.resolve("master.key");
        write(file, text, "rw-------");
        return new MasterKeySource.KeyFile(file);
    }

    private MasterKeySource.PasswordFile passwordFile(String text) {
        var file = folder.resolve("password");
        write(file, text, "rw-------");
        return new MasterKeySource.PasswordFile(file, CHEAP);
    }
}
