package quorate.recovery.tool;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quorate.recovery.KeyRecord;
import quorate.recovery.RecoveryFile;
import quorate.recovery.RecoveryRefused;
import quorate.recovery.key.ChildPath;
import quorate.recovery.key.KeyFormat;
import quorate.rsa.PrivateFile;
import quorate.rsa.RsaDecryptor;
import quorate.rsa.RsaRecipient;

/**
 * {@code java -jar quorate-recovery.jar}: verifies and opens recovery files on a machine that has nothing else of
 * Quorate.
 */
public final class Main {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final String USAGE =
            """
            usage:
              verify FILE [--public-key HEX] [--to RSA.pem]
              open FILE --label TEXT (--private-key PEM | --pkcs11 CONFIG --pkcs11-key LABEL --pin-file F)
                   [--key ID] [--path m/0/5] [--format raw|pem|sec1|wif|keystore]
                   [--keystore-password-file F] --out FILE
              sign --scalar FILE --message FILE
            """;
    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "verify", Set.of("--public-key", "--to"),
            "open",
                    Set.of(
                            "--label", "--private-key", "--pkcs11", "--pkcs11-key", "--pin-file", "--key", "--path",
                            "--format", "--keystore-password-file", "--out"),
            "sign", Set.of("--scalar", "--message"));

    private final SecureRandom random;
    private final PrintStream out;

    Main(SecureRandom random, PrintStream out) {
        this.random = random;
        this.out = out;
    }

    /** Exits 0 when done, 1 when refused, 2 for wrong usage. */
    public static void main(String[] arguments) {
        System.exit(new Main(new SecureRandom(), System.out).run(arguments, System.err));
    }

    int run(String[] arguments, PrintStream err) {
        try {
            var options = options(arguments);
            switch (arguments[0]) {
                case "verify" -> verify(options);
                case "open" -> open(options);
                default -> sign(options);
            }
            return DONE;
        } catch (RecoveryRefused | IOException | IllegalStateException e) {
            err.println("refused: " + e.getMessage());
            return FAILED;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(USAGE);
            return WRONG_USAGE;
        }
    }

    private static Map<String, String> options(String[] arguments) {
        var known = arguments.length == 0 ? null : OPTIONS.get(arguments[0]);
        if (known == null) {
            throw new IllegalArgumentException("a command is needed");
        }
        var options = new HashMap<String, String>();
        for (int at = 1; at < arguments.length; at++) {
            var name = arguments[at];
            @Nullable String before;
            if (!name.startsWith("--")) {
                before = options.put("FILE", name);
            } else if (known.contains(name) && at + 1 < arguments.length) {
                before = options.put(name, arguments[++at]);
            } else {
                throw new IllegalArgumentException("not understood: " + name);
            }
            if (before != null) {
                throw new IllegalArgumentException("given twice: " + name);
            }
        }
        return options;
    }

    private static String required(Map<String, String> options, String name) {
        var value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static Optional<Path> path(Map<String, String> options, String name) {
        return Optional.ofNullable(options.get(name)).map(Path::of);
    }

    private void verify(Map<String, String> options) throws IOException, RecoveryRefused {
        var file = Offline.read(Path.of(required(options, "FILE")));
        var to = path(options, "--to");
        if (to.isPresent()) {
            file.requireRecipient(RsaRecipient.read(to.get()));
        }
        if (options.containsKey("--public-key")) {
            file.requireKeys(List.of(HexFormat.of().parseHex(required(options, "--public-key"))));
        }
        file.verify();
        describe(file);
    }

    private void describe(RecoveryFile file) throws RecoveryRefused {
        out.println("ok");
        out.println("made        " + file.time());
        out.println("label       " + file.label());
        out.println("RSA key     " + file.recipient().fingerprint());
        for (KeyRecord key : file.keys()) {
            out.println("key         " + key.keyId() + ", epoch " + key.epoch() + ", "
                    + key.scheme().name().toLowerCase(Locale.ROOT) + " on " + key.group().name() + ", "
                    + key.threshold() + " of " + key.players());
            out.println("public key  " + HexFormat.of().formatHex(key.shownPublicKey()));
        }
    }

    private void open(Map<String, String> options) throws IOException, RecoveryRefused {
        var target = Path.of(required(options, "--out"));
        if (Files.exists(target)) {
            throw new IOException(target + " exists; nothing was changed");
        }
        var format = KeyFormat.valueOf(options.getOrDefault("--format", "raw").toUpperCase(Locale.ROOT));
        var passwordFile = path(options, "--keystore-password-file");
        var password = passwordFile.isPresent() ? Offline.firstLine(passwordFile.get()) : new char[0];
        var order = new Offline.Order(
                required(options, "--label"),
                Optional.ofNullable(options.get("--key")),
                ChildPath.parse(options.getOrDefault("--path", "m")),
                format,
                password);
        var file = Offline.read(Path.of(required(options, "FILE")));
        try (var decryptor = decryptor(options)) {
            var opened = Offline.open(file, order, decryptor, random);
            try {
                PrivateFile.create(target, opened.content());
            } finally {
                Arrays.fill(opened.content(), (byte) 0);
            }
            out.println("public key  " + HexFormat.of().formatHex(opened.publicKey()));
            out.println("written     " + target);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private RsaDecryptor decryptor(Map<String, String> options) throws IOException {
        var pem = path(options, "--private-key");
        if (pem.isPresent() == options.containsKey("--pkcs11")) {
            throw new IllegalArgumentException("exactly one of --private-key and --pkcs11 is needed");
        }
        return pem.isPresent()
                ? Offline.pem(pem.get(), random)
                : Offline.token(
                        Path.of(required(options, "--pkcs11")),
                        required(options, "--pkcs11-key"),
                        Path.of(required(options, "--pin-file")));
    }

    private void sign(Map<String, String> options) throws IOException {
        var message = Files.readAllBytes(Path.of(required(options, "--message")));
        var signed = Offline.sign(Path.of(required(options, "--scalar")), message, random);
        out.println("public key  " + HexFormat.of().formatHex(signed.publicKey()));
        out.println("signature   " + HexFormat.of().formatHex(signed.signature()));
    }
}
