package quorate.sdk;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import quorate.api.Adopt;
import quorate.api.AdoptionApproval;
import quorate.api.BackupList;
import quorate.api.BackupRecord;
import quorate.api.BackupResult;
import quorate.api.Bytes;
import quorate.api.CreateBackup;
import quorate.api.CreateRecoveryProof;
import quorate.api.CreateShareBackup;
import quorate.api.DeletedPresignatures;
import quorate.api.DeletedShare;
import quorate.api.Drill;
import quorate.api.ExportKey;
import quorate.api.ExportedShare;
import quorate.api.KeyInfo;
import quorate.api.KeyList;
import quorate.api.KeySharings;
import quorate.api.Operation;
import quorate.api.PairApproval;
import quorate.api.PauseRequest;
import quorate.api.PauseState;
import quorate.api.PlayerCard;
import quorate.api.Ready;
import quorate.api.RecordDrill;
import quorate.api.Redistribute;
import quorate.api.Redistributed;
import quorate.api.RegisteredPlayer;
import quorate.api.RepairShare;
import quorate.api.Requirement;
import quorate.api.Requirements;
import quorate.api.Reshare;
import quorate.api.Resolve;
import quorate.api.ResumeRequest;
import quorate.api.ShareBackup;
import quorate.api.ShareRepair;
import quorate.api.Status;
import quorate.api.ValidatedProof;
import quorate.api.WrappingKey;

/**
 * One node, as an administrator, who cannot sign. Every call throws {@link TsmException}. Safe for use by several
 * threads.
 */
public final class AdminClient implements AutoCloseable {
    private final NodeConnection node;

