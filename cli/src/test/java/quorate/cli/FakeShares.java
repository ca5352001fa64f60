package quorate.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.cli.share.ShareFiles;
import quorate.cli.terminal.CommandFailed;
import quorate.testkit.http.FakeCluster;

/** Writes and reads one-line files, and remembers what it was asked. */
final class FakeShares implements ShareFiles {
    static final Bytes ID = Bytes.parse("5f".repeat(32));

    final List<String> asked = new ArrayList<>();

    @Override
    public Described backUp(Path config, String keyId, String label, Protection protection, Path out) {
        asked.add("backup " + folder(config) + " " + keyId + " " + kind(protection) + " " + label);
        put(out, kind(protection));
        return described(kind(protection), !kind(protection).equals("rsa"));
    }

    /** The folder of a node's configuration. */
    private static Path folder(Path config) {
        return config.getName(config.getNameCount() - 2);
    }

    @Override
    public Described write(Bytes file, Path out) {
        put(out, "sealed");
        return described("rsa", false);
    }

    @Override
    public Described verify(Path file, Opening opening, Optional<Path> config) {
        if (!Files.exists(file)) {
            throw new CommandFailed(ProblemCode.BACKUP_TRUNCATED, file + " is cut off");
        }
        asked.add("verify " + opening.isThere() + " " + config.isPresent());
        return described("password", opening.isThere());
    }

    @Override
    public Restored restore(Path config, Path file, Opening opening, Terms terms) {
        asked.add("restore " + folder(config) + " " + file.getFileName() + " " + terms.replace() + " "
                + terms.forceOlderEpoch() + " " + terms.dryRun());
        return new Restored("k1", 2, 3, terms.forceOlderEpoch() ? "forced" : "restored");
    }

    @Override
    public Recipient recipient(Path publicKey) {
        return new Recipient(ID, ID, true);
    }

    private static String kind(Protection protection) {
        return switch (protection) {
            case Protection.Plain _ -> "plain";
            case Protection.Password _ -> "password";
            case Protection.Sealed _ -> "rsa";
        };
    }

    private static Described described(String protection, boolean opened) {
        var recipient = protection.equals("rsa") ? ID : null;
        return new Described("k1", 2, 3, ID, ID, protection, recipient, "", FakeCluster.NOW, opened);
    }

    private static void put(Path out, String content) {
        try {
            Files.writeString(out, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
