package quorate.api;

import static quorate.api.GenerateKey.SESSION_ID_BYTES;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation that creates or changes a key, as one node sees it. {@code opId} is the session id of the request.
 * {@code waitingFor} are the players of whom the node does not know yet that they have committed. {@code clean} are those
 * whose signed statement it holds that they are done: what they held before the operation is destroyed.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Operation(
        String keyId,
        Bytes opId,
        OperationProtocol protocol,
        OperationState state,
        @Nullable List<Integer> waitingFor,
        @Nullable List<Integer> clean,
        @Nullable Instant since) {
    /** One that waits for nobody in particular. */
    public Operation(String keyId, Bytes opId, OperationProtocol protocol, OperationState state) {
        this(keyId, opId, protocol, state, null, null, null);
    }

    public Operation {
        Require.keyId("keyId", keyId);
        Require.size("opId", opId, SESSION_ID_BYTES);
        Require.present("protocol", protocol);
        Require.present("state", state);
        waitingFor = waitingFor == null ? null : Require.list("waitingFor", waitingFor);
        clean = clean == null ? null : Require.list("clean", clean);
    }
}
