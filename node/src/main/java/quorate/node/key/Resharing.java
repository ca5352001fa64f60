package quorate.node.key;

import java.util.List;
import quorate.api.KeyInfo;
import quorate.api.OperationProtocol;
import quorate.api.Reshare;

/** Reshares keys (protocols.md 5.1) and answers only when the new sharing is CLEAN here. */
public final class Resharing {
    private final KeyRing keys;
    private final ReshareCeremony ceremony;
    private final KeyOperations operations;
    private final Declining declining;

    /** Lets keys be reshared by {@code ceremony}. */
    public Resharing(KeyRing keys, ReshareCeremony ceremony, KeyOperations operations, Declining declining) {
        this.keys = keys;
        this.ceremony = ceremony;
        this.operations = operations;
        this.declining = declining;
    }

    /** Replaces the sharing of the key together with all its players, or joins the operation of this id. */
    public KeyInfo reshare(String keyId, Reshare request) throws InterruptedException {
        var players = declining.orTell(request.sessionId(), List.of(), () -> keys.show(keyId).players());
        return declining.orTell(request.sessionId(), players, () -> admit(keyId, request));
    }

    private KeyInfo admit(String keyId, Reshare request) throws InterruptedException {
        var named = new KeyOperations.Request(keyId, request.sessionId(), OperationProtocol.RESHARE, request);
        return operations.run(
                named,
                key -> key.keyId().equals(keyId),
                () -> ceremony.run(keyId, request.sessionId(), named.operation()));
    }
}
