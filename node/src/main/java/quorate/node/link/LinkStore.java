package quorate.node.link;

import java.util.Optional;
import quorate.node.identity.Bytes32;

/**
 * The highest LINK of every peer, by player and dbi, kept durably: with it a peer whose database was rolled
 * back is told so (protocols.md 15.1). By dbi, because a rolled-back database may come back with an earlier
 * one. Called by several threads.
 */
public interface LinkStore {
    Optional<SignedLink> highest(int player, Bytes32 dbi);

    /** Replaces what is stored for this player and the dbi of the LINK. Returns when it is durable. */
    void store(int player, SignedLink link);
}
