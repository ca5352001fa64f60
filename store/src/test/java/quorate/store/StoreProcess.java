package quorate.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** What a second process does in {@link ProcessesIT}: {@code MODE ROOT}. It speaks on standard output, a line at a time. */
final class StoreProcess {
    private StoreProcess() {}

    public static void main(String[] arguments) throws IOException {
        var node = TestNode.in(Path.of(arguments[1]));
        say("starting");
        switch (arguments[0]) {
            case "open" -> open(node);
            case "hold" -> hold(node);
            case "write" -> write(node);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Opens and closes, and says what came of it. */
    private static void open(TestNode node) {
        try (var database = node.open()) {
            database.checkOwner();
            say("opened");
        } catch (StoreException refusal) {
            say(refusal.code() + " " + refusal.getMessage());
        }
    }

    /** Holds the database until its standard input ends. */
    private static void hold(TestNode node) throws IOException {
        try (var database = node.open()) {
            database.checkOwner();
            say("opened");
            var ended = System.in.read();
            say("closing " + ended);
        }
    }

    /** Generates and reshares keys for ever; names every step after the store has promised that it is durable. */
    private static void write(TestNode node) {
        try (var database = node.open()) {
            while (true) {
                var keyId = UUID.randomUUID().toString();
                TestNode.generate(database, keyId, 1);
                say("generated " + keyId);
                var op = TestNode.startReshare(database, keyId, 1, 2);
                say("prepared " + keyId);
                TestNode.require(database.operations().commit(keyId, op, List.of()));
                say("committed " + keyId);
                TestNode.require(database.operations().clean(keyId, op, List.of()));
                say("clean " + keyId);
            }
        }
    }

    private static void say(String line) {
        // One write of a whole line: a kill leaves no half of one.
        System.out.print(line + "\n");
        System.out.flush();
    }
}
