package quorate.api;

import java.util.List;

/** All that a restore of one node needs besides the backup file. */
public record Requirements(int player, List<Requirement> requirements) {
    public Requirements {
        Require.player("player", player);
        requirements = Require.list("requirements", requirements);
    }
}
