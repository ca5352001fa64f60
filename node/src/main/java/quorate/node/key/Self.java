package quorate.node.key;

import quorate.node.identity.Bytes32;
import quorate.node.identity.NodeIdentity;
import quorate.rounds.Entry;

/**
 * This node as it runs now.
 *
 * @param incarnation inc of protocols.md 15.1: names this process, random at every start
 * @param database dbi: names the unbroken history of its database
 */
public record Self(NodeIdentity identity, Bytes32 incarnation, Bytes32 database) {
    public int player() {
        return identity.player();
    }

    public Bytes32 id() {
        return identity.id();
    }

    /** This node's entry as a party of a key. */
    public Entry entry(int party) {
        return entry(0, party);
    }

    /** This node's entry in a committee of a redistribution: of role 1 in the new one. */
    public Entry entry(int role, int party) {
        return new Entry(
                role,
                party,
                id().bytes(),
                incarnation.bytes(),
                database.bytes(),
                identity.statements().publicKey().bytes());
    }
}
