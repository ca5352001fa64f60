package quorate.node.http;

import java.util.List;
import java.util.Optional;
import quorate.api.Bytes;
import quorate.api.DeletedPresignatures;
import quorate.api.HandOut;
import quorate.api.NextPresignature;
import quorate.api.PairApproval;
import quorate.api.PartialRequest;
import quorate.api.PartialSignature;
import quorate.api.Presign;
import quorate.api.PresignatureLevels;
import quorate.api.Presigned;
import quorate.api.Refill;
import quorate.api.StandingOrder;
import quorate.node.config.Caller;

/** What a node does about presignatures and pairs for its callers: the operations of openapi.yaml. */
public interface PresignatureApi {
    Presigned presign(String keyId, Presign request) throws InterruptedException;

    PresignatureLevels levels(String keyId);

    DeletedPresignatures delete(Caller caller, String keyId, Optional<Bytes> presignature, List<Integer> players);

    DeletedPresignatures deleteAll(Caller caller);

    HandOut next(String keyId, NextPresignature request) throws InterruptedException;

    PartialSignature signPartially(String keyId, PartialRequest request);

    StandingOrder refill(String keyId, Refill request);

    PairApproval approvePair(Caller caller, String keyId, int player);
}
