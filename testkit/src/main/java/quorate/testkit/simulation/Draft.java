package quorate.testkit.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Transcript;
import quorate.rounds.CertifiedEpoch;
import quorate.rounds.Entry;
import quorate.rounds.Offer;
import quorate.rounds.Operation;
import quorate.rounds.Proposal;

/** What a party of a simulation takes as given, before it is cast into a {@link Proposal}: all can be changed. */
public final class Draft {
    private static final int SCHNORR = 2;

    private final List<Entry> nodes;
    private Operation operation;
    private Group group = Groups.SECP256K1;
    private int scheme = SCHNORR;
    private byte[] keyId = ascii("key-1");
    private int n;
    private int degree;
    private byte[] roster;
    private List<Entry> participants;
    private Entry me;
    private byte[] sessionId;
    private List<byte[]> params = List.of(new byte[0]);
    private List<Offer> offers = List.of();
    private byte[] publicKey = new byte[0];
    private byte[] top = new byte[0];
    private byte[] pairs = new byte[0];
    private CertifiedEpoch certified = CertifiedEpoch.none();

    Draft(Operation operation, int n, int threshold, List<Entry> nodes, Entry me, byte[] sessionId) {
        this.operation = operation;
        this.n = n;
        this.degree = threshold - 1;
        this.nodes = nodes;
        this.participants = nodes;
        this.me = me;
        this.sessionId = sessionId;
        this.roster = roster(nodes);
        if (operation.usesSharing()) {
            sharing(0, Transcript.of("test/sharing").hash(), Transcript.of("test/key").hash());
        }
    }

    public Draft operation(Operation operation) {
        this.operation = operation;
        return this;
    }

    /** The curve, and what to make on it: 1 ECDSA, 2 Schnorr, 3 BIP-340. */
    public Draft group(Group group, int scheme) {
        this.group = group;
        this.scheme = scheme;
        return this;
    }

    public Draft keyId(String keyId) {
        this.keyId = ascii(keyId);
        return this;
    }

    public Draft size(int n, int threshold) {
        this.n = n;
        this.degree = threshold - 1;
        return this;
    }

    public Draft roster(byte[] roster) {
        this.roster = roster;
        return this;
    }

    /** The parties who take part. */
    public Draft parties(Set<Integer> parties) {
        return participants(nodes.stream().filter(node -> parties.contains(node.index())).toList());
    }

    public Draft participants(List<Entry> participants) {
        this.participants = participants;
        return this;
    }

    /** Who takes part, as far as nobody changed it. */
    public List<Entry> participants() {
        return new ArrayList<>(participants);
    }

    /** What this node is, which should be one of the participants. */
    public Draft me(Entry me) {
        this.me = me;
        return this;
    }

    public Draft sessionId(byte[] sessionId) {
        this.sessionId = sessionId;
        return this;
    }

    public Draft params(byte[]... params) {
        this.params = List.of(params);
        return this;
    }

    /** The key as this party holds it; a member of a new committee only knows which it is to be. */
    public Draft sharing(long epoch, byte[] shareId, byte[] publicKey) {
        this.offers = me.role() == 1 ? List.of() : List.of(new Offer(epoch, shareId));
        this.publicKey = publicKey;
        return this;
    }

    public Draft offers(Offer... offers) {
        this.offers = List.of(offers);
        return this;
    }

    public Draft top(byte[] top) {
        this.top = top;
        return this;
    }

    public Draft pairs(byte[] pairs) {
        this.pairs = pairs;
        return this;
    }

    /** How this party judges certificates. */
    public Draft certified(CertifiedEpoch certified) {
        this.certified = certified;
        return this;
    }

    /** The nodes of all parties, from which to make other participants. */
    public List<Entry> nodes() {
        return new ArrayList<>(nodes);
    }

    Proposal proposal() {
        return new Proposal(
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
                certified);
    }

    private static byte[] roster(List<Entry> nodes) {
        var roster = Transcript.of("roster");
        nodes.forEach(node -> roster.add(node.id()));
        return roster.hash();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
