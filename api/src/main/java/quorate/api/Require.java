package quorate.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the schemas require, as the records check it. Every message begins with the name of the member. */
final class Require {
    static final int MAX_PLAYERS = 32;
    private static final int PRESIGNATURE_ID_BYTES = 32;

    /** How much of the incarnation of each player an id carries. */
    private static final int PROCESS_BYTES = 8;

    private static final int MAX_PATH_CHARACTERS = 256;

    /** Hardened steps are well-formed, so that the node can say why it refuses them. */
    private static final Pattern PATH = Pattern.compile("m(/[0-9]{1,10}['hH]?)*");

    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern APPLICATION = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern BACKUP_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    private Require() {}

    static <T> T present(String member, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(member + " is missing");
        }
        return value;
    }

    static void keyId(String member, @Nullable String value) {
        if (!KEY_ID.matcher(present(member, value)).matches()) {
            throw new IllegalArgumentException(
                    member + " must have 1 to 64 letters, digits, '.', '_' or '-' and begin with a letter or digit");
        }
    }

    static void backupId(String member, @Nullable String value) {
        if (!BACKUP_ID.matcher(present(member, value)).matches()) {
            throw new IllegalArgumentException(
                    member + " must have 1 to 64 letters, digits or '-' and begin with a letter or digit");
        }
    }

    static void size(String member, @Nullable Bytes value, int bytes) {
        int size = present(member, value).size();
        if (size != bytes) {
            throw new IllegalArgumentException(member + " must have " + bytes + " bytes, not " + size);
        }
    }

    static void atMostBytes(String member, @Nullable String value, int bytes) {
        int size = present(member, value).getBytes(StandardCharsets.UTF_8).length;
        if (size > bytes) {
            throw new IllegalArgumentException(member + " must have at most " + bytes + " bytes, not " + size);
        }
    }

    static void between(String member, long value, long low, long high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(member + " must be from " + low + " to " + high + ", not " + value);
        }
    }

    static void player(String member, int value) {
        between(member, value, 1, MAX_PLAYERS);
    }

    /** How callers and exports name an application. */
    static void application(String member, @Nullable String value) {
        atMostBytes(member, value, ExportKey.MAX_APPLICATION_BYTES);
        if (!APPLICATION.matcher(present(member, value)).matches()) {
            throw new IllegalArgumentException(
                    member + " must have 1 to 64 of a-z, 0-9, '.', '_' and '-' and begin with a letter or digit");
        }
    }

    static void path(String path) {
        if (path.length() > MAX_PATH_CHARACTERS || !PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("path must be m, or m and steps such as m/0/5");
        }
    }

    /** What is the same of all requests to sign; whether the key takes it is for the node to say. */
    static void signable(
            @Nullable Bytes message, @Nullable Bytes hash, @Nullable String path, @Nullable Bytes requestNonce) {
        if ((message == null) == (hash == null)) {
            throw new IllegalArgumentException("exactly one of message and hash must be there");
        }
        if (message != null && message.size() > Signable.MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "message must have at most " + Signable.MAX_MESSAGE_BYTES + " bytes, not " + message.size());
        }
        if (hash != null && (hash.size() < 1 || hash.size() > Signable.MAX_HASH_BYTES)) {
            throw new IllegalArgumentException(
                    "hash must have 1 to " + Signable.MAX_HASH_BYTES + " bytes, not " + hash.size());
        }
        if (path != null) {
            path(path);
        }
        if (requestNonce != null) {
            size("requestNonce", requestNonce, Signable.REQUEST_NONCE_BYTES);
        }
    }

    /** A presignature id as the API names it: presigId, then 8 bytes for the process of each of 2 to 32 players. */
    static void presignatureId(String member, @Nullable Bytes value) {
        int size = present(member, value).size();
        int processes = size - PRESIGNATURE_ID_BYTES;
        if (processes % PROCESS_BYTES != 0 || processes < 2 * PROCESS_BYTES || processes > MAX_PLAYERS * PROCESS_BYTES) {
            throw new IllegalArgumentException(
                    member + " must have 32 bytes and 8 more for each of 2 to 32 players, not " + size);
        }
    }

    /** How many players a presignature with this id has. */
    static int signers(Bytes presignatureId) {
        return (presignatureId.size() - PRESIGNATURE_ID_BYTES) / PROCESS_BYTES;
    }

    /** The players of a pair: two, ascending. */
    static List<Integer> pair(String member, @Nullable List<Integer> value) {
        var pair = players(member, value);
        if (pair.size() != 2) {
            throw new IllegalArgumentException(member + " must name two players, not " + pair);
        }
        return pair;
    }

    /** Distinct, ascending, in range and at least one. */
    static List<Integer> players(String member, @Nullable List<Integer> value) {
        var players = list(member, value);
        if (players.isEmpty()) {
            throw new IllegalArgumentException(member + " must name at least one player");
        }
        int previous = 0;
        for (int player : players) {
            player(member, player);
            if (player <= previous) {
                throw new IllegalArgumentException(member + " must be distinct and ascending, not " + players);
            }
            previous = player;
        }
        return players;
    }

    static <T> List<T> list(String member, @Nullable List<T> value) {
        var elements = present(member, value);
        for (@Nullable T element : elements) {
            present("an element of " + member, element);
        }
        return List.copyOf(elements);
    }
}
