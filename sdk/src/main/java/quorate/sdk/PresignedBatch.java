package quorate.sdk;

import java.util.List;
import quorate.api.Bytes;

/** Presignatures that all of these players hold. */
public record PresignedBatch(String keyId, List<Integer> players, List<Bytes> presignatureIds) {
    public PresignedBatch {
        players = List.copyOf(players);
        presignatureIds = List.copyOf(presignatureIds);
    }
}
