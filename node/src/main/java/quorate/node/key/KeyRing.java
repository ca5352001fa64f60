package quorate.node.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import quorate.algebra.Secrets;
import quorate.api.DeletedShare;
import quorate.api.KeyInfo;
import quorate.api.KeyList;
import quorate.api.KeyState;
import quorate.commit.Certificate;
import quorate.api.OfferedSharing;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.UnsoundKey;
import quorate.key.KeyShare;
import quorate.node.problem.ProblemException;
import quorate.store.Bytes;
import quorate.store.Damaged;
import quorate.store.Database;
import quorate.store.OperationOpen;
import quorate.store.Outcome;
import quorate.store.Role;
import quorate.store.SecretUse;
import quorate.store.StoredKey;
import quorate.store.StoredSharing;

/**
 * The keys of this node. Public records are read and checked once and then remembered by the name of their
 * sharing, which covers all of them; shares are unsealed for one ceremony at a time.
 */
public final class KeyRing {
    private final Database database;
    private final Self self;
    private final Map<Bytes, LoadedKey> loaded = new ConcurrentHashMap<>();
    private final Map<Bytes, String> retired = new ConcurrentHashMap<>();

    public KeyRing(Database database, Self self) {
        this.database = database;
        this.self = self;
    }

    /**
     * The sharings that this node offers to a session on the key (protocols.md 5.3).
     *
     * @throws ProblemException KEY_NOT_FOUND, SHARE_STALE or KEY_UNUSABLE
     */
    public List<LoadedKey> offers(String keyId) {
        var key = require(keyId);
        switch (key.state()) {
            case USABLE -> {}
            case STALE -> throw stale(keyId);
            case NEW -> throw unfinished(keyId);
            case ABSENT -> throw missing(keyId);
        }
        var offers = new ArrayList<LoadedKey>();
        for (var sharing : database.keys().sharings(keyId)) {
            if (isOffered(sharing)) {
                offers.add(load(key, sharing));
            }
        }
        if (offers.isEmpty()) {
            // Deleted since it was looked up.
            throw missing(keyId);
        }
        return offers;
    }

    /** ACTIVE always; PREVIOUS while it is kept and not about to be destroyed; the result of a PENDING record never. */
    private boolean isOffered(StoredSharing sharing) {
        return sharing.role() == Role.ACTIVE
                || (sharing.role() == Role.PREVIOUS && !retired.containsKey(sharing.sharing().shareId()));
    }

    /** From now on this sharing is offered to no session: it is about to be destroyed (protocols.md 5.4, R3). */
    void retire(String keyId, Bytes shareId) {
        retired.put(shareId, keyId);
    }

    /** An operation ended: what is not PREVIOUS any more was destroyed, or came back and may be PREVIOUS again. */
    public void forgetRetired() {
        retired.entrySet().removeIf(entry -> database.keys()
                .sharing(entry.getValue(), entry.getKey())
                .filter(stored -> stored.role() == Role.PREVIOUS)
                .isEmpty());
    }

