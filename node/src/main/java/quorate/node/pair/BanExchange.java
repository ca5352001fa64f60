package quorate.node.pair;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.DecodingException;
import quorate.commit.Octets;
import quorate.node.config.Roster;
import quorate.node.key.Self;
import quorate.pair.Ban;
import quorate.rounds.StatementVerifier;
import quorate.store.Bytes;
import quorate.store.Database;

/**
 * Bans between nodes (protocols.md 3.6): whoever raises one shows it to all, who keep it and give it back when the link
 * comes up. A node obeys its own signature whatever its database says (BAN-1).
 */
final class BanExchange {
    private static final Logger LOG = LoggerFactory.getLogger(BanExchange.class);

    /** An honest pair has a handful. Kept for ever, so a peer gets only so many kept. */
    static final int BANS_PER_ACCUSER = 256;

    private final Database database;
    private final Self self;
    private final Supplier<Roster> roster;
    private final StatementVerifier verifier;
    private final PairLinks links;
    private final Consumer<Ban> learned;
    private final Consumer<String> rolledBack;

    /**
     * @param learned told of every ban that became known here from a peer
     * @param rolledBack told when a peer shows a ban of this node's own that its database has forgotten
     */
    BanExchange(
            Database database,
            Self self,
            Supplier<Roster> roster,
            StatementVerifier verifier,
            PairLinks links,
            Consumer<Ban> learned,
            Consumer<String> rolledBack) {
        this.database = database;
        this.self = self;
        this.roster = roster;
        this.verifier = verifier;
        this.links = links;
        this.learned = learned;
        this.rolledBack = rolledBack;
    }

    /** Shows a ban of our own to everybody. */
    void show(Ban ban, Collection<Integer> players) {
        players.forEach(player -> links.sendAboutPair(player, new PairFrame.Shown(ban).encode()));
    }

    /** The link to {@code player} is up: gives its bans back to it, and shows it ours. */
    void linkUp(int player) {
        var peer = Bytes.of(roster.get().player(player).id().bytes());
        for (var accuser : List.of(peer, Bytes.of(self.id().bytes()))) {
            for (var ban : database.bans().by(accuser)) {
                try {
                    links.sendAboutPair(player, new PairFrame.Shown(Ban.decode(ban.bytes().toArray())).encode());
                } catch (DecodingException e) {
                    LOG.error("ban {} of key {} in the database cannot be read", ban.number(), ban.keyId());
                }
            }
        }
    }

    /** {@code player} shows a ban. */
    void shown(int player, Ban ban) {
        if (isMine(ban)) {
            obey(player, ban);
        } else if (!isKnown(ban)) {
            keep(player, ban);
        }
    }

    private boolean isKnown(Ban ban) {
        return database.bans()
                .knows(
                        keyId(ban),
                        Bytes.of(ban.setup().bytes()),
                        Bytes.of(ban.by().bytes()),
                        Bytes.of(ban.against().bytes()));
    }

    private boolean isMine(Ban ban) {
        return Bytes.of(ban.by().bytes()).equals(Bytes.of(self.id().bytes()));
    }

    /** BAN-1. */
    private void obey(int player, Ban ban) {
        if (!ban.binds(ban.by(), self.identity().statements().publicKey().bytes(), verifier)) {
            LOG.warn("BAN-1: ignored a ban that player {} gave back: its signature is not this node's", player);
        } else if (!isKnown(ban)) {
            // In this order: known, it would not show a second time that the database was rolled back.
            rolledBack.accept("BAN-1: player " + player + " gave back a ban on key " + keyId(ban)
                    + " of this node's own, which its database does not know");
            if (store(ban, "returned")) {
                learned.accept(ban);
            }
        }
    }

    private void keep(int player, Ban ban) {
        var accuser = roster.get().players().stream()
                .filter(card -> Bytes.of(card.id().bytes()).equals(Bytes.of(ban.by().bytes())))
                .findFirst();
        boolean valid = accuser.isPresent()
                && isMember(ban)
                && ban.isSignedBy(accuser.get().statementKey().bytes(), verifier);
        if (!valid) {
            LOG.warn("dropped a ban that player {} showed: not one of a pair of this installation", player);
        } else if (database.bans().by(Bytes.of(ban.by().bytes())).size() >= BANS_PER_ACCUSER) {
            LOG.warn("dropped a ban of player {}: this node keeps {} of them already", player, BANS_PER_ACCUSER);
        } else if (store(ban, "received")) {
            LOG.warn("player {} says that a pair of it is banned on key {}", accuser.get().player(), keyId(ban));
            learned.accept(ban);
        }
    }

    private boolean isMember(Ban ban) {
        var ids = new TreeSet<String>();
        roster.get().players().forEach(card -> ids.add(card.id().hex()));
        return ids.contains(ban.against().toString());
    }

    private boolean store(Ban ban, String reason) {
        return database.bans()
                .keep(
                        keyId(ban),
                        Bytes.of(ban.setup().bytes()),
                        Bytes.of(ban.by().bytes()),
                        Bytes.of(ban.against().bytes()),
                        reason,
                        Bytes.of(ban.encode()));
    }

    private static String keyId(Ban ban) {
        return new String(ban.keyId().bytes(), StandardCharsets.UTF_8);
    }

    /** The player with this id, for reports; 0 if it is none of this installation. */
    int player(Octets id) {
        return roster.get().players().stream()
                .filter(card -> Octets.of(card.id().bytes()).equals(id))
                .mapToInt(card -> card.player())
                .findFirst()
                .orElse(0);
    }
}
