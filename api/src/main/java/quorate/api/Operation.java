package quorate.api;

import static quorate.api.GenerateKey.SESSION_ID_BYTES;

/** An operation that creates or changes a key, as one node sees it. {@code opId} is the session id of the request. */
public record Operation(String keyId, Bytes opId, OperationProtocol protocol, OperationState state) {
    public Operation {
        Require.keyId("keyId", keyId);
        Require.size("opId", opId, SESSION_ID_BYTES);
        Require.present("protocol", protocol);
        Require.present("state", state);
    }
}
