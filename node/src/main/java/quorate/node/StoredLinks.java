package quorate.node;

import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.node.identity.Bytes32;
import quorate.node.link.LinkStore;
import quorate.node.link.SignedLink;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.LinkSeen;

/** Keeps the highest LINK of every peer in the database (protocols.md 15.1). */
final class StoredLinks implements LinkStore {
    private final Database database;

    StoredLinks(Database database) {
        this.database = database;
    }

    @Override
    public Optional<SignedLink> highest(int player, Bytes32 dbi) {
        var wanted = Bytes.of(dbi.bytes());
        return database.links().of(player).stream()
                .filter(seen -> seen.dbi().equals(wanted))
                .findFirst()
                .map(StoredLinks::decode);
    }

    @Override
    public void store(int player, SignedLink link) {
        var incarnation = link.incarnation();
        database.links()
                .remember(new LinkSeen(
                        player,
                        Bytes.of(incarnation.dbi().bytes()),
                        Bytes.of(incarnation.inc().bytes()),
                        incarnation.startNo(),
                        link.linkNo(),
                        Bytes.of(link.encode())));
    }

    private static SignedLink decode(LinkSeen seen) {
        try {
            return SignedLink.decode(seen.bytes().toArray());
        } catch (DecodingException e) {
            throw new IllegalStateException("the stored LINK of player " + seen.player() + " cannot be read", e);
        }
    }
}
