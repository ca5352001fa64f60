package quorate.api;

import static quorate.api.GenerateKey.SESSION_ID_BYTES;

import java.util.List;

/** Make presignatures together with the named players; every one of them is sent the same. */
public record Presign(Bytes sessionId, List<Integer> players, int count) {
    /** How many presignatures one request makes at most. */
    public static final int MAX_COUNT = 1000;

    public Presign {
        Require.size("sessionId", sessionId, SESSION_ID_BYTES);
        players = Require.players("players", players);
        Require.between("count", count, 1, MAX_COUNT);
    }
}
