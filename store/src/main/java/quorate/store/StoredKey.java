package quorate.store;

import java.time.Instant;

/** A key as it stands on this node. */
public record StoredKey(KeyDescription description, KeyState state, Instant createdAt) {
    public String keyId() {
        return description.keyId();
    }
}
