package quorate.node.presign;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import quorate.api.Problem;
import quorate.commit.Octets;
import quorate.key.Scheme;
import quorate.node.key.Committee;
import quorate.node.key.LoadedKey;
import quorate.node.pair.PairBook;
import quorate.presign.NamedSetup;
import quorate.store.Bytes;
import quorate.store.Database;

/**
 * What the database says about one key, remembered: claims are granted from memory.
 *
 * @param version of the database it was read from
 * @param offers the sharings that this node offers, the newest first; none if it offers none
 * @param refusal why there are none
 * @param committee of the newest sharing, also of a key that is gone: its parties are still told what was dropped
 * @param banned setups that a ban names, each with the two nodes of the ban
 * @param usable by id of the nodes with whom this one ever had a ban, of either: the setups with them that are in use
 */
record KnownKey(
        long version,
        List<LoadedKey> offers,
        Optional<Problem> refusal,
        Committee committee,
        Set<NamedSetup> banned,
        Map<Octets, Set<NamedSetup>> usable) {
    KnownKey {
        offers = List.copyOf(offers);
    }

    static KnownKey of(long version, List<LoadedKey> offers, Database database, PairBook book) {
        var key = offers.getFirst();
        if (key.sharing().scheme() != Scheme.ECDSA) {
            return new KnownKey(version, offers, Optional.empty(), key.committee(), Set.of(), Map.of());
        }
        var banned = new HashSet<NamedSetup>();
        var usable = new HashMap<Octets, Set<NamedSetup>>();
        var mine = id(key.committee(), key.party());
        for (var ban : database.bans().all()) {
            if (ban.keyId().equals(key.description().keyId())) {
                banned.add(named(ban.setup(), ban.accuser(), ban.accused()));
                Stream.of(ban.accuser(), ban.accused())
                        .filter(peer -> !peer.equals(mine) && ban.isBetween(mine, peer))
                        .forEach(peer -> usable.computeIfAbsent(octets(peer), ignored -> new HashSet<>()));
            }
        }
        for (var offer : offers) {
            for (var state : book.usable(offer)) {
                var peer = id(offer.committee(), state.peer());
                usable.computeIfPresent(octets(peer), (ignored, setups) -> {
                    setups.add(named(state.setup(), mine, peer));
                    return setups;
                });
            }
        }
        return new KnownKey(version, offers, Optional.empty(), key.committee(), banned, usable);
    }

    private static NamedSetup named(Bytes setup, Bytes one, Bytes other) {
        return NamedSetup.of(octets(setup), octets(one), octets(other));
    }

    private static Octets octets(Bytes bytes) {
        return Octets.of(bytes.toArray());
    }

    private static Bytes id(Committee committee, int party) {
        var member = committee.members().get(party);
        if (member == null) {
            throw new IllegalArgumentException("no party " + party);
        }
        return Bytes.of(member.id().bytes());
    }

    /** The same key, of which nothing is offered any more. */
    KnownKey gone(long now, Problem why) {
        return new KnownKey(now, List.of(), Optional.of(why), committee, banned, usable);
    }
}