    /** A sharing of the key, if there is one in this role and its record is sound. */
    Optional<LoadedKey> sound(StoredKey key, Role role) {
        return database.keys().sharing(key.keyId(), role).flatMap(stored -> {
            try {
                return Optional.of(load(key, stored));
            } catch (ProblemException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Unseals the share of a sharing and checks the secret half of DKG-7: x·G == X.
     *
     * @throws ProblemException KEY_UNUSABLE, also if it was reshared since it was offered, or KEY_DELETED
     */
    public KeyShare open(LoadedKey key, Secrets scope) {
        return unsealed(key, secret -> key.share(secret, scope));
    }

    /** Unseals the share of a sharing for one use, after the same check. The array is wiped then. */
    public <T> T use(LoadedKey key, SecretUse<T, RuntimeException> use) {
        return unsealed(key, secret -> {
            try (var scope = new Secrets()) {
                key.share(secret, scope);
                return use.with(secret);
            }
        });
    }

    private <T> T unsealed(LoadedKey key, SecretUse<T, UnsoundKeyRecord> use) {
        var keyId = key.description().keyId();
        var shareId = Bytes.of(key.sharing().shareId());
        try {
            return database.shares().use(keyId, shareId, use);
        } catch (UnsoundKeyRecord e) {
            throw unusable(e);
        } catch (Damaged e) {
            throw new ProblemException(ProblemCode.KEY_UNUSABLE, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            if (database.keys().sharing(keyId, shareId).isEmpty()) {
                throw database.keys().find(keyId).isEmpty() ? missing(keyId) : replaced(keyId);
            }
            throw e;
        }
    }

    /** "The key id and public key are returned ... only from a node in state CLEAN" (protocols.md 1.1). */
    public KeyList list() {
        var infos = new ArrayList<KeyInfo>();
        var unsound = new ArrayList<UnsoundKey>();
        for (var key : database.keys().all()) {
            if (key.state() == quorate.store.KeyState.NEW) {
                continue;
            }
            try {
                shown(key).ifPresent(infos::add);
            } catch (UnsoundKeyRecord e) {
                unsound.add(new UnsoundKey(key.keyId(), UnsoundKeyRecord.CHECK, e.contradiction()));
            }
        }
        return new KeyList(self.player(), infos, unsound);
    }

    /** KEY_UNUSABLE while its generation is not CLEAN: it may still come to nothing. */
    public KeyInfo show(String keyId) {
        var key = require(keyId);
        if (key.state() == quorate.store.KeyState.NEW) {
            throw unfinished(keyId);
        }
        try {
            return shown(key).orElseThrow(() -> missing(keyId));
        } catch (UnsoundKeyRecord e) {
            throw unusable(e);
        }
    }

    /** How many keys this node can sign with, as far as it knows. */
    public int usable() {
        return database.keys().usable().size();
    }

    /** The smallest number of players that any usable key needs; empty without keys. */
    public Optional<Integer> leastThreshold() {
        return database.keys().leastDegree().map(degree -> degree + 1);
    }

    /**
     * Deletes this node's share and leaves a tombstone.
     *
     * @param certificate the one with the highest epoch that this node holds, which stays in the tombstone (protocols.md 5.4)
     */
    public DeletedShare delete(String keyId, Optional<Certificate> certificate) {
        var epoch = database.keys().sharing(keyId, Role.ACTIVE).map(sharing -> sharing.sharing().epoch());
        try {
            if (epoch.isEmpty() || database.shares().delete(keyId, certificate.map(proof -> Bytes.of(proof.encode()))) != Outcome.DONE) {
                throw missing(keyId);
            }
        } catch (OperationOpen e) {
            throw new ProblemException(ProblemCode.BUSY, String.valueOf(e.getMessage()));
        }
        loaded.values().removeIf(key -> key.description().keyId().equals(keyId));
        return new DeletedShare(self.player(), keyId, epoch.get());
    }

    private Optional<KeyInfo> shown(StoredKey key) throws UnsoundKeyRecord {
        var keyId = key.keyId();
        var sharing = database.keys()
                .sharing(keyId, Role.ACTIVE)
                .or(() -> database.keys().sharing(keyId, Role.PENDING));
        if (sharing.isEmpty()) {
            return Optional.empty();
        }
        var record = LoadedKey.of(key.description(), sharing.get(), self.player(), self.id());
        return Optional.of(info(key, record, state(key), offered(key)));
    }

    private List<OfferedSharing> offered(StoredKey key) {
        return key.state() != quorate.store.KeyState.USABLE
                ? List.of()
                : database.keys().sharings(key.keyId()).stream()
                        .filter(this::isOffered)
                        .map(StoredSharing::sharing)
                        .map(offer -> new OfferedSharing(
                                offer.epoch(),
                                quorate.api.Bytes.of(offer.shareId().toArray())))
                        .toList();
    }

    private static KeyState state(StoredKey key) {
        return switch (key.state()) {
            case USABLE -> KeyState.ACTIVE;
            case STALE -> KeyState.STALE;
            case NEW, ABSENT -> KeyState.UNFINISHED;
        };
    }

    private KeyInfo info(StoredKey key, LoadedKey record, KeyState state, List<OfferedSharing> offers) {
        var sharing = record.sharing();
        var scheme = KeyNames.schemeOf(key.description().scheme());
        return new KeyInfo(
                self.player(),
                key.keyId(),
                KeyNames.publicKey(scheme, sharing.publicKey()),
                quorate.api.Bytes.of(sharing.publicKey().encode()),
                KeyNames.curve(key.description().curve()),
                scheme,
                sharing.threshold(),
                record.committee().players(),
                sharing.epoch(),
                quorate.api.Bytes.of(sharing.shareId()),
                offers,
                quorate.api.Bytes.of(sharing.chainCode()),
                key.description().purpose(),
                record.attributes().minPathLength(),
                record.attributes().messagesOnly(),
                record.attributes().presignatures(),
                sharing.commitment().coefficients().stream()
                        .map(point -> quorate.api.Bytes.of(point.encode()))
                        .toList(),
                state,
                key.createdAt());
    }

    private LoadedKey load(StoredKey key, StoredSharing stored) {
        var cached = loaded.get(stored.sharing().shareId());
        if (cached != null) {
            return cached;
        }
        try {
            var fresh = LoadedKey.of(key.description(), stored, self.player(), self.id());
            loaded.put(stored.sharing().shareId(), fresh);
            return fresh;
        } catch (UnsoundKeyRecord e) {
            throw unusable(e);
        }
    }

    private StoredKey require(String keyId) {
        return database.keys().find(keyId).orElseThrow(() -> missing(keyId));
    }

    private ProblemException stale(String keyId) {
        return new ProblemException(Problem.of(
                        ProblemCode.SHARE_STALE, "key " + keyId + " was reshared since without this node")
                .advising(repair(keyId, self.player()))
                .failing("TPC-5"));
    }

    /** What to do about a node that holds an old share. */
    public static String repair(String keyId, int player) {
        return "Repair the share with `quorate key repair " + keyId + " --node " + player
                + "`; the other players sign meanwhile.";
    }

    private static ProblemException replaced(String keyId) {
        return new ProblemException(
                ProblemCode.KEY_UNUSABLE, "key " + keyId + " was reshared at this moment: ask again, under a new id");
    }

    private static ProblemException unfinished(String keyId) {
        return new ProblemException(
                ProblemCode.KEY_UNUSABLE, "the generation of key " + keyId + " is not finished on this node");
    }

    private static ProblemException unusable(UnsoundKeyRecord e) {
        return new ProblemException(Problem.of(
                        ProblemCode.KEY_UNUSABLE, UnsoundKeyRecord.CHECK + ": " + e.getMessage())
                .failing(UnsoundKeyRecord.CHECK));
    }

    private ProblemException missing(String keyId) {
        var deleted = database.tombstones().of(self.player()).stream()
                .anyMatch(tombstone -> tombstone.keyId().equals(keyId));
        return deleted
                ? new ProblemException(ProblemCode.KEY_DELETED, "this node's share of key " + keyId + " was deleted")
                : notFound(keyId);
    }

    private static ProblemException notFound(String keyId) {
        return new ProblemException(ProblemCode.KEY_NOT_FOUND, "this node holds no share of a key " + keyId);
    }
}
