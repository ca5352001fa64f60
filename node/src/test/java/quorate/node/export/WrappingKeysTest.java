package quorate.node.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.Secrets;
import quorate.node.StoppedCluster;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rsa.Fingerprint;
import quorate.rsa.RsaWrap;
import quorate.store.Bytes;
import quorate.store.Database;

/** The wrapping key of a node: made once, sealed, and the only one that opens what was wrapped for it. */
class WrappingKeysTest {
    private static final byte[] HEADER = "header".getBytes(US_ASCII);
    private static final byte[] SHARE = "thirty-two bytes of a secret y_i".getBytes(US_ASCII);

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private StoppedCluster cluster;

    @BeforeEach
    void initialise() throws Exception {
        cluster = StoppedCluster.in(folder);
    }

    @Test
    void isMadeOnceAndKept() throws Exception {
        var fingerprints = new ArrayList<Fingerprint>();
        for (int start = 0; start < 2; start++) {
            try (var database = cluster.open(1)) {
                var keys = new WrappingKeys(database, random);
                fingerprints.add(keys.publicKey().fingerprint());
                assertThat(keys.publicKey().isShort()).isFalse();
                // There is one already.
                var kept = database.wrappingKeys().keep(Bytes.of(SHARE), SHARE);
                assertThat(kept.spki()).isEqualTo(Bytes.of(keys.publicKey().spki()));
                var blob = RsaWrap.wrap(keys.publicKey(), HEADER, SHARE, random);
                assertThat(keys.unwrap(HEADER, blob)).hasValueSatisfying(y -> assertThat(y).isEqualTo(SHARE));
            }
        }
        assertThat(fingerprints.getFirst()).isEqualTo(fingerprints.getLast());
    }

    /** A move, seen by somebody who has all of it: blob i opens at node i, with its own header, and nowhere else. */
    @Test
    void blobOpensAtItsOwnNodeAlone() throws Exception {
        var databases = new ArrayList<Database>();
        try {
            var nodes = new ArrayList<WrappingKeys>();
            for (int node : List.of(1, 2, 3)) {
                var database = cluster.open(node);
                databases.add(database);
                nodes.add(new WrappingKeys(database, random));
            }
            for (int i = 0; i < nodes.size(); i++) {
                var blob = RsaWrap.wrap(nodes.get(i).publicKey(), HEADER, SHARE, random);
                for (int j = 0; j < nodes.size(); j++) {
                    assertThat(nodes.get(j).unwrap(HEADER, blob).isPresent()).isEqualTo(i == j);
                }
                assertThat(nodes.get(i).unwrap("another header".getBytes(US_ASCII), blob)).isEmpty();
                for (int at = 0; at < blob.length; at += 7) {
                    var changed = blob.clone();
                    changed[at] ^= 1;
                    assertThat(nodes.get(i).unwrap(HEADER, changed)).as("byte %d", at).isEmpty();
                }
                assertThat(nodes.get(i).unwrap(HEADER, new byte[0])).isEmpty();
            }
        } finally {
            databases.forEach(Database::close);
        }
    }

    @Test
    void privateHalfIsInNoFileInClear() throws Exception {
        try (var database = cluster.open(1)) {
            new WrappingKeys(database, random).publicKey();
            var seen = new ArrayList<byte[]>();
            database.wrappingKeys().use(pkcs8 -> seen.add(pkcs8.clone()));
            // The last bytes of a PKCS#8 structure are those of the CRT coefficient.
            var tail = Arrays.copyOfRange(
                    seen.getFirst(), seen.getFirst().length - 64, seen.getFirst().length);
            try (var files = Files.walk(folder)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(contains(Files.readAllBytes(file), tail)).as(file.toString()).isFalse();
                }
            }
        }
    }

    private static boolean contains(byte[] all, byte[] part) {
        return HexFormat.of().formatHex(all).contains(HexFormat.of().formatHex(part));
    }

    /** Twice the same header and a generator that repeats: another process or database draws other values. */
    @Test
    void wrapsAreHedged() {
        try (var scope = new Secrets()) {
            var first = drawn(1, scope);
            var second = drawn(2, scope);
            assertThat(first).isNotEqualTo(second);
            assertThat(drawn(1, scope)).isEqualTo(first);
        }
    }

    private static byte[] drawn(int incarnation, Secrets scope) {
        var me = new Entry(
                0, 1, new byte[32], repeated(incarnation), new byte[32], new byte[32]);
        var random = new DrawnRandom(new HedgedDraw(new Stuck(), new byte[32], me, scope).knowing(HEADER));
        var k = new byte[32];
        random.nextBytes(k);
        var seed = new byte[32];
        random.nextBytes(seed);
        assertThat(seed).isNotEqualTo(k);
        return k;
    }

    private static byte[] repeated(int value) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** A generator of a machine that was cloned. */
    private static final class Stuck extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 7);
        }
    }
}
