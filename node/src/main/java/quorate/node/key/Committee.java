package quorate.node.key;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.node.identity.Bytes32;
import quorate.node.identity.NodeIdentity;

/**
 * The players of one key, with the keys that name them. Party i is the i-th of them, ascending (protocols.md
 * 0.1): party indices are x-coordinates of one key, players are nodes of the installation.
 *
 * @param members by party index, from 1 without a gap
 */
public record Committee(SortedMap<Integer, Member> members) {
    private static final int PLAYER_BYTES = 2;
    private static final int FIELDS = 3;

    /** One node as the key's record keeps it (protocols.md 1.2). */
    public record Member(int player, Bytes32 tlsPin, Bytes32 statementKey) {
        /** id of protocols.md 0.4. */
        public Bytes32 id() {
            return NodeIdentity.id(player, tlsPin, statementKey);
        }
    }

    public Committee {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    static Committee of(Collection<Member> players) {
        var ascending = new TreeMap<Integer, Member>();
        players.forEach(member -> ascending.put(member.player(), member));
        var members = new TreeMap<Integer, Member>();
        ascending.values().forEach(member -> members.put(members.size() + 1, member));
        return new Committee(members);
    }

    public int size() {
        return members.size();
    }

    /** Players, ascending. */
    public List<Integer> players() {
        return members.values().stream().map(Member::player).toList();
    }

    /** Players by party index. */
    public SortedMap<Integer, Integer> playersByParty() {
        var players = new TreeMap<Integer, Integer>();
        members.forEach((party, member) -> players.put(party, member.player()));
        return players;
    }

    /** The party index of {@code player}; 0, which is nobody's, if it has none. */
    public int party(int player) {
        return members.entrySet().stream()
                .filter(entry -> entry.getValue().player() == player)
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    /** roster of protocols.md 0.4: TH("roster", id_1, .., id_n). */
    public byte[] digest() {
        var transcript = Transcript.of("roster");
        members.values().forEach(member -> transcript.add(member.id().bytes()));
        return transcript.hash();
    }

    /** As the database keeps it. */
    public byte[] encode() {
        return Encoding.enc(members.values().stream()
                .map(member -> Encoding.enc(
                        Encoding.i2osp(member.player(), PLAYER_BYTES),
                        member.tlsPin().bytes(),
                        member.statementKey().bytes()))
                .toArray(byte[][]::new));
    }

    /** Players by party index, of a roster that was read and found sound before. */
    static TreeMap<Integer, Integer> players(byte[] encoded) {
        try {
            return new TreeMap<>(decode(encoded).playersByParty());
        } catch (DecodingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Committee decode(byte[] encoded) throws DecodingException {
        var members = new TreeMap<Integer, Member>();
        int last = 0;
        for (var part : Encoding.decode(encoded)) {
            var fields = Encoding.decode(part);
            if (fields.size() != FIELDS
                    || fields.get(0).length != PLAYER_BYTES
                    || fields.get(1).length != Bytes32.LENGTH
                    || fields.get(2).length != Bytes32.LENGTH) {
                throw new DecodingException("a member of the roster is not player, TLS key hash and statement key");
            }
            int player = (int) Encoding.os2ip(fields.get(0), 0, PLAYER_BYTES);
            if (player <= last) {
                throw new DecodingException("the players of the roster do not ascend");
            }
            last = player;
            members.put(
                    members.size() + 1,
                    new Member(player, Bytes32.of(fields.get(1)), Bytes32.of(fields.get(2))));
        }
        return new Committee(members);
    }
}
