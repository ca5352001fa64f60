package quorate.node.link;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import quorate.node.identity.Bytes32;

/** A store as durable as the test. */
final class MemoryLinkStore implements LinkStore {
    private record Key(int player, Bytes32 dbi) {}

    private final Map<Key, SignedLink> links = new ConcurrentHashMap<>();

    @Override
    public Optional<SignedLink> highest(int player, Bytes32 dbi) {
        return Optional.ofNullable(links.get(new Key(player, dbi)));
    }

    @Override
    public void store(int player, SignedLink link) {
        links.put(new Key(player, link.incarnation().dbi()), link);
    }
}
