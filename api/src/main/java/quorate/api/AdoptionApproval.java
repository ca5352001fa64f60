package quorate.api;

import java.util.List;

/** One operator has approved an adoption; {@code epoch} is that of the sharing to be revived. */
public record AdoptionApproval(int player, String keyId, long epoch, List<Integer> approvedBy, ApprovalState state) {
    public AdoptionApproval {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.between("epoch", epoch, 0, Long.MAX_VALUE);
        approvedBy = Require.players("approvedBy", approvedBy);
        Require.present("state", state);
    }
}
