package quorate.store;

import java.time.Instant;

/**
 * An administrator of this node lets it take part in the repair of a share (REP-0 of protocols.md 6).
 *
 * @param sessionId of the one session that is approved
 * @param target id of the node whose share it is
 * @param by who approved
 */
public record RepairApproval(
        Bytes sessionId, String keyId, Bytes target, String by, Instant approvedAt, Instant expiresAt) {}
