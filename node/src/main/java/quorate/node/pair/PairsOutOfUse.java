package quorate.node.pair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.api.Pair;
import quorate.api.PairState;
import quorate.commit.Octets;
import quorate.key.Scheme;
import quorate.node.config.Roster;
import quorate.node.key.KeyRing;
import quorate.node.key.LoadedKey;
import quorate.node.problem.ProblemException;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.NotOwner;
import quorate.store.StorageFailed;
import quorate.store.StoredBan;

/** What an operator is shown of the pairs of this node that cannot sign together now (protocols.md 3.6). */
final class PairsOutOfUse {
    private static final Logger LOG = LoggerFactory.getLogger(PairsOutOfUse.class);

    private final Database database;
    private final KeyRing keys;
    private final PairBook book;
    private final PairSetups setups;
    private final int me;
    private final Supplier<Roster> roster;

    PairsOutOfUse(Database database, KeyRing keys, PairBook book, PairSetups setups, int me, Supplier<Roster> roster) {
        this.database = database;
        this.keys = keys;
        this.book = book;
        this.setups = setups;
        this.me = me;
        this.roster = roster;
    }

    List<Pair> list() {
        var pairs = new ArrayList<Pair>();
        for (var key : database.keys().usable()) {
            pairs.addAll(ofReadable(key.keyId()));
        }
        return pairs;
    }

    /** A bad row hides the pairs of its key, and not those of all the others. Of a database that fails, it does. */
    private List<Pair> ofReadable(String keyId) {
        try {
            var newest = keys.offers(keyId).getFirst();
            return newest.sharing().scheme() == Scheme.ECDSA ? of(newest) : List.of();
        } catch (ProblemException e) {
            // Gone meanwhile, or unsound: that is reported of the key itself.
            return List.of();
        } catch (NotOwner | StorageFailed e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("what the database has about the pairs of key {} cannot be read", keyId, e);
            return List.of();
        }
    }

    private List<Pair> of(LoadedKey key) {
        var pairs = new ArrayList<Pair>();
        var usable = book.usablePeers(key);
        key.committee().members().forEach((party, member) -> {
            if (party != key.party() && !usable.contains(party)) {
                pairs.add(pair(key, party, member.player(), Bytes.of(member.id().bytes())));
            }
        });
        return pairs;
    }

    private Pair pair(LoadedKey key, int party, int player, Bytes peer) {
        var keyId = key.description().keyId();
        var players = Stream.of(me, player).sorted().toList();
        var ban = database.bans().unapproved(keyId, peer).stream().findFirst();
        var state = ban.isPresent()
                ? PairState.BANNED
                : setups.isRunning(key, party) ? PairState.SETTING_UP : PairState.SUSPENDED;
        return new Pair(
                keyId,
                players,
                state,
                ban.flatMap(PairsOutOfUse::check).orElse(null),
                ban.map(StoredBan::madeAt).orElse(null),
                ban.flatMap(this::accuser).orElse(null));
    }

    /** Of a ban that came from a peer only the verdict is known. */
    private static Optional<String> check(StoredBan ban) {
        return Optional.of(ban.reason()).filter(reason -> reason.contains("-"));
    }

    private Optional<Integer> accuser(StoredBan ban) {
        var id = Octets.of(ban.accuser().toArray());
        return roster.get().players().stream()
                .filter(card -> Octets.of(card.id().bytes()).equals(id))
                .map(card -> card.player())
                .findFirst();
    }
}
