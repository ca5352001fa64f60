package quorate.sdk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import quorate.api.Bytes;
import quorate.api.GenerateKey;
import quorate.api.KeyInfo;
import quorate.api.KeyList;
import quorate.api.Operation;
import quorate.api.Ready;
import quorate.api.SignRequest;
import quorate.api.SignResult;
import quorate.api.Status;

/**
 * One node, as a key user. Every call throws {@link TsmException}. Safe for use by several threads.
 *
 * <p>Generating and signing need the same request at other nodes at the same time: {@link Tsm} does that.
 */
public final class TsmClient implements AutoCloseable {
    private final NodeConnection node;

    public TsmClient(NodeEndpoint endpoint, ApiKey key, Timeouts timeouts) {
        this.node = new NodeConnection(endpoint, key, timeouts);
    }

    public int player() {
        return node.player();
    }

    /** Whether the node can sign now. Needs no credential. */
    public Ready ready() {
        return node.ready();
    }

    /** Whether the node can sign now, and with whom. */
    public Readiness readiness() {
        return Readiness.of(status());
    }

    public Status status() {
        return node.get("/v1/status", Status.class);
    }

    public KeyInfo generateKey(GenerateKey request) {
        return node.post("/v1/keys", request, KeyInfo.class, node.timeouts().session());
    }

    public List<KeyInfo> keys() {
        return keyList().keys();
    }

    /** The keys of the node, and those that it cannot use. */
    public KeyList keyList() {
        return node.get("/v1/keys", KeyList.class);
    }

    public KeyInfo key(String keyId) {
        return node.get(keyPath(keyId), KeyInfo.class);
    }

    public SignResult sign(String keyId, SignRequest request) {
        return node.post(keyPath(keyId) + "/signatures", request, SignResult.class, node.timeouts().session());
    }

    public Operation operation(Bytes opId) {
        return node.get("/v1/operations/" + opId.hex(), Operation.class);
    }

    @Override
    public void close() {
        node.close();
    }

    static String keyPath(String keyId) {
        return "/v1/keys/" + URLEncoder.encode(keyId, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
