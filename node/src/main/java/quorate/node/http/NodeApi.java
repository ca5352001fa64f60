package quorate.node.http;

import java.io.IOException;
import java.io.OutputStream;
import quorate.api.Adopt;
import quorate.api.AdoptionApproval;
import quorate.api.BackupList;
import quorate.api.BackupRecord;
import quorate.api.BackupResult;
import quorate.api.Bytes;
import quorate.api.CreateRecoveryProof;
import quorate.api.CreateShareBackup;
import quorate.api.DeletedShare;
import quorate.api.Drill;
import quorate.api.ExportKey;
import quorate.api.ExportedShare;
import quorate.api.GenerateKey;
import quorate.api.ImportKey;
import quorate.api.KeyInfo;
import quorate.api.KeyList;
import quorate.api.KeySharings;
import quorate.api.Live;
import quorate.api.Operation;
import quorate.api.PauseRequest;
import quorate.api.PauseState;
import quorate.api.PlayerCard;
import quorate.api.Ready;
import quorate.api.RecordDrill;
import quorate.api.Redistribute;
import quorate.api.Redistributed;
import quorate.api.RegisteredPlayer;
import quorate.api.RepairShare;
import quorate.api.Requirements;
import quorate.api.Reshare;
import quorate.api.Resolve;
import quorate.api.ResumeRequest;
import quorate.api.ShareBackup;
import quorate.api.ShareRepair;
import quorate.api.SignRequest;
import quorate.api.SignResult;
import quorate.api.Status;
import quorate.api.ValidatedProof;
import quorate.api.WrappingKey;
import quorate.node.config.Caller;

/**
 * What the node does for its callers: the operations of openapi.yaml. Whatever is refused or fails is a
 * {@link quorate.node.problem.ProblemException}.
 */
public interface NodeApi {
    Live live();

    /** From memory: anybody may ask, as often as he likes. */
    Ready ready();

    Status status();

    KeyInfo generateKey(GenerateKey request) throws InterruptedException;

    KeyList keys();

    KeyInfo key(String keyId);

    KeyInfo reshareKey(Caller caller, String keyId, Reshare request) throws InterruptedException;

    /** The call of an administrator is this node's approval. */
    Redistributed redistributeKey(Caller caller, String keyId, Redistribute request) throws InterruptedException;

    /** Durable when it returns; never changes what is known of a player. */
    RegisteredPlayer registerPlayer(Caller caller, PlayerCard card);

    Operation resolve(Caller caller, String keyId, Resolve request);

    KeySharings sharings(String keyId);

    AdoptionApproval adopt(Caller caller, String keyId, Adopt request);

    DeletedShare deleteShare(Caller caller, String keyId);

    /** Sealed only, and only for an RSA key that the configuration lists. */
    ShareBackup backUpShare(Caller caller, String keyId, CreateShareBackup request);

    /** For listed destinations only. */
    ExportedShare exportKey(Caller caller, String keyId, ExportKey request) throws InterruptedException;

    KeyInfo importKey(Caller caller, ImportKey request) throws InterruptedException;

    WrappingKey wrappingKey();

    /** This node's part of recovery data, only for an RSA key that the configuration lists. */
    byte[] proveShares(Caller caller, CreateRecoveryProof request) throws InterruptedException;

    /** Whether a part of recovery data is true, and about the keys as this node knows them. */
    ValidatedProof validateProof(Caller caller, byte[] proof) throws InterruptedException;

    SignResult sign(String keyId, SignRequest request) throws InterruptedException;

    /** The call of an administrator is this node's approval. */
    ShareRepair repair(Caller caller, String keyId, RepairShare request) throws InterruptedException;

    /** The operations about presignatures and pairs. */
    PresignatureApi presignatures();

    Operation operation(Bytes opId);

    PauseState pause(Caller caller, PauseRequest request) throws InterruptedException;

    PauseState resume(Caller caller, ResumeRequest request);

    /** Takes a snapshot; what is refused is refused here, before the first byte is sent. */
    BackupStream createBackup(Caller caller, String backupId) throws IOException;

    BackupRecord recordBackup(String backupId, BackupResult result);

    /** By the word of the caller: the node saw nothing of it, and need not know the backup. */
    Drill recordDrill(Caller caller, String backupId, RecordDrill said);

    BackupList backups();

    Requirements requirements();

    /** One node's backup file, ready to be sent. Closing it deletes what was prepared. */
    interface BackupStream extends AutoCloseable {
        long bytes();

        void writeTo(OutputStream out) throws IOException;

        @Override
        void close() throws IOException;
    }
}
