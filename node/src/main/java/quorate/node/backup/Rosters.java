package quorate.node.backup;

import java.util.List;
import quorate.node.config.Roster;

/** The public identities of the players, between the cluster file and a manifest. */
final class Rosters {
    private Rosters() {}

    static List<BackupManifest.Member> members(Roster roster) {
        return roster.players().stream()
                .map(card -> new BackupManifest.Member(
                        card.player(), card.tlsPin().hex(), card.statementKey().hex()))
                .toList();
    }

    static boolean agree(Roster roster, BackupManifest manifest) {
        return members(roster).equals(manifest.roster());
    }
}
