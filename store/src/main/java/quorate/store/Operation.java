package quorate.store;

import java.util.Optional;

/**
 * The record of a commit (protocols.md 5.4).
 *
 * @param opId session id of the request, 32 bytes
 * @param part what it does to this node's sharing
 * @param baseShareId sharing on which it builds; empty exactly for a new or imported key
 * @param newShareId sharing that it makes; empty only where it was refused before there was one
 * @param subject the S of this node's statements
 */
public record Operation(
        String keyId,
        Bytes opId,
        int protocolId,
        Part part,
        Optional<Bytes> baseShareId,
        Optional<Bytes> newShareId,
        long newEpoch,
        Bytes subject) {

    public Operation {
        KeyDescription.requireKeyId(keyId);
        opId.requireLength(Sharing.ID_BYTES, "opId");
        baseShareId.ifPresent(id -> id.requireLength(Sharing.ID_BYTES, "baseShareId"));
        newShareId.ifPresent(id -> id.requireLength(Sharing.ID_BYTES, "newShareId"));
        if (baseShareId.isPresent() == part.makesKey()) {
            throw new IllegalArgumentException(
                    part + (part.makesKey() ? " has no base sharing" : " needs a base sharing"));
        }
    }
}
