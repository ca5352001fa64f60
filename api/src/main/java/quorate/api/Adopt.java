package quorate.api;

import static quorate.api.GenerateKey.SESSION_ID_BYTES;

import java.util.List;

/**
 * Approve that an older sharing of a key is revived and newer ones are given up; every approving node is sent the
 * same.
 */
public record Adopt(Bytes sessionId, Bytes shareId, List<Bytes> abandoned) {
    private static final int MOST = 64;

    public Adopt {
        Require.size("sessionId", sessionId, SESSION_ID_BYTES);
        Require.size("shareId", shareId, 32);
        abandoned = Require.list("abandoned", abandoned);
        Require.between("the length of abandoned", abandoned.size(), 1, MOST);
        abandoned.forEach(name -> Require.size("abandoned", name, 32));
        if (abandoned.contains(shareId)) {
            throw new IllegalArgumentException("abandoned must not contain shareId, which is revived");
        }
    }
}
