package quorate.node.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import quorate.algebra.Transcript;
import quorate.rsa.Pem;

/**
 * The long-lived keys of one node: the TLS key of its links and the statement key, which together make
 * its id (protocols.md 0.4), and the TLS key of its API, which callers pin.
 *
 * <p>Files: {@code tls.key}, {@code statement.key}, {@code api.key} (PKCS#8 PEM) and {@code tls.crt},
 * {@code api.crt} (PEM), all of mode 0600 in a folder of mode 0700. Made once, never overwritten.
 *
 * @param player this node's number in the installation, from 1
 */
public record NodeIdentity(int player, TlsKey tls, StatementKey statements, TlsKey api) {
    private static final String TLS = "tls";
    private static final String STATEMENT = "statement";
    private static final String API = "api";
    private static final int LARGEST_FILE = 16 * 1024;

    /** Fresh keys. {@code apiHosts} are the names under which callers reach the API. */
    public static NodeIdentity generate(int player, List<String> apiHosts, SecureRandom random) {
        var hosts = Stream.concat(Stream.of("localhost", "127.0.0.1"), apiHosts.stream()).distinct().toList();
        return new NodeIdentity(
                player,
                TlsKey.create("quorate node " + player, List.of(), random),
                StatementKey.create(random),
                TlsKey.create("quorate node " + player + " api", hosts, random));
    }

    /** Fresh keys in a new folder: all files or none, never over an existing one. */
    public static NodeIdentity create(Path folder, int player, List<String> apiHosts, SecureRandom random)
            throws IOException {
        var identity = generate(player, apiHosts, random);
        OwnerOnly.createFolder(folder, random, identity::write);
        return identity;
    }

    private void write(Path folder) throws IOException {
        write(folder, TLS, tls);
        write(folder, API, api);
        writeKey(folder, STATEMENT, statements.encode());
    }

    private static void write(Path folder, String name, TlsKey key) throws IOException {
        writeKey(folder, name, key.privateKey().getEncoded());
        try {
            var pem = Pem.encode(Pem.CERTIFICATE, key.certificate().getEncoded());
            OwnerOnly.createFile(folder.resolve(name + ".crt"), pem);
        } catch (CertificateEncodingException e) {
            throw new IOException(e);
        }
    }

    private static void writeKey(Path folder, String name, byte[] pkcs8) throws IOException {
        var pem = Pem.encode(Pem.PRIVATE_KEY, pkcs8);
        try {
            OwnerOnly.createFile(folder.resolve(name + ".key"), pem);
        } finally {
            Arrays.fill(pem, (byte) 0);
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /** Reads the keys of {@code folder}. Names the file that is missing, damaged or open to others. */
    public static NodeIdentity load(Path folder, int player) throws IOException {
        requireOwnerOnly(folder);
        var statements = read(folder.resolve(STATEMENT + ".key"), Pem.PRIVATE_KEY, StatementKey::decode);
        return new NodeIdentity(player, loadTls(folder, TLS), statements, loadTls(folder, API));
    }

    private static TlsKey loadTls(Path folder, String name) throws IOException {
        var certificate = read(folder.resolve(name + ".crt"), Pem.CERTIFICATE, byte[]::clone);
        return read(folder.resolve(name + ".key"), Pem.PRIVATE_KEY, pkcs8 -> TlsKey.decode(pkcs8, certificate));
    }

    @FunctionalInterface
    private interface Decoder<T> {
        T decode(byte[] der) throws IOException;
    }

    private static <T> T read(Path file, String label, Decoder<T> decoder) throws IOException {
        requireOwnerOnly(file);
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException(file + ": too long for a key");
        }
        var text = Files.readAllBytes(file);
        var der = new byte[0];
        try {
            der = Pem.decode(label, text);
            return decoder.decode(der);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(der, (byte) 0);
        }
    }

    private static void requireOwnerOnly(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new IOException(path + ": there is no such file");
        }
        var exposure = OwnerOnly.exposure(path);
        if (exposure.isPresent()) {
            throw new IOException(exposure.get());
        }
    }

    /** id of protocols.md 0.4: names the two long-lived keys of a player. */
    public Bytes32 id() {
        return id(player, tls.pin(), statements.publicKey());
    }

    /** TH("id", I2OSP(player,2), SHA256(SPKI DER of the TLS key), statement public key). */
    public static Bytes32 id(int player, Bytes32 tlsPin, Bytes32 statementKey) {
        return Bytes32.of(Transcript.of("id")
                .addU16(player)
                .add(tlsPin.bytes())
                .add(statementKey.bytes())
                .hash());
    }
}
