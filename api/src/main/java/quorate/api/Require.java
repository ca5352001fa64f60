package quorate.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the schemas require, as the records check it. Every message begins with the name of the member. */
final class Require {
    static final int MAX_PLAYERS = 32;
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
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
