package quorate.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.key.Scheme;
import quorate.table.Keys;

/** The header of protocols.md 7.2; known answers: vectors/quorate/project-kat.json, export. */
class ExportHeaderTest {
    private static final byte[] SPKI_OF_RECIPIENT = Digest.sha256(hex(known("rsa"), "spki"));

    @Test
    void isEncodedAsInTheKnownAnswer() throws Exception {
        var answer = known("export");
        try (var scope = new Secrets()) {
            var shares = Keys.known("secp256k1", Groups.SECP256K1, scope);
            var sharing = Transfers.sharing(shares);
            var recipients = List.of(spki(1), SPKI_OF_RECIPIENT, spki(3));
            var exportId = Transcript.of("export/id").add(Transcript.of("kat/D1").add(new byte[0]).hash());
            var publicShares = IntStream.rangeClosed(1, 3).mapToObj(sharing::publicShare).toList();
            publicShares.forEach(exportId::add);
            var header = new ExportHeader(
                    Scheme.ECDSA,
                    sharing.keyId(),
                    0,
                    1,
                    2,
                    sharing.publicKey(),
                    sharing.chainCode(),
                    publicShares,
                    exportId.hash(),
                    Mode.MOVE,
                    SPKI_OF_RECIPIENT,
                    ExportHeader.destination(recipients),
                    "move",
                    "app",
                    1L << 33,
                    new byte[0]);

            assertThat(header.encode()).isEqualTo(hex(answer, "header"));
            assertThat(header.destination()).isEqualTo(hex(answer, "dest"));
            assertThat(header.signed(hex(answer, "blob"))).isEqualTo(hex(answer, "signed_digest"));
            assertThat(Digest.sha256(header.encode())).isEqualTo(hex(answer, "aad_sha256"));
            assertThat(header.commonHash()).isEqualTo(hex(answer, "common_header_sha256"));

            var decoded = ExportHeader.decode(hex(answer, "header"));
            assertThat(decoded.encode()).isEqualTo(hex(answer, "header"));
            assertThat(decoded.sharing().commitment()).isEqualTo(sharing.commitment());
        }
    }

    private static byte[] spki(int node) {
        return Transcript.of("kat/spki").addU16(node).hash();
    }

    @Test
    void refusesEveryFieldOfAnotherLength() throws Exception {
        var parts = Encoding.decode(hex(known("export"), "header"));
        // keyId, purpose, application and attributes may have other lengths.
        for (int part : List.of(0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17)) {
            for (int length : List.of(0, parts.get(part).length - 1, parts.get(part).length + 1)) {
                var edited = parts.toArray(byte[][]::new);
                edited[part] = Arrays.copyOf(parts.get(part), length);
                assertThatThrownBy(() -> ExportHeader.decode(Encoding.enc(edited)))
                        .as("part %d of %d bytes", part, length)
                        .isInstanceOf(DecodingException.class);
            }
        }
    }

    @Test
    void refusesWhatIsNoHeader() throws Exception {
        var header = hex(known("export"), "header");
        var parts = Encoding.decode(header);
        assertThatThrownBy(() -> ExportHeader.decode(new byte[0])).isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> ExportHeader.decode(new byte[ExportHeader.LONGEST + 1]))
                .isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> ExportHeader.decode(Arrays.copyOf(header, header.length + 1)))
                .isInstanceOf(DecodingException.class);
        // Version, curve, scheme, n, t, i, mode out of range; a text that is not UTF-8; texts too long or missing.
        refuses(parts, 0, new byte[] {2});
        refuses(parts, 1, new byte[] {9});
        refuses(parts, 2, new byte[] {7});
        refuses(parts, 3, new byte[0]);
        refuses(parts, 3, new byte[65]);
        refuses(parts, 5, new byte[] {0, 4});
        refuses(parts, 6, new byte[] {0, 0});
        refuses(parts, 6, new byte[] {0, 3});
        refuses(parts, 7, new byte[] {0, 4});
        refuses(parts, 12, new byte[] {3});
        refuses(parts, 15, new byte[] {(byte) 0xff});
        refuses(parts, 15, "x".repeat(257).getBytes(US_ASCII));
        refuses(parts, 16, new byte[0]);
        refuses(parts, 18, new byte[2049]);
        refuses(parts, 4, new byte[] {-1, 0, 0, 0, 0, 0, 0, 0});
    }

    private static void refuses(List<byte[]> parts, int part, byte[] value) {
        var edited = parts.toArray(byte[][]::new);
        edited[part] = value;
        assertThatThrownBy(() -> ExportHeader.decode(Encoding.enc(edited)))
                .as("part %d", part)
                .isInstanceOf(DecodingException.class);
    }
}