    public AdminClient(NodeEndpoint endpoint, ApiKey key, Timeouts timeouts) {
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

    public List<KeyInfo> keys() {
        return keyList().keys();
    }

    /** The keys of the node, and those that it cannot use. */
    public KeyList keyList() {
        return node.get("/v1/keys", KeyList.class);
    }

    public KeyInfo key(String keyId) {
        return node.get(TsmClient.keyPath(keyId), KeyInfo.class);
    }

    /** Stops creation, import and change of keys until {@link #resume()}. Signing goes on. */
    public PauseState pause() {
        return pause(new PauseRequest(null, null, null));
    }

    /** Waits at the node, bounded, until running operations of these kinds have ended. */
    public PauseState pause(PauseRequest request) {
        return node.post("/v1/pause", request, PauseState.class, node.timeouts().session());
    }

    /** Ends whatever pause there is. */
    public PauseState resume() {
        return resume(new ResumeRequest(null));
    }

    /** Ends the pause that began then, and leaves any other as it is. */
    public PauseState resumeIfSince(Instant since) {
        return resume(new ResumeRequest(since));
    }

    /** Erases this node's share of the key; the id is never used again on this node. The other nodes keep theirs. */
    public DeletedShare deleteShare(String keyId) {
        var confirm = URLEncoder.encode(keyId, StandardCharsets.UTF_8);
        return node.delete(TsmClient.keyPath(keyId) + "?confirm=" + confirm, DeletedShare.class);
    }

    /** Gives this node a new share of the key, together with all other players: each must be asked for the same. */
    public KeyInfo reshare(String keyId, Reshare request) {
        return node.post(TsmClient.keyPath(keyId) + "/reshare", request, KeyInfo.class, node.timeouts().session());
    }

    /** Takes part in giving the key to other players, or in a copy: each of both must be asked for the same. */
    public Redistributed redistribute(String keyId, Redistribute request) {
        var path = TsmClient.keyPath(keyId) + "/redistribute";
        return node.post(path, request, Redistributed.class, node.timeouts().session());
    }

    /** Makes a player known to this node, which goes on running. Never changes what it knows of a player. */
    public RegisteredPlayer register(PlayerCard card) {
        return node.post("/v1/players", card, RegisteredPlayer.class, node.timeouts().answer());
    }

    /** Stops waiting for players in an operation on this node, for ever. */
    public Operation resolve(String keyId, Resolve request) {
        return node.post(TsmClient.keyPath(keyId) + "/resolve", request, Operation.class, node.timeouts().answer());
    }

    /** The sharings of the key that this node holds or has proof of. */
    public KeySharings sharings(String keyId) {
        return node.get(TsmClient.keyPath(keyId) + "/sharings", KeySharings.class);
    }

    /** Approves that an older sharing of the key is revived; at least {@code threshold} nodes must be asked the same. */
    public AdoptionApproval adopt(String keyId, Adopt request) {
        return node.post(TsmClient.keyPath(keyId) + "/adopt", request, AdoptionApproval.class, node.timeouts().answer());
    }

    /**
     * This node's share of the key, sealed for the holder of an RSA key that the configuration of the node lists. There
     * is no other way to a share over the network.
     *
     * @param recipient the SubjectPublicKeyInfo of that key
     */
    public ShareBackup backUpShare(String keyId, Bytes recipient, String label) {
        var path = TsmClient.keyPath(keyId) + "/share-backups";
        return node.post(
                path, new CreateShareBackup(recipient, label), ShareBackup.class, node.timeouts().answer());
    }

    /** This node's part of an export; at least {@code threshold} nodes must be asked the same: {@link Tsm#export}. */
    public ExportedShare export(String keyId, ExportKey request) {
        var path = TsmClient.keyPath(keyId) + "/exports";
        return node.post(path, request, ExportedShare.class, node.timeouts().session());
    }

    /** The RSA key for which other installations wrap what is meant for this node; when first asked, it makes it. */
    public WrappingKey wrappingKey() {
        return node.get("/v1/wrapping-key", WrappingKey.class, node.timeouts().session());
    }

    /** This node's part of emergency recovery data; {@link RecoveryCreation} asks all players and combines the parts. */
    public byte[] proveShares(CreateRecoveryProof request) {
        var proof = new ByteArrayOutputStream();
        node.download("/v1/recovery/proofs", request, proof, node.timeouts().session());
        return proof.toByteArray();
    }

    /** Whether this node finds a part of recovery data true. */
    public ValidatedProof validateProof(byte[] proof) {
        return node.postBytes("/v1/recovery/validations", proof, ValidatedProof.class, node.timeouts().session());
    }

    /** Wipes all unused presignatures of the key on this node; the other players drop theirs. */
    public DeletedPresignatures deletePresignatures(String keyId) {
        return node.delete(TsmClient.presignaturesPath(keyId), DeletedPresignatures.class);
    }

    /** Wipes all unused presignatures of this node. Never needed for safety after a restore. */
    public DeletedPresignatures deleteAllPresignatures() {
        return node.delete("/v1/presignatures", DeletedPresignatures.class);
    }

    /**
     * Approves a fresh set-up of the pair of this node and {@code peer} after a ban. It begins when the operator of
     * the peer has approved too.
     */
    public PairApproval approvePair(String keyId, int peer) {
        return node.post(TsmClient.keyPath(keyId) + "/pairs/" + peer + "/approval", PairApproval.class);
    }

    /**
     * Approves the repair of a share on this node, which takes part in it: as the target or as a helper. The answer is
     * {@code WAITING} while the others are awaited; {@link ShareRepairing} asks all of them.
     */
    public ShareRepair repair(String keyId, RepairShare request) {
        var path = TsmClient.keyPath(keyId) + "/repair";
        return node.post(path, request, ShareRepair.class, node.timeouts().session());
    }

    /**
     * Streams a backup of this node. When this returns, every byte was written to {@code out}, which still has to be
     * synced, read back and checked. After a failure nothing more can be said of {@code out} than that it is
     * incomplete.
     *
     * @return how many bytes were written
     */
    public long backup(String backupId, OutputStream out, Duration deadline) {
        return node.download("/v1/backups", new CreateBackup(backupId), out, deadline);
    }

    /** Tells the node what became of a backup that it made. */
    public BackupRecord recordBackup(String backupId, BackupResult result) {
        var path = "/v1/backups/" + URLEncoder.encode(backupId, StandardCharsets.UTF_8) + "/results";
        return node.post(path, result, BackupRecord.class, node.timeouts().answer());
    }

    /** Tells the node what a drill of a backup came to, whether or not it made that backup. */
    public Drill recordDrill(String backupId, RecordDrill result) {
        var path = "/v1/backups/" + URLEncoder.encode(backupId, StandardCharsets.UTF_8) + "/drills";
        return node.post(path, result, Drill.class, node.timeouts().answer());
    }

    /** The backups that this node has made, newest first. */
    public List<BackupRecord> backups() {
        return backupList().backups();
    }

    /** The backups that this node has made and the drills that it was told of, newest first. */
    public BackupList backupList() {
        return node.get("/v1/backups", BackupList.class);
    }

    /** What a restore of this node needs besides the backup file. */
    public List<Requirement> requirements() {
        return node.get("/v1/requirements", Requirements.class).requirements();
    }

    @Override
    public void close() {
        node.close();
    }

    private PauseState resume(ResumeRequest request) {
        return node.post("/v1/resume", request, PauseState.class, node.timeouts().answer());
    }
}
