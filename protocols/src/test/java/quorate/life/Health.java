package quorate.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import quorate.algebra.DecodingException;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.commit.Octets;
import quorate.frost.FrostSigning;
import quorate.frost.SigningRequest;
import quorate.key.KeyShare;
import quorate.rounds.Agreement;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.verify.IndependentVerifier;

/** What must hold of a key, whatever happened to its nodes. */
record Health(World world, String keyId, byte[] publicKey) {

    /** Every subset of this size. */
    static List<List<Integer>> quorums(Collection<Integer> nodes, int size) {
        var all = List.copyOf(nodes);
        var quorums = new ArrayList<List<Integer>>();
        for (int mask = 0; mask < 1 << all.size(); mask++) {
            if (Integer.bitCount(mask) == size) {
                int bits = mask;
                quorums.add(IntStream.range(0, all.size())
                        .filter(i -> (bits >> i & 1) == 1)
                        .mapToObj(all::get)
                        .toList());
            }
        }
        return quorums;
    }

    /** 5.3: "The session uses the offer of highest epoch common to all of P". */
    Optional<List<KeyShare>> common(Collection<Integer> quorum) {
        var shares = new TreeMap<Long, List<KeyShare>>();
        var chosen = new HashSet<Octets>();
        boolean first = true;
        for (int node : quorum) {
            var offered = world.node(node).disk().offers(keyId).stream().map(Disk.Held::shareId).toList();
            if (first) {
                chosen.addAll(offered);
            } else {
                chosen.retainAll(offered);
            }
            first = false;
        }
        for (var shareId : chosen) {
            var used = quorum.stream()
                    .map(node -> world.node(node).disk().offers(keyId).stream()
                            .filter(held -> held.shareId().equals(shareId))
                            .findFirst()
                            .orElseThrow()
                            .share())
                    .toList();
            shares.put(used.getFirst().sharing().epoch(), used);
        }
        return shares.isEmpty() ? Optional.empty() : Optional.of(shares.lastEntry().getValue());
    }

    /** Claim (2) of 5.4. */
    void everyQuorumSharesOne(Collection<Integer> nodes, int threshold) {
        for (var quorum : quorums(nodes, threshold)) {
            assertThat(common(quorum)).as("what nodes %s both offer of %s", quorum, keyId).isPresent();
        }
    }

    /** All shares of a quorum make the one secret; some quorums sign with them. */
    void everyQuorumSigns(Collection<Integer> nodes, int threshold, int signatures) {
        var quorums = new ArrayList<>(quorums(nodes, threshold));
        Collections.shuffle(quorums, world.random());
        int signed = 0;
        for (var quorum : quorums) {
            var shares = common(quorum).orElseThrow(() -> new AssertionError("nodes " + quorum + " have no sharing in common"));
            if (signed++ < signatures) {
                sign(shares);
            } else {
                assertThat(secret(shares)).isEqualTo(point());
            }
        }
    }

    /** A signature by the real rounds, verified by somebody else's code. */
    void sign(List<KeyShare> shares) {
        var message = ("message " + world.fresh("message")).getBytes(StandardCharsets.UTF_8);
        var request = SigningRequest.of(Groups.ED25519, message);
        var byParty = new TreeMap<Integer, KeyShare>();
        shares.forEach(share -> byParty.put(share.index(), share));
        var sharing = shares.getFirst().sharing();
        var outcome = RoundTable.of(
                        Agreements.signing(sharing, byParty.keySet(), request.params()).stream()
                                .map(agreement -> on(sharing.keyId(), agreement))
                                .toList(),
                        agreement -> FrostSigning.start(
                                agreement,
                                Optional.ofNullable(byParty.get(agreement.me())).orElseThrow(),
                                request,
                                new KatDraw("sign/" + agreement.me() + new String(message, StandardCharsets.UTF_8)),
                                world.secrets()))
                .run();
        var signature = outcome.of(byParty.firstKey());
        assertThat(IndependentVerifier.ed25519(publicKey, message, signature)).isTrue();
    }

    private static Agreement on(byte[] keyId, Agreement agreement) {
        return new Agreement(
                agreement.sessionId(),
                agreement.protocolId(),
                agreement.group(),
                agreement.scheme(),
                keyId,
                agreement.n(),
                agreement.degree(),
                agreement.roster(),
                agreement.participants(),
                agreement.role(),
                agreement.me(),
                agreement.epoch(),
                agreement.shareId(),
                agreement.newEpoch(),
                agreement.ctx(),
                agreement.pairs());
    }

    /** A share of one sharing and the others of another make nothing. */
    void doNotCombine(KeyShare old, Collection<KeyShare> others) {
        var mixed = new ArrayList<>(others);
        mixed.add(old);
        assertThat(secret(mixed)).as("an old share among new ones").isNotEqualTo(point());
    }

    private Point secret(Collection<KeyShare> shares) {
        return Groups.ED25519.multiplyBase(Keys.interpolate(shares, world.secrets()));
    }

    private Point point() {
        try {
            return Groups.ED25519.decodePoint(publicKey);
        } catch (DecodingException e) {
            throw new AssertionError(e);
        }
    }
}
