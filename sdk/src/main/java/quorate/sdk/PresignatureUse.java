package quorate.sdk;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import quorate.api.Bytes;
import quorate.api.NextPresignature;
import quorate.api.ProblemCode;

/** Signs from presignatures: finds players that hold some, has one of them hand out an id, and uses it up. */
final class PresignatureUse {
    private final PoolSearch pools;
    private final PartialSigning signatures;
    private final Function<List<Integer>, Collection<TsmClient>> clients;
    private final Map<String, List<Integer>> lastPlayers = new ConcurrentHashMap<>();

    PresignatureUse(
            PoolSearch pools, PartialSigning signatures, Function<List<Integer>, Collection<TsmClient>> clients) {
        this.pools = pools;
        this.signatures = signatures;
        this.clients = clients;
    }

    /** With the presignature of this id, which is not tried a second time. */
    PresignedSignature use(Signing signing, Bytes presignature) {
        var players = signing.players().isEmpty() ? pools.playersOf(presignature) : signing.players();
        return signatures.run(signing.with(players), presignature, clients.apply(players));
    }

    /** With any; after a failure that another one may not have, with another one, once. */
    PresignedSignature useNext(Signing signing) {
        var keyId = signing.keyId();
        boolean free = signing.players().isEmpty();
        var players = free ? anyPlayers(keyId) : signing.players();
        try {
            var signed = handedOut(signing.with(players));
            if (free) {
                lastPlayers.put(keyId, players);
            }
            return signed;
        } catch (TsmException failure) {
            lastPlayers.remove(keyId);
            return handedOut(signing.with(free ? others(keyId, failure) : same(players, failure)));
        }
    }

    private List<Integer> anyPlayers(String keyId) {
        var last = lastPlayers.get(keyId);
        return last == null ? pools.playersFor(keyId, Set.of()) : last;
    }

    /** Somebody else may have used what was handed out. */
    private static List<Integer> same(List<Integer> players, TsmException failure) {
        if (failure.code() != ProblemCode.PRESIGNATURE_SPENT) {
            throw failure;
        }
        return players;
    }

    private List<Integer> others(String keyId, TsmException failure) {
        var avoided = avoided(failure);
        try {
            return pools.playersFor(keyId, avoided);
        } catch (TsmException none) {
            failure.addSuppressed(none);
            throw failure;
        }
    }

    private static Set<Integer> avoided(TsmException failure) {
        return switch (failure.code()) {
            case PRESIGNATURE_SPENT, NO_PRESIGNATURE, CLOCK_JUMPED -> Set.of();
            default -> {
                if (!SignatureRequest.mayDifferElsewhere(failure)) {
                    throw failure;
                }
                yield SignatureRequest.suspects(failure);
            }
        };
    }

    private PresignedSignature handedOut(Signing signing) {
        var signers = clients.apply(signing.players());
        // The default is the lowest live index of P, and all of P must live.
        var handing = signers.iterator().next();
        var id = handing.nextPresignature(signing.keyId(), new NextPresignature(signing.players()))
                .presignatureId();
        return signatures.run(signing, id, signers);
    }
}
