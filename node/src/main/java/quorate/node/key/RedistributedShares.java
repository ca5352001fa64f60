package quorate.node.key;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import quorate.algebra.DecodingException;
import quorate.algebra.Purpose;
import quorate.commit.State;
import quorate.node.commit.Commits;
import quorate.reshare.ReceivedShare;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Refused;
import quorate.store.Bytes;
import quorate.store.KeyDescription;
import quorate.store.NewPairState;

/** The share that a redistribution or copy gave this node, on its way into a PENDING record (protocols.md 5.4). */
final class RedistributedShares {
    private static final int RECORDS = 0;

    private final Commits commits;

    RedistributedShares(Commits commits) {
        this.commits = commits;
    }

    /** Returns what the commit comes to. The share and its pair states are still the caller's to wipe. */
    CompletableFuture<State> store(RedistributionPlan what, ReceivedShare received, int me)
            throws Refused, Disagreement {
        var attributes = Bytes.of(received.record().attributes());
        if (what.held().filter(key -> !key.description().attributes().equals(attributes)).isPresent()) {
            throw new Disagreement(Check.RSH_5, RECORDS, "the dealers hold other attributes of the key");
        }
        var made = received.share();
        var sharing = LoadedKey.store(made.share().sharing(), what.fresh(), what.fresh().party(me));
        var share = made.share().secret().exposeFor(Purpose.SEALING);
        var pairs = made.pairs().values().stream()
                .map(pair -> new NewPairState(
                        pair.peer(), Bytes.of(pair.setup()), pair.generation(), pair.exposeFor(Purpose.SEALING)))
                .toList();
        try {
            boolean replaces = what.held().isPresent() && !what.request().copies();
            return replaces
                    ? commits.prepare(made.operation(), what.degrees(), made.setups(), sharing, share, pairs)
                    : commits.prepare(
                            made.operation(),
                            what.degrees(),
                            made.setups(),
                            description(what, attributes),
                            sharing,
                            share,
                            pairs);
        } finally {
            Arrays.fill(share, (byte) 0);
            pairs.forEach(pair -> Arrays.fill(pair.state(), (byte) 0));
        }
    }

    private static KeyDescription description(RedistributionPlan what, Bytes attributes) throws Disagreement {
        try {
            return new KeyDescription(
                    what.target(),
                    what.request().scheme().wireName(),
                    what.request().curve().wireName(),
                    Attributes.decode(attributes.toArray()).purpose(),
                    attributes);
        } catch (DecodingException e) {
            throw new Disagreement(Check.RSH_5, RECORDS, "the dealers hold " + e.getMessage());
        }
    }
}
