package quorate.presign;

import java.util.List;
import java.util.Optional;

/** Presignatures of one pool that were just wiped. */
public record Dropped(PoolKey pool, DropReason reason, List<PresignatureId> ids) {
    public Dropped {
        ids = List.copyOf(ids);
    }

    /** What the others of P are told, if they are. */
    public Optional<DropNotice> announcement() {
        return reason.isAnnounced() ? Optional.of(DropNotice.of(pool, ids)) : Optional.empty();
    }
}
