package quorate.transfer;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Lagrange;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.commit.Octets;
import quorate.dealing.NewShare;
import quorate.dealing.NewSharing;
import quorate.dealing.internal.Commitments;
import quorate.dealing.internal.Dealing;
import quorate.dealing.internal.Opening;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.pair.PairExchanges;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Entry;
import quorate.rounds.Inbox;
import quorate.rounds.Misbehaviour;

/** What every round of an import needs, and its formulas (protocols.md 7.3 with 5.2). All nodes have role 01. */
record Importing(Agreement agreement, ImportedShare brought, Draw draw, Secrets secrets) {
    private static final int ROLE = 1;
    private static final int OPENED = 2;

    Group group() {
        return agreement.group();
    }

    int me() {
        return agreement.me();
    }

    private Sharing source() {
        return brought.source();
    }

    /** S := the t+1 lowest indices. */
    SortedSet<Integer> dealers() {
        return IntStream.rangeClosed(1, agreement.degree() + 1).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    boolean deals() {
        return dealers().contains(me());
    }

    /** Addresses of S. */
    Set<Integer> dealing() {
        return addresses(dealers());
    }

    /** Addresses of S without this node. */
    Set<Integer> otherDealers() {
        return without(dealers(), me());
    }

    /** Addresses of the nodes that do not deal; perhaps none. */
    Set<Integer> silent() {
        var others = agreement.newParties();
        others.removeAll(dealers());
        return addresses(others);
    }

    /** Addresses of the nodes that do not deal, without this one. */
    Set<Integer> otherSilent() {
        var others = silent();
        others.remove(agreement.address());
        return others;
    }

    /** Addresses of all others. */
    Set<Integer> others() {
        return without(agreement.newParties(), me());
    }

    private static Set<Integer> without(Set<Integer> indices, int index) {
        var others = new TreeSet<>(indices);
        others.remove(index);
        return addresses(others);
    }

    private static Set<Integer> addresses(Set<Integer> indices) {
        return indices.stream().map(i -> Entry.address(ROLE, i)).collect(Collectors.toCollection(TreeSet::new));
    }

    boolean hasPairs() {
        return source().scheme() == Scheme.ECDSA;
    }

    /** lag(S,i)*y_i: what dealer i shares. */
    SecretScalar part() {
        return brought.y().in(secrets).times(Lagrange.atZero(group(), dealers(), me()));
    }

    /** D1 = TH("dkg/d1", ctx, {00||I2OSP(i,2)||nonce_i||com_i}_{i in S}, {01||I2OSP(j,2)||nonce'_j}_{j in N}). */
    byte[] d1(Inbox<Offering> offered, Map<Integer, Greeting> greeted) {
        var d1 = Transcript.of("dkg/d1").add(agreement.ctx());
        var nonces = new TreeMap<Integer, byte[]>();
        offered.all().forEach((address, offering) -> {
            int i = Entry.indexOf(address);
            var dealt = offering.dealt();
            d1.add(new byte[] {0}, Encoding.i2osp(i, 2), dealt.nonce(), dealt.commitment());
            nonces.put(i, offering.nonce());
        });
        greeted.forEach((address, greeting) -> nonces.put(Entry.indexOf(address), greeting.nonce()));
        nonces.forEach((j, nonce) -> d1.add(new byte[] {ROLE}, Encoding.i2osp(j, 2), nonce));
        return d1.hash();
    }

    /** Pair setup among N (gen 0). */
    PairExchanges pairs(byte[] d1) {
        if (!hasPairs()) {
            return PairExchanges.none();
        }
        var peers = agreement.newParties();
        peers.remove(me());
        return PairExchanges.start(d1, agreement.newEpoch(), ROLE, me(), peers, draw, secrets);
    }

    /** t+1 points, none = O (RSH-2); commitment; PoK (IMP-2). */
    Dealing openings() {
        return Dealing.ofImport(agreement);
    }

    /** IMP-2: A_{i,0} == lag(S,i)*Y_i; sum_{i in S} A_{i,0} == pk. */
    void requireSharesOfTheKey(Inbox<Opening> opened, Commitments commitments) throws Misbehaviour, Disagreement {
        opened.require(Check.IMP_2, (address, opening) -> {
            int i = Entry.indexOf(address);
            var weight = Lagrange.atZero(group(), dealers(), i);
            return commitments.of(address).constant().equals(source().publicShare(i).times(weight));
        });
        if (!commitments.sum().constant().equals(source().publicKey())) {
            throw new Disagreement(Check.IMP_2, OPENED, "the dealers' shares do not add up to the key");
        }
    }

    /** D2 = TH("dkg/d2", D1, {I2OSP(i,2) || round-2 broadcast payload}_{i in S}). */
    byte[] d2(byte[] d1, Inbox<Opening> opened) {
        var d2 = Transcript.of("dkg/d2").add(d1);
        opened.payloads().forEach((address, payload) -> d2.add(Encoding.i2osp(Entry.indexOf(address), 2), payload));
        return d2.hash();
    }

    /** A_k = sum_{i in S} A_{i,k}, cc unchanged; base empty, participants of the commit all entries. */
    NewSharing made(PublicPolynomial commitment, byte[] d2) throws Disagreement {
        try {
            var sharing = new Sharing(
                    agreement.keyId(),
                    source().scheme(),
                    agreement.n(),
                    agreement.newEpoch(),
                    source().chainCode(),
                    commitment);
            return NewSharing.of(agreement, sharing, d2, Octets.EMPTY);
        } catch (UnsoundKey e) {
            throw new Disagreement(Check.DKG_7, OPENED, e.contradiction());
        }
    }

    /** DKG-7: x'_j != 0, x'_j*G == X'_j. */
    NewShare share(NewSharing made, SecretScalar x) throws Disagreement {
        try {
            return new NewShare(new KeyShare(made.sharing(), me(), x), made, new TreeMap<>());
        } catch (UnsoundKey e) {
            throw new Disagreement(Check.DKG_7, OPENED, e.contradiction());
        }
    }
}
