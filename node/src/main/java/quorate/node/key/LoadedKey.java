package quorate.node.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import quorate.algebra.DecodingException;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.api.KeyAttributes;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.node.config.Roster;
import quorate.node.identity.Bytes32;
import quorate.store.Bytes;
import quorate.store.KeyDescription;
import quorate.store.StoredSharing;

/**
 * One sharing of a key as this node holds it, read from the database and found sound: the public half of
 * DKG-7 was checked (protocols.md 1.2), and that this node has the place in it that its configuration says.
 *
 * @param attributes what was fixed when the key was generated
 * @param party this node's party index
 */
public record LoadedKey(
        KeyDescription description, KeyAttributes attributes, Sharing sharing, Committee committee, int party) {
    /**
     * Reads a stored sharing.
     *
     * @throws UnsoundKeyRecord naming the contradiction
     */
    public static LoadedKey of(KeyDescription description, StoredSharing stored, int player, Bytes32 nodeId)
            throws UnsoundKeyRecord {
        try {
            var record = stored.sharing();
            var group = KeyNames.group(KeyNames.curve(description.curve()));
            var commitment = commitment(group, record.commitments().toArray());
            var sharing = new Sharing(
                    description.keyId().getBytes(StandardCharsets.UTF_8),
                    KeyNames.scheme(KeyNames.schemeOf(description.scheme())),
                    record.n(),
                    record.epoch(),
                    record.chainCode().toArray(),
                    commitment);
            var committee = Committee.decode(record.roster().toArray());
            require(Arrays.equals(sharing.shareId(), record.shareId().toArray()), "shareId is not that of A");
            require(
                    Arrays.equals(sharing.publicKey().encode(), record.publicKey().toArray()),
                    "the public key is not A_0");
            require(sharing.degree() == record.degree(), "A has another degree");
            require(committee.size() == record.n(), "the roster has another number of parties");
            var mine = committee.members().get(record.index());
            require(
                    mine != null && mine.player() == player && mine.id().equals(nodeId),
                    "party " + record.index() + " of the roster is not this node");
            var attributes = Attributes.decode(description.attributes().toArray());
            require(attributes.purpose().equals(description.purpose()), "the purpose is not the one that was agreed on");
            return new LoadedKey(description, attributes.rules(), sharing, committee, record.index());
        } catch (DecodingException | UnsoundKey | IllegalArgumentException e) {
            throw new UnsoundKeyRecord(description.keyId(), String.valueOf(e.getMessage()));
        }
    }

    private static PublicPolynomial commitment(quorate.algebra.Group group, byte[] encoded) throws DecodingException {
        boolean possible = encoded.length > 0 && encoded.length <= Roster.MOST_PLAYERS * group.pointBytes();
        if (!possible || encoded.length % group.pointBytes() != 0) {
            throw new DecodingException("A has " + encoded.length + " bytes");
        }
        var points = new ArrayList<Point>();
        for (int at = 0; at < encoded.length; at += group.pointBytes()) {
            points.add(group.decodePoint(Arrays.copyOfRange(encoded, at, at + group.pointBytes())));
        }
        return new PublicPolynomial(points);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** This node's share, once the secret half of DKG-7 holds: x·G == X. It lives as long as {@code scope}. */
    public KeyShare share(byte[] secret, Secrets scope) throws UnsoundKeyRecord {
        try {
            return new KeyShare(sharing, party, sharing.group().decodeSecret(scope, secret));
        } catch (DecodingException | UnsoundKey e) {
            throw new UnsoundKeyRecord(description.keyId(), String.valueOf(e.getMessage()));
        }
    }

    /** This record as the database keeps it. */
    public quorate.store.Sharing stored() {
        return store(sharing, committee, party);
    }

    /** The record that the database keeps. */
    static quorate.store.Sharing store(Sharing sharing, Committee committee, int party) {
        return new quorate.store.Sharing(
                Bytes.of(sharing.shareId()),
                sharing.epoch(),
                sharing.players(),
                sharing.degree(),
                party,
                Bytes.of(sharing.publicKey().encode()),
                Bytes.of(sharing.chainCode()),
                Bytes.of(sharing.commitment().encode()),
                Bytes.of(committee.encode()));
    }
}
