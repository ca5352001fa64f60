package quorate.rounds;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Transcript;

/**
 * What this party takes as given when a session starts: it says so in AGREE, and runs the protocol only if
 * all participants say the same (protocols.md 0.4).
 *
 * @param scheme 1 ECDSA, 2 Schnorr of RFC 9591, 3 BIP-340
 * @param keyId 1 to 64 bytes of UTF-8
 * @param n players of the key
 * @param degree t of protocols.md: threshold - 1
 * @param roster 32 bytes
 * @param participants P, with inc and dbi as their links say
 * @param me this node's own entry, from its own configuration and not from the request
 * @param sessionId 32 bytes
 * @param params as the table of protocols.md 0.4 lists them
 * @param offers the sharings this party may use; empty in key generation, and of the target of a repair
 * @param publicKey ser(pk); empty in key generation
 * @param top a certificate of protocols.md 5.4, or empty
 * @param pairs the usable pair states of ECDSA, or empty
 * @param certified judges the {@code top} of all participants
 * @param broughtEpoch of the key that an import brings; 0 in every other operation
 */
public record Proposal(
        Operation operation,
        Group group,
        int scheme,
        byte[] keyId,
        int n,
        int degree,
        byte[] roster,
        List<Entry> participants,
        Entry me,
        byte[] sessionId,
        List<byte[]> params,
        List<Offer> offers,
        byte[] publicKey,
        byte[] top,
        byte[] pairs,
        CertifiedEpoch certified,
        long broughtEpoch) {
    /** n of protocols.md 0.1. */
    public static final int MAX_PARTIES = 32;

    private static final int WIRE_VERSION = 1;
    private static final int DIGEST_BYTES = 32;
    private static final int INDEX_BYTES = 2;
    private static final int NOBODY = 0;

    public Proposal {
        participants = List.copyOf(participants);
        params = List.copyOf(params);
        offers = List.copyOf(offers);
        if (roster.length != DIGEST_BYTES || sessionId.length != Frame.SESSION_BYTES || !Term.isKeyId(keyId)) {
            throw new IllegalArgumentException("a roster, session id or key id of a wrong form");
        }
        boolean keyExists = publicKey.length > 0;
        int most = operation.usesSharing() ? Agree.MAX_OFFERS : 0;
        if (keyExists != (operation.usesSharing() || operation.bringsKey()) || offers.size() > most) {
            throw new IllegalArgumentException("offers or a public key that do not fit " + operation);
        }
        boolean namesTarget = params.size() == 1 && params.getFirst().length == INDEX_BYTES;
        if (operation == Operation.REPAIR && !namesTarget) {
            throw new IllegalArgumentException("the params of a repair are I2OSP(r,2)");
        }
    }

    /** Of an operation on a key that the participants have. */
    public Proposal(
            Operation operation,
            Group group,
            int scheme,
            byte[] keyId,
            int n,
            int degree,
            byte[] roster,
            List<Entry> participants,
            Entry me,
            byte[] sessionId,
            List<byte[]> params,
            List<Offer> offers,
            byte[] publicKey,
            byte[] top,
            byte[] pairs,
            CertifiedEpoch certified) {
        this(
                operation,
                group,
                scheme,
                keyId,
                n,
                degree,
                roster,
                participants,
                me,
                sessionId,
                params,
                offers,
                publicKey,
                top,
                pairs,
                certified,
                0);
    }

    /** Of an operation that makes no new sharing of a key. */
    public Proposal(
            Operation operation,
            Group group,
            int scheme,
            byte[] keyId,
            int n,
            int degree,
            byte[] roster,
            List<Entry> participants,
            Entry me,
            byte[] sessionId,
            List<byte[]> params,
            List<Offer> offers,
            byte[] publicKey,
            byte[] top,
            byte[] pairs) {
        this(
                operation,
                group,
                scheme,
                keyId,
                n,
                degree,
                roster,
                participants,
                me,
                sessionId,
                params,
                offers,
                publicKey,
                top,
                pairs,
                CertifiedEpoch.none());
    }

    /** COM-5, as far as it can be seen here. What only the node knows (bans, a free key id) is the node's. */
    public void check() throws Refused {
        require(n >= 2 && n <= MAX_PARTIES, "2 to " + MAX_PARTIES + " players are possible, not " + n);
        require(degree >= 1 && degree < n, "a threshold of " + (degree + 1) + " is not 2 to " + n + ", the players");
        require(participants.equals(List.copyOf(new TreeSet<>(participants))), "participants not sorted or distinct");
        var old = ofRole(0);
        var fresh = ofRole(1);
        requireCommittee(old, n);
        require(
                operation.hasNewCommittee() != fresh.isEmpty(),
                operation + (fresh.isEmpty() ? " has no new committee" : " has no participants of role 1"));
        // Of a new committee everybody takes part.
        requireCommittee(fresh, fresh.size());
        require(!operation.bringsKey() || fresh.size() == n, "a key of " + n + " players goes to " + fresh.size());
        var own = participant(me.address());
        require(own.isPresent(), "party " + me.index() + " does not take part");
        require(own.filter(me::isSame).isPresent(), "the entry of party " + me.index() + " is not this node's");
        require(operation.admits(old.size(), n, degree), old.size() + " parties cannot run "
                + operation + " on a key of " + n + " players and threshold " + (degree + 1));
        boolean needsSharing = operation.usesSharing() && me.role() == 0 && me.address() != target();
        require(!needsSharing || !offers.isEmpty(), "this node has no sharing of the key");
    }

    /** The party whose share is repaired, who offers none (protocols.md 6); 0, which is nobody's, in other operations. */
    private int target() {
        return operation == Operation.REPAIR
                ? (int) Encoding.os2ip(params.getFirst(), 0, INDEX_BYTES)
                : NOBODY;
    }

    private List<Entry> ofRole(int role) {
        return participants.stream().filter(entry -> entry.role() == role).toList();
    }

    private static void requireCommittee(List<Entry> committee, int size) throws Refused {
        require(committee.isEmpty() || size <= MAX_PARTIES, "a committee of " + size);
        var ids = new HashSet<String>();
        for (var entry : committee) {
            require(entry.index() >= 1 && entry.index() <= size, "no party of " + size + " has index " + entry.index());
            require(ids.add(Arrays.toString(entry.id())), "party " + entry.index() + " is on the node of another party");
        }
    }

    private static void require(boolean holds, String otherwise) throws Refused {
        if (!holds) {
            throw new Refused(Check.COM_5, otherwise);
        }
    }

    /** The participant with this {@link Entry#address}. */
    public Optional<Entry> participant(int address) {
        return participants.stream().filter(entry -> entry.address() == address).findFirst();
    }

    /** What this party broadcasts in round 0. */
    public Agree agree() {
        var terms = new EnumMap<Term, byte[]>(Term.class);
        for (var term : Term.values()) {
            terms.put(term, value(term));
        }
        return new Agree(terms, offers, me.incarnation(), me.database(), top, pairs);
    }

    private byte[] value(Term term) {
        return switch (term) {
            case PROTOCOL_ID -> Encoding.i2osp(operation.protocolId(), 1);
            case VERSION -> Encoding.i2osp(WIRE_VERSION, 1);
            case CURVE_ID -> Encoding.i2osp(group.curveId(), 1);
            case SCHEME -> Encoding.i2osp(scheme, 1);
            case KEY_ID -> keyId;
            case N -> Encoding.i2osp(n, 2);
            case DEGREE -> Encoding.i2osp(degree, 2);
            case ROSTER -> roster;
            case WHO -> Encoding.concat(participants.stream().map(Entry::who).toArray(byte[][]::new));
            case SESSION_ID -> sessionId;
            case PARAMS -> Encoding.enc(params.toArray(byte[][]::new));
        };
    }

    /**
     * COM-6 over what everybody said, this party included, and the choice of the sharing: the one of highest
     * epoch that all offer.
     *
     * @throws Disagreement naming every field that differs, its values and the parties
     */
    public Agreement agree(SortedMap<Integer, Agree> all) throws Disagreement {
        var comparison = new Comparison();
        comparison.terms(all);
        for (var entry : participants) {
            var said = all.get(entry.address());
            if (said == null) {
                throw new IllegalArgumentException("no AGREE of party " + entry.address());
            }
            comparison.ofLink("incarnation", entry.address(), said.incarnation(), entry.incarnation());
            comparison.ofLink("database", entry.address(), said.database(), entry.database());
        }
        comparison.settle(Check.COM_6);
        var pairs = new TreeMap<Integer, byte[]>();
        all.forEach((party, said) -> pairs.put(party, said.pairs()));
        if (!operation.usesSharing()) {
            return agreement(broughtEpoch, new byte[0], newEpoch(broughtEpoch, all), pairs);
        }
        var chosen = common(all);
        return agreement(chosen.epoch(), chosen.shareId(), newEpoch(chosen.epoch(), all), pairs);
    }

    /** RSH-1, for operations that replace the sharing; else part of COM-6. */
    private Offer common(SortedMap<Integer, Agree> all) throws Disagreement {
        var holders = new TreeMap<>(all);
        holders.keySet().removeIf(address -> participant(address).filter(entry -> entry.role() == 0).isEmpty());
        holders.remove(target());
        var common = new TreeSet<Offer>();
        holders.values().forEach(agree -> common.addAll(agree.offers()));
        holders.values().forEach(agree -> common.retainAll(agree.offers()));
        if (common.isEmpty()) {
            var comparison = new Comparison();
            comparison.offers(holders);
            comparison.settle(operation.computesEpoch() ? Check.RSH_1 : Check.COM_6);
        }
        return common.last();
    }

    /**
     * newEpoch of protocols.md 5.1: 1 + the highest epoch that any participant shows a valid certificate for or that
     * is offered by all. An older sharing may have been revived since.
     */
    private long newEpoch(long offeredByAll, SortedMap<Integer, Agree> all) throws Disagreement {
        if (!operation.computesEpoch()) {
            return 0;
        }
        long highest = offeredByAll;
        for (var said : all.values()) {
            highest = Math.max(highest, certified.of(said.top()).orElse(highest));
        }
        if (offeredByAll < 0 || highest == Long.MAX_VALUE) {
            throw new Disagreement(Check.RSH_1, 0, "no epoch follows "
                    + Long.toUnsignedString(offeredByAll < 0 ? offeredByAll : highest));
        }
        return highest + 1;
    }

    private Agreement agreement(long epoch, byte[] shareId, long newEpoch, SortedMap<Integer, byte[]> pairs) {
        return new Agreement(
                sessionId,
                operation.protocolId(),
                group,
                scheme,
                keyId,
                n,
                degree,
                roster,
                participants,
                me.role(),
                me.index(),
                epoch,
                shareId,
                newEpoch,
                ctx(epoch, shareId, newEpoch),
                pairs);
    }

    private byte[] ctx(long epoch, byte[] shareId, long newEpoch) {
        return Transcript.of("ctx")
                .add(value(Term.PROTOCOL_ID))
                .add(value(Term.VERSION))
                .add(value(Term.CURVE_ID))
                .add(value(Term.SCHEME))
                .add(value(Term.KEY_ID))
                .addU64(epoch)
                .add(publicKey)
                .add(shareId)
                .add(value(Term.N))
                .add(value(Term.DEGREE))
                .add(value(Term.ROSTER))
                .add(Entry.parts(participants))
                .add(value(Term.SESSION_ID))
                .add(Encoding.enc(operation.paramsWith(newEpoch, params).toArray(byte[][]::new)))
                .hash();
    }
}
