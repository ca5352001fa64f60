package quorate.node.key;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import quorate.api.Bytes;
import quorate.api.OperationProtocol;
import quorate.api.ProblemCode;
import quorate.api.Redistribute;
import quorate.api.Redistributed;
import quorate.api.RedistributedState;
import quorate.commit.Octets;
import quorate.commit.OperationRecord;
import quorate.node.config.Roster;
import quorate.node.problem.ProblemException;
import quorate.store.Database;
import quorate.store.KeyState;

/**
 * Gives keys to other players, or copies them (protocols.md 5.2), and answers only when the new sharing is CLEAN here.
 * The call of an administrator is the approval of this node, also of leaving out who is declared dead.
 */
public final class Redistributing {
    /** Copies in which this process only dealt: a repeated request gets the same answer. */
    private static final int REMEMBERED = 1000;

    private final Database database;
    private final KeyRing keys;
    private final RedistributionCeremony ceremony;
    private final KeyOperations operations;
    private final Declining declining;
    private final Supplier<Roster> roster;
    private final int me;
    private final Map<Bytes, Redistribute> dealt = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Redistribute> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** @param roster the players as they are known now */
    public Redistributing(
            Database database,
            KeyRing keys,
            RedistributionCeremony ceremony,
            KeyOperations operations,
            Declining declining,
            Supplier<Roster> roster,
            int me) {
        this.database = database;
        this.keys = keys;
        this.ceremony = ceremony;
        this.operations = operations;
        this.declining = declining;
        this.roster = roster;
        this.me = me;
    }

    /**
     * Takes part in the operation, or joins the one of this id.
     *
     * @param by the name of the credential, for the audit
     */
    public Redistributed redistribute(String by, String keyId, Redistribute request) throws InterruptedException {
        var everybody = new TreeSet<>(request.players());
        everybody.addAll(request.newPlayers());
        return declining.orTell(request.sessionId(), everybody, () -> admit(by, keyId, request));
    }

    private Redistributed admit(String by, String keyId, Redistribute request) throws InterruptedException {
        if (request.equals(dealt.get(request.sessionId()))) {
            return new Redistributed(me, request.targetOf(keyId), RedistributedState.DEALT, null);
        }
        var named = new KeyOperations.Request(
                request.targetOf(keyId),
                request.sessionId(),
                request.copies() ? OperationProtocol.COPY : OperationProtocol.REDISTRIBUTION,
                request);
        operations.complete(named, record -> isOf(request, record), () -> {
            var what = RedistributionPlan.of(keyId, request, roster.get(), keys, me);
            requireRoom(what);
            database.events().append("redistribution-approved", describe(what) + ", by " + by);
            return ceremony.run(what, named.operation());
        });
        return result(keyId, request);
    }

    private Redistributed result(String keyId, Redistribute request) {
        var target = request.targetOf(keyId);
        if (request.newPlayers().contains(me)) {
            return new Redistributed(me, target, RedistributedState.HOLDS, keys.show(target));
        }
        if (!request.copies()) {
            return new Redistributed(me, target, RedistributedState.LEFT, null);
        }
        dealt.put(request.sessionId(), request);
        return new Redistributed(me, target, RedistributedState.DEALT, null);
    }

    /** COM-5: the id of a copy is free here, and who joins a key holds nothing of it. */
    private void requireRoom(RedistributionPlan what) {
        if (!what.receives(me)) {
            return;
        }
        var target = what.target();
        if (what.request().copies() && !database.keys().isFree(target)) {
            throw new ProblemException(
                    ProblemCode.KEY_EXISTS, "key id " + target + " is used, or was, on this node");
        }
        var known = database.keys().find(target);
        boolean joins = what.held().isEmpty() && !what.request().copies();
        if (joins && known.filter(key -> key.state() != KeyState.ABSENT).isPresent()) {
            throw new ProblemException(
                    ProblemCode.KEY_EXISTS,
                    "this node has a share of key " + target + " although it is not one of the players "
                            + what.request().players() + ": delete it with `quorate key delete " + target + " --node "
                            + me + "` if the others have left it");
        }
    }

    private static String describe(RedistributionPlan what) {
        var request = what.request();
        var given = request.newThreshold() + " of players " + request.newPlayers();
        return request.copies()
                ? "key " + what.keyId() + " is copied to " + what.target() + " for " + given
                : "key " + what.keyId() + " is given to " + given
                        + (request.gone().isEmpty() ? "" : ", players " + request.gone() + " declared dead");
    }

    /** Whether the record of this id is of the same request, as far as a record says. */
    private boolean isOf(Redistribute request, OperationRecord record) {
        var ofNew = new HashSet<Octets>();
        record.operation().participants().stream()
                .filter(participant -> participant.seat().role() == 1)
                .forEach(participant -> ofNew.add(participant.id()));
        var asked = new HashSet<Octets>();
        var known = roster.get();
        request.newPlayers().stream()
                .filter(player -> player <= known.size())
                .forEach(player -> asked.add(Octets.of(known.player(player).id().bytes())));
        return ofNew.equals(asked) && record.degrees().ofNew() == request.newThreshold() - 1;
    }
}
