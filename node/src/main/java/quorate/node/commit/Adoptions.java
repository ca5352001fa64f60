package quorate.node.commit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.DecodingException;
import quorate.commit.Adoption;
import quorate.commit.AdoptionRecord;
import quorate.commit.Octets;
import quorate.commit.StatementKeys;
import quorate.rounds.Refused;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;
import quorate.store.Database;
import quorate.store.KeyState;
import quorate.store.Role;

/**
 * Approvals of {@code key adopt} (protocols.md 5.4, Adoption), kept for ever and shown to every party of the key: a node
 * that was away learns of them when it is back. Used under the lock of {@link Commits}.
 */
final class Adoptions {
    private static final Logger LOG = LoggerFactory.getLogger(Adoptions.class);

    /** Of one key, in which approvals of one party are kept: each is a decision of its operator. */
    static final int OPERATIONS = 64;

    private final Database database;
    private final Sharings sharings;
    private final StatementKeys keys;
    private final StatementSigner signer;
    private final StatementVerifier verifier;
    private final BiConsumer<String, String> event;

    Adoptions(
            Database database,
            Sharings sharings,
            StatementKeys keys,
            StatementSigner signer,
            StatementVerifier verifier,
            BiConsumer<String, String> event) {
        this.database = database;
        this.sharings = sharings;
        this.keys = keys;
        this.signer = signer;
        this.verifier = verifier;
        this.event = event;
    }

    /** This node's approval, kept. Its operator has given it. */
    Adoption approve(Sharings.Held held, Octets shareId, List<Octets> abandoned, Octets opId) {
        var adoption = Adoption.sign(Records.key(held.keyId()), shareId, abandoned, opId, held.me(), signer);
        keep(adoption);
        return adoption;
    }

    /** An approval came. False: it is not one, or was known. */
    boolean received(Adoption adoption) {
        var held = sharings.active(Records.text(adoption.keyId()));
        boolean valid = held.flatMap(ours -> Optional.ofNullable(ours.parties().get(adoption.signer().index())))
                .flatMap(keys::of)
                .filter(key -> adoption.isAuthentic(key, verifier))
                .isPresent();
        if (!valid) {
            LOG.warn("dropped an approval of {}: not authentic", adoption.signer());
            return false;
        }
        return isWanted(adoption, held.orElseThrow().me()) && keep(adoption);
    }

    /** What this node's own operator approved is always to be decided; of all else nobody fills the room of others. */
    private boolean isWanted(Adoption adoption, int me) {
        var known = known(adoption.keyId());
        boolean mine = known.stream()
                .anyMatch(approval -> approval.opId().equals(adoption.opId()) && approval.signer().index() == me);
        long theirs = known.stream().filter(approval -> approval.signer().equals(adoption.signer())).count();
        return mine || theirs < OPERATIONS;
    }

    private boolean keep(Adoption adoption) {
        return database.adoptions()
                .keep(new quorate.store.Adoptions.Approval(
                        Records.text(adoption.keyId()),
                        Records.bytes(adoption.opId()),
                        adoption.signer().index(),
                        quorate.store.Bytes.of(adoption.encode())));
    }

    /** All approvals for a key that this node has. */
    List<Adoption> known(Octets keyId) {
        var known = new ArrayList<Adoption>();
        for (var approval : database.adoptions().of(Records.text(keyId))) {
            try {
                known.add(Adoption.decode(approval.bytes().toArray()));
            } catch (DecodingException e) {
                throw new IllegalStateException("an approval of key " + Records.text(keyId) + " cannot be read", e);
            }
        }
        return known;
    }

    /** The parties that have approved in one operation. */
    SortedSet<Integer> approvedBy(Octets keyId, Octets opId) {
        var parties = new TreeSet<Integer>();
        known(keyId).stream()
                .filter(approval -> approval.opId().equals(opId))
                .forEach(approval -> parties.add(approval.signer().index()));
        return parties;
    }

    /** The adoptions of a key that have approvals enough. */
    List<AdoptionRecord> records(Octets keyId) {
        var held = sharings.active(Records.text(keyId));
        return held.isEmpty() ? List.of() : records(keyId, held.get());
    }

    private List<AdoptionRecord> records(Octets keyId, Sharings.Held held) {
        Map<Integer, byte[]> parties = new HashMap<>();
        held.parties().forEach((party, id) -> keys.of(id).ifPresent(key -> parties.put(party, key)));
        var decisions = new LinkedHashMap<List<Object>, List<Adoption>>();
        known(keyId).forEach(approval -> decisions
                .computeIfAbsent(
                        List.of(approval.opId(), approval.shareId(), approval.abandoned()), first -> new ArrayList<>())
                .add(approval));
        var records = new ArrayList<AdoptionRecord>();
        for (var approvals : decisions.values()) {
            try {
                records.add(AdoptionRecord.check(approvals, parties, held.degree(), verifier));
            } catch (Refused e) {
                LOG.debug("an adoption of key {} is not decided: {}", held.keyId(), e.getMessage());
            }
        }
        return records;
    }

    /**
     * Whether an adoption changes anything here. One that has taken effect does not do it again: the sharing that came
     * after it is neither revived nor given up by it, and what is under way since does not end for it.
     *
     * @param left whether the ACTIVE sharing was left even if the adoption counts
     */
    boolean concerns(AdoptionRecord adoption, boolean left) {
        var keyId = Records.text(adoption.keyId());
        var adopted = Records.bytes(adoption.shareId());
        var active = database.keys().sharing(keyId, Role.ACTIVE).map(stored -> stored.sharing().shareId());
        if (active.isEmpty()) {
            return false;
        }
        boolean givenUp = adoption.abandoned().contains(Records.octets(active.get()));
        boolean isStale = database.keys().find(keyId).filter(key -> key.state() == KeyState.STALE).isPresent();
        boolean revived = active.get().equals(adopted) && isStale && !left;
        boolean ended = database.operations().open(keyId)
                .flatMap(open -> open.operation().newShareId())
                .filter(made -> adoption.abandoned().contains(Records.octets(made)))
                .isPresent();
        return givenUp || revived || ended;
    }

    /** Takes effect on a key without an open operation. */
    void apply(AdoptionRecord adoption) {
        database.adoptions()
                .adopt(
                        Records.text(adoption.keyId()),
                        Optional.empty(),
                        List.of(),
                        Records.bytes(adoption.shareId()),
                        adoption.abandoned().stream().map(Records::bytes).toList());
    }

    /** Erases what was given up long enough ago. */
    void eraseOld() {
        int erased = database.adoptions().eraseOld();
        if (erased > 0) {
            event.accept("quarantine-erased", erased + " shares that were given up are erased");
        }
    }

    void report(AdoptionRecord adoption) {
        event.accept(
                "adopted",
                "key " + Records.text(adoption.keyId()) + ": sharing " + adoption.shareId() + " is revived, "
                        + adoption.abandoned() + " given up. Reshare the key at once: until then stolen shares of the"
                        + " revived epoch are worth something");
    }
}
