package quorate.node.share;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.node.identity.Bytes32;
import quorate.node.key.Committee;
import quorate.node.key.KeyNames;
import quorate.node.key.LoadedKey;
import quorate.node.key.UnsoundKeyRecord;
import quorate.store.KeyDescription;
import quorate.store.Role;
import quorate.store.Sharing;
import quorate.store.StoredSharing;

/**
 * All of a share backup that is public: the record of the key as the node keeps it (protocols.md 1.2), and how the
 * share behind it is protected. Member by member in docs/formats/share-backup.md.
 *
 * @param player whose share it is
 * @param party that player's index in the key
 * @param publicKey what a verifier takes
 * @param commitments A_0, .., A_t
 * @param attributes what was fixed when the key was generated, in the canonical encoding that all nodes agreed on
 * @param roster the players of the key, ascending
 * @param label what the operator wrote on it
 */
public record ShareHeader(
        String keyId,
        int player,
        int party,
        long epoch,
        Bytes shareId,
        String scheme,
        String curve,
        int n,
        int threshold,
        Bytes publicKey,
        List<Bytes> commitments,
        Bytes chainCode,
        String purpose,
        Bytes attributes,
        List<Member> roster,
        String label,
        Instant createdAt,
        String software,
        Protection protection) {
    static final int LABEL_BYTES = 256;

    /** One player of the key, with the keys that name it. */
    public record Member(int player, Bytes tlsSha256, Bytes statementKey) {
        public Member {
            present(tlsSha256, statementKey);
        }
    }

    public ShareHeader {
        present(
                keyId, shareId, scheme, curve, publicKey, commitments, chainCode, purpose, attributes, roster, label,
                createdAt, software, protection);
        if (Stream.concat(commitments.stream(), roster.stream()).anyMatch(each -> each == null)) {
            throw new IllegalArgumentException("a list of the header has a null");
        }
        if (label.getBytes(StandardCharsets.UTF_8).length > LABEL_BYTES) {
            throw new IllegalArgumentException("a label has at most " + LABEL_BYTES + " bytes");
        }
        if (commitments.isEmpty()) {
            throw new IllegalArgumentException("commitments are missing");
        }
        commitments = List.copyOf(commitments);
        roster = List.copyOf(roster);
    }

    private static void present(@Nullable Object... members) {
        for (var member : members) {
            if (member == null) {
                throw new IllegalArgumentException("a member of the header is missing");
            }
        }
    }

    static ShareHeader of(
            LoadedKey key, int player, String label, Instant createdAt, String software, Protection protection) {
        var sharing = key.sharing();
        var scheme = KeyNames.schemeOf(key.description().scheme());
        return new ShareHeader(
                key.description().keyId(),
                player,
                key.party(),
                sharing.epoch(),
                Bytes.of(sharing.shareId()),
                key.description().scheme(),
                key.description().curve(),
                sharing.players(),
                sharing.threshold(),
                KeyNames.publicKey(scheme, sharing.publicKey()),
                sharing.commitment().coefficients().stream()
                        .map(point -> Bytes.of(point.encode()))
                        .toList(),
                Bytes.of(sharing.chainCode()),
                key.description().purpose(),
                Bytes.of(key.description().attributes().toArray()),
                key.committee().members().values().stream()
                        .map(member -> new Member(
                                member.player(),
                                Bytes.of(member.tlsPin().bytes()),
                                Bytes.of(member.statementKey().bytes())))
                        .toList(),
                label,
                createdAt,
                software,
                protection);
    }

    /** The statement key that the roster names for the player whose share this is. */
    Optional<Bytes> statementKey() {
        return roster.stream()
                .filter(member -> member.player() == player)
                .map(Member::statementKey)
                .findFirst();
    }

    /**
     * The key of this header, once it is sound: the public half of DKG-7 (protocols.md 1.2).
     *
     * @throws UnsoundKeyRecord naming the contradiction
     * @throws IllegalArgumentException if its numbers are no sharing's
     */
    LoadedKey key() throws UnsoundKeyRecord {
        var members = new TreeMap<Integer, Committee.Member>();
        for (var member : roster) {
            members.put(
                    members.size() + 1,
                    new Committee.Member(
                            member.player(), bytes32(member.tlsSha256()), bytes32(member.statementKey())));
        }
        var committee = new Committee(members);
        var mine = Optional.ofNullable(members.get(party))
                .orElseThrow(() -> new IllegalArgumentException("party " + party + " is not in the roster"));
        var description = new KeyDescription(keyId, scheme, curve, purpose, stored(attributes));
        var sharing = new Sharing(
                stored(shareId),
                epoch,
                n,
                threshold - 1,
                party,
                stored(commitments.getFirst()),
                stored(chainCode),
                stored(commitments),
                quorate.store.Bytes.of(committee.encode()));
        var record = new StoredSharing(keyId, sharing, Role.ACTIVE, Optional.empty(), createdAt);
        var key = LoadedKey.of(description, record, player, mine.id());
        if (!KeyNames.publicKey(KeyNames.schemeOf(scheme), key.sharing().publicKey()).equals(publicKey)) {
            throw new IllegalArgumentException("the public key is not A_0");
        }
        return key;
    }

    /**
     * Refuses the share of another node: of another player, or of one with other long-lived keys (protocols.md 0.4).
     *
     * @param node player and fingerprint of the node
     */
    public void requireOf(int node, Bytes32 nodeId) throws ShareRefused {
        var id = roster.stream()
                .filter(member -> member.player() == player)
                .map(member -> new Committee.Member(
                                member.player(), bytes32(member.tlsSha256()), bytes32(member.statementKey()))
                        .id())
                .findFirst();
        if (player != node || !id.equals(Optional.of(nodeId))) {
            throw new ShareRefused(
                    ProblemCode.BACKUP_NODE,
                    "is of player " + player + " with id " + id.map(Bytes32::hex).orElse("unknown")
                            + ", this node is player " + node + " with id " + nodeId);
        }
    }

    private static Bytes32 bytes32(Bytes bytes) {
        return new Bytes32(bytes.hex());
    }

    private static quorate.store.Bytes stored(Bytes bytes) {
        return quorate.store.Bytes.of(bytes.toArray());
    }

    private static quorate.store.Bytes stored(List<Bytes> points) {
        var all = new ByteArrayOutputStream();
        points.forEach(point -> all.writeBytes(point.toArray()));
        return quorate.store.Bytes.of(all.toByteArray());
    }
}
