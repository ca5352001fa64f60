package quorate.node.key;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import quorate.commit.Octets;
import quorate.node.commit.Sharings;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.KeyState;
import quorate.store.Role;

/** The sharings of a key ring, as the commit protocol asks for them. */
public final class HeldSharings implements Sharings {
    private final Database database;
    private final KeyRing keys;
    private final RunningSessions sessions;

    /** The sessions that run now. */
    @FunctionalInterface
    public interface RunningSessions {
        /** Whether one of them was offered this sharing of the key. */
        boolean areOffered(byte[] keyId, byte[] shareId);
    }

    public HeldSharings(Database database, KeyRing keys, RunningSessions sessions) {
        this.database = database;
        this.keys = keys;
        this.sessions = sessions;
    }

    @Override
    public Optional<Held> active(String keyId) {
        return database.keys()
                .find(keyId)
                .filter(key -> key.state() == KeyState.USABLE || key.state() == KeyState.STALE)
                .flatMap(key -> keys.sound(key, Role.ACTIVE))
                .map(HeldSharings::held);
    }

    @Override
    public List<Held> active() {
        return database.keys().all().stream()
                .flatMap(key -> active(key.keyId()).stream())
                .toList();
    }

    @Override
    public boolean retire(Octets keyId, Octets shareId) {
        keys.retire(new String(keyId.bytes(), StandardCharsets.UTF_8), Bytes.of(shareId.bytes()));
        return !sessions.areOffered(keyId.bytes(), shareId.bytes());
    }

    private static Held held(LoadedKey key) {
        var parties = new HashMap<Integer, Octets>();
        key.committee().members().forEach((party, member) -> parties.put(party, Octets.of(member.id().bytes())));
        return new Held(
                key.description().keyId(),
                key.sharing().epoch(),
                Octets.of(key.sharing().shareId()),
                key.sharing().degree(),
                parties,
                key.party());
    }
}
