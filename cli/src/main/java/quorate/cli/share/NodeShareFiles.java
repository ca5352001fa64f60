package quorate.cli.share;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import quorate.api.Bytes;
import quorate.api.Json;
import quorate.api.MalformedJson;
import quorate.api.ProblemCode;
import quorate.cli.cluster.OwnerFiles;
import quorate.cli.terminal.CommandFailed;
import quorate.node.config.ConfigException;
import quorate.node.config.NodeConfig;
import quorate.node.identity.NodeIdentity;
import quorate.node.identity.Statements;
import quorate.node.local.LocalClient;
import quorate.node.local.LocalMessage;
import quorate.node.problem.StoreProblems;
import quorate.node.share.Protection.Argon2id;
import quorate.node.share.Protection.Kind;
import quorate.node.share.ShareAnswer;
import quorate.node.share.ShareFile;
import quorate.node.share.ShareHeader;
import quorate.node.share.ShareOrder;
import quorate.node.share.ShareRefused;
import quorate.node.share.ShareRules;
import quorate.rsa.PemRsaKey;
import quorate.rsa.RsaRecipient;
import quorate.store.BadMasterKeyFile;
import quorate.store.KeyDerivation;
import quorate.store.PasswordCost;
import quorate.store.SecretFile;
import quorate.store.StoreException;

/** Share backups as the node module reads them, and nodes as their local sockets answer. */
public final class NodeShareFiles implements ShareFiles {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String INCOMPLETE = ".incomplete";
    private static final byte[] NOTHING = {};

    private final SecureRandom random;

    public NodeShareFiles(SecureRandom random) {
        this.random = random;
    }

    @Override
    public Described backUp(Path config, String keyId, String label, Protection protection, Path out) {
        var derivation = KeyDerivation.Argon2id.fresh(PasswordCost.STANDARD, random);
        var opening =
                switch (protection) {
                    case Protection.Plain _, Protection.Sealed _ -> NOTHING.clone();
                    case Protection.Password(var file) -> passwordKey(file, derivation);
                };
        var order =
                switch (protection) {
                    case Protection.Plain _ -> new ShareOrder.Backup(keyId, label, Kind.PLAIN, null, null);
                    case Protection.Password _ ->
                        new ShareOrder.Backup(keyId, label, Kind.PASSWORD, wire(derivation), null);
                    case Protection.Sealed(var publicKey) ->
                        new ShareOrder.Backup(keyId, label, Kind.RSA, null, recipient(publicKey).spki());
                };
        try (var request = LocalMessage.of(Json.write(new ShareOrder(order, null)), opening);
                var answer = call(config, request)) {
            done(answer, Optional.empty());
            return write(answer.attachment(0), out, opening);
        }
    }

    @Override
    public Described write(Bytes file, Path out) {
        return write(file.toArray(), out, NOTHING);
    }

