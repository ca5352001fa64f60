package quorate.node.presign;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quorate.api.Problem;
import quorate.commit.Octets;
import quorate.key.Scheme;
import quorate.node.key.Committee;
import quorate.node.key.LoadedKey;
import quorate.node.pair.PairBook;
import quorate.store.Bytes;
import quorate.store.Database;

/**
 * What the database says about one key, remembered: claims are granted from memory.
 *
 * @param version of the database it was read from
 * @param offers the sharings that this node offers, the newest first; none if it offers none
 * @param refusal why there are none
 * @param committee of the newest sharing, also of a key that is gone: its parties are still told what was dropped
 * @param banned setups that a ban names
 * @param usable of the parties with whom a ban was ever raised: the setups with them that are in use
 */
record KnownKey(
        long version,
        List<LoadedKey> offers,
        Optional<Problem> refusal,
        Committee committee,
        Set<Octets> banned,
        Map<Integer, Set<Octets>> usable) {
    KnownKey {
        offers = List.copyOf(offers);
    }

    static KnownKey of(long version, List<LoadedKey> offers, Database database, PairBook book) {
        var key = offers.getFirst();
        if (key.sharing().scheme() != Scheme.ECDSA) {
            return new KnownKey(version, offers, Optional.empty(), key.committee(), Set.of(), Map.of());
        }
        var banned = new HashSet<Octets>();
        var usable = new HashMap<Integer, Set<Octets>>();
        var mine = id(key.committee(), key.party());
        for (var ban : database.bans().all()) {
            if (ban.keyId().equals(key.description().keyId())) {
                banned.add(Octets.of(ban.setup().toArray()));
                key.committee().members().keySet().stream()
                        .filter(party -> party != key.party())
                        .filter(party -> ban.isBetween(mine, id(key.committee(), party)))
                        .forEach(party -> usable.computeIfAbsent(party, ignored -> new HashSet<>()));
            }
        }
        for (var offer : offers) {
            for (var state : book.usable(offer)) {
                usable.computeIfPresent(state.peer(), (peer, setups) -> {
                    setups.add(Octets.of(state.setup().toArray()));
                    return setups;
                });
            }
        }
        return new KnownKey(version, offers, Optional.empty(), key.committee(), banned, usable);
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
