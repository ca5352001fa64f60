package quorate.sdk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import quorate.api.Bytes;
import quorate.api.DeletedPresignatures;
import quorate.api.GenerateKey;
import quorate.api.HandOut;
import quorate.api.ImportKey;
import quorate.api.KeyInfo;
import quorate.api.KeyList;
import quorate.api.NextPresignature;
import quorate.api.Operation;
import quorate.api.PartialRequest;
import quorate.api.PartialSignature;
import quorate.api.Presign;
import quorate.api.PresignatureLevels;
import quorate.api.Presigned;
import quorate.api.Ready;
import quorate.api.Refill;
import quorate.api.SignRequest;
import quorate.api.SignResult;
import quorate.api.StandingOrder;
import quorate.api.Status;
import quorate.api.WrappingKey;

/**
 * One node, as a key user. Every call throws {@link TsmException}. Safe for use by several threads.
 *
 * <p>Generating and signing need the same request at other nodes at the same time: {@link Tsm} does that.
 */
public final class TsmClient implements AutoCloseable {
    /** How many presignatures the nodes make in one session; each has their whole deadline (protocols.md 3.1). */
    private static final int SESSION_ITEMS = 64;

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

    /** Imports a key that was wrapped for this node and others; all of them must be asked: {@link Tsm#importKey}. */
    public KeyInfo importKey(ImportKey request) {
        return node.post("/v1/imports", request, KeyInfo.class, node.timeouts().session());
    }

    /** The RSA key for which other installations wrap what is meant for this node; when first asked, it makes it. */
    public WrappingKey wrappingKey() {
        return node.get("/v1/wrapping-key", WrappingKey.class, node.timeouts().session());
    }

    public SignResult sign(String keyId, SignRequest request) {
        return node.post(keyPath(keyId) + "/signatures", request, SignResult.class, node.timeouts().session());
    }

    /** Makes presignatures; the other players must be asked for the same at the same time. */
    public Presigned presign(String keyId, Presign request) {
        int sessions = Math.ceilDiv(request.count(), SESSION_ITEMS);
        var deadline = node.timeouts().session().multipliedBy(sessions);
        return node.post(presignaturesPath(keyId), request, Presigned.class, deadline);
    }

    /** How many unused presignatures the node holds, and its standing orders. */
    public PresignatureLevels presignatures(String keyId) {
        return node.get(presignaturesPath(keyId), PresignatureLevels.class);
    }

    /** The id of a presignature of exactly these players; a hint, which claims nothing. */
    public HandOut nextPresignature(String keyId, NextPresignature request) {
        var path = presignaturesPath(keyId) + "/next";
        return node.post(path, request, HandOut.class, node.timeouts().session());
    }

    /** Uses up a presignature for the node's part of a signature. */
    public PartialSignature signPartially(String keyId, PartialRequest request) {
        var path = keyPath(keyId) + "/partial-signatures";
        return node.post(path, request, PartialSignature.class, node.timeouts().answer());
    }

    /** Wipes all unused presignatures of the key on the node; the other players drop theirs. */
    public DeletedPresignatures deletePresignatures(String keyId) {
        return node.delete(presignaturesPath(keyId), DeletedPresignatures.class);
    }

    /** Wipes one unused presignature on the node; the other players drop theirs. */
    public DeletedPresignatures deletePresignature(String keyId, Bytes presignature) {
        var query = "?presignature=" + presignature.hex();
        return node.delete(presignaturesPath(keyId) + query, DeletedPresignatures.class);
    }

    /** Gives the node a standing order; the other players need the same. Level 0 ends it. */
    public StandingOrder refill(String keyId, Refill order) {
        return node.put(keyPath(keyId) + "/refill", order, StandingOrder.class, node.timeouts().answer());
    }

    public Operation operation(Bytes opId) {
        return node.get("/v1/operations/" + opId.hex(), Operation.class);
    }

    @Override
    public void close() {
        node.close();
    }

    static String presignaturesPath(String keyId) {
        return keyPath(keyId) + "/presignatures";
    }

    static String keyPath(String keyId) {
        return "/v1/keys/" + URLEncoder.encode(keyId, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
