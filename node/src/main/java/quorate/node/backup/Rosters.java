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
        return agree(members(roster), manifest.roster());
    }

    /**
     * Whether the players that both name are the same nodes. Nodes are registered as time goes by, so that one list may be
     * longer; the identity of a player never changes.
     */
    static boolean agree(List<BackupManifest.Member> one, List<BackupManifest.Member> other) {
        return one.stream().allMatch(member -> other.stream()
                .filter(namesake -> namesake.player() == member.player())
                .allMatch(member::equals));
    }
}