    /** Under a name of its own until it is on the disk and was read back: nobody shall take less for a backup. */
    private static Described write(byte[] file, Path out, byte[] openingKey) {
        var temporary = out.resolveSibling(out.getFileName() + INCOMPLETE);
        try {
            Files.deleteIfExists(temporary);
            try (var channel = OwnerFiles.create(temporary)) {
                var bytes = ByteBuffer.wrap(file);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, out, StandardCopyOption.ATOMIC_MOVE);
            OwnerFiles.syncFolder(out);
            return readBack(out, openingKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Described readBack(Path out, byte[] openingKey) throws IOException {
        try (var read = read(out)) {
            boolean opens = read.header().protection().kind() != Kind.RSA;
            if (opens) {
                read.open(openingKey, share -> true);
            }
            return described(read.header(), opens);
        } catch (ShareRefused e) {
            Files.delete(out);
            throw failed(out, e);
        }
    }

    @Override
    public Described verify(Path file, Opening opening, Optional<Path> config) {
        try (var read = read(file)) {
            if (config.isPresent()) {
                requireNode(read.header(), config.get());
            }
            boolean opens = opening.isThere() || read.header().protection().kind() == Kind.PLAIN;
            if (opens) {
                var key = openingKey(read, file, opening);
                try {
                    read.open(key, share -> true);
                } finally {
                    Arrays.fill(key, (byte) 0);
                }
            }
            return described(read.header(), opens);
        } catch (ShareRefused e) {
            throw failed(file, e);
        }
    }

    private static void requireNode(ShareHeader header, Path config) throws ShareRefused {
        try {
            var settings = NodeConfig.load(config);
            var identity = NodeIdentity.load(settings.identity(), settings.player());
            header.requireOf(identity.player(), identity.id());
        } catch (ConfigException e) {
            throw new CommandFailed(ProblemCode.CONFIGURATION, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Restored restore(Path config, Path file, Opening opening, Terms terms) {
        try (var read = read(file)) {
            var order = new ShareOrder(
                    null,
                    new ShareOrder.Restore(
                            terms.keyId().orElse(null), terms.replace(), terms.forceOlderEpoch(), terms.dryRun()));
            try (var request = LocalMessage.of(Json.write(order), bytes(file), openingKey(read, file, opening));
                    var answer = call(config, request)) {
                var said = done(answer, Optional.of(file));
                var header = read.header();
                var fate = Optional.ofNullable(said.fate()).orElseThrow();
                return new Restored(header.keyId(), header.player(), header.epoch(), outcome(fate));
            }
        } catch (ShareRefused e) {
            throw failed(file, e);
        }
    }

    private static String outcome(ShareRules.Fate fate) {
        return switch (fate) {
            case RESTORED -> "restored";
            case REPLACES -> "replaced";
            case UNCHANGED -> "unchanged";
            case FORCED -> "forced";
        };
    }

    @Override
    public Recipient recipient(Path publicKey) {
        try {
            var key = RsaRecipient.read(publicKey);
            return new Recipient(
                    Bytes.of(key.spki()), Bytes.of(key.fingerprint().bytes()), key.isShort());
        } catch (IOException e) {
            throw new CommandFailed(ProblemCode.RECIPIENT_REFUSED, String.valueOf(e.getMessage()));
        }
    }

    // What opens the share: the key that the password becomes, or the one that the RSA key unwraps.
    private byte[] openingKey(ShareFile file, Path path, Opening opening) throws ShareRefused {
        var protection = file.header().protection();
        return switch (protection.kind()) {
            case PLAIN -> {
                if (opening.isThere()) {
                    throw new ShareRefused(ProblemCode.BACKUP_LOCKED, "is plain: it needs neither password nor key");
                }
                yield NOTHING.clone();
            }
            case PASSWORD -> {
                var argon2id = Optional.ofNullable(protection.argon2id()).orElseThrow();
                var password = Optional.ofNullable(opening.passwordFile())
                        .orElseThrow(() -> locked(path, "is under a password: give --password-file"));
                yield passwordKey(password, stored(argon2id));
            }
            case RSA -> {
                var privateKey = Optional.ofNullable(opening.privateKey())
                        .orElseThrow(() -> locked(
                                path, "is sealed for RSA key " + protection.recipient() + ": give --private-key"));
                yield unwrap(file, path, privateKey);
            }
        };
    }

    private byte[] unwrap(ShareFile file, Path path, Path privateKey) throws ShareRefused {
        try (var decryptor = PemRsaKey.read(privateKey, random)) {
            return decryptor
                    .unwrap(file.kem())
                    .orElseThrow(() -> locked(
                            path,
                            "is sealed for RSA key "
                                    + file.header().protection().recipient() + ", not for " + decryptor.fingerprint()));
        } catch (IOException e) {
            throw new CommandFailed(ProblemCode.CREDENTIALS, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] passwordKey(Path file, KeyDerivation.Argon2id derivation) {
        try {
            return SecretFile.passwordKey(file, derivation);
        } catch (BadMasterKeyFile e) {
            throw new CommandFailed(ProblemCode.PASSWORD_FILE, String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            throw new CommandFailed(StoreProblems.forOperator(e));
        }
    }

    private static Argon2id wire(KeyDerivation.Argon2id derivation) {
        return new Argon2id(
                Bytes.of(derivation.salt().toArray()),
                derivation.memoryKib(),
                derivation.passes(),
                derivation.lanes());
    }

    private static KeyDerivation.Argon2id stored(Argon2id derivation) {
        return new KeyDerivation.Argon2id(
                quorate.store.Bytes.of(derivation.salt().toArray()),
                derivation.memoryKib(),
                derivation.passes(),
                derivation.lanes());
    }

    private static LocalMessage call(Path config, LocalMessage request) {
        try {
            return new LocalClient(config, PATIENCE).call(request);
        } catch (IOException e) {
            throw new CommandFailed(ProblemCode.NODE_SOCKET, String.valueOf(e.getMessage()));
        }
    }

    private static ShareAnswer done(LocalMessage answer, Optional<Path> file) {
        try {
            var said = Json.readAnswer(answer.json(), ShareAnswer.class);
            var problem = said.problem();
            if (problem != null) {
                throw new CommandFailed(file.map(path -> problem.detailed(path + ": " + problem.detail()))
                        .orElse(problem));
            }
            return said;
        } catch (MalformedJson e) {
            throw new CommandFailed(ProblemCode.NODE_ANSWER_INVALID, e.detail());
        }
    }

    private static ShareFile read(Path file) {
        var bytes = bytes(file);
        try {
            return ShareFile.read(bytes, new Statements());
        } catch (ShareRefused e) {
            throw failed(file, e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] bytes(Path file) {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(ShareFile.LARGEST_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Described described(ShareHeader header, boolean opened) {
        return new Described(
                header.keyId(),
                header.player(),
                header.epoch(),
                header.shareId(),
                header.publicKey(),
                header.protection().kind().name().toLowerCase(Locale.ROOT),
                header.protection().recipient(),
                header.label(),
                header.createdAt(),
                opened);
    }

    private static CommandFailed locked(Path file, String reason) {
        return new CommandFailed(ProblemCode.BACKUP_LOCKED, file + " " + reason);
    }

    private static CommandFailed failed(Path file, ShareRefused e) {
        return new CommandFailed(e.code(), file + " " + e.reason());
    }
}
