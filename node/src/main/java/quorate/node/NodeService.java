package quorate.node;

import java.io.IOException;
import java.util.Optional;
import quorate.api.Adopt;
import quorate.api.AdoptionApproval;
import quorate.api.BackupList;
import quorate.api.BackupRecord;
import quorate.api.BackupResult;
import quorate.api.Bytes;
import quorate.api.CreateRecoveryProof;
import quorate.api.CreateShareBackup;
import quorate.api.DeletedShare;
import quorate.api.GenerateKey;
import quorate.api.KeyInfo;
import quorate.api.KeyList;
import quorate.api.KeySharings;
import quorate.api.Live;
import quorate.api.Operation;
import quorate.api.PauseRequest;
import quorate.api.PauseState;
import quorate.api.ProblemCode;
import quorate.api.Ready;
import quorate.api.RepairShare;
import quorate.api.Requirements;
import quorate.api.Reshare;
import quorate.api.Resolve;
import quorate.api.ResumeRequest;
import quorate.api.ShareRepair;
import quorate.api.ShareBackup;
import quorate.api.SignRequest;
import quorate.api.SignResult;
import quorate.api.Status;
import quorate.api.ValidatedProof;
import quorate.node.backup.BackupCreation;
import quorate.node.config.Caller;
import quorate.node.http.NodeApi;
import quorate.node.key.KeyAdoption;
import quorate.node.key.KeyGeneration;
import quorate.node.key.KeyOperations;
import quorate.node.key.KeyRing;
import quorate.node.key.PauseGate;
import quorate.node.key.Resharing;
import quorate.node.key.Resolution;
import quorate.node.key.ShareRepairs;
import quorate.node.key.Signing;
import quorate.node.problem.ProblemException;
import quorate.node.recovery.RecoveryProofs;
import quorate.node.share.ShareBackups;
import quorate.rsa.Fingerprint;
import quorate.store.Database;

/** Where each operation of the API is done. */
record NodeService(
        int player,
        Database database,
        KeyRing ring,
        KeyGeneration generation,
        Resharing resharing,
        Resolution resolution,
        KeyAdoption adoption,
        KeyOperations operations,
        ShareRepairs repairs,
        Signing signing,
        PauseGate gate,
        BackupCreation backup,
        ShareBackups shares,
        RecoveryProofs recovery,
        StatusReport report,
        RestoreNeeds needs,
        PresignatureService presignatures)
        implements NodeApi {
    @Override
    public Live live() {
        return new Live(player);
    }

    @Override
    public Ready ready() {
        return report.ready();
    }

    @Override
    public Status status() {
        return report.status();
    }

    @Override
    public KeyInfo generateKey(GenerateKey request) throws InterruptedException {
        return generation.generate(request);
    }

    @Override
    public KeyList keys() {
        return ring.list();
    }

    @Override
    public KeyInfo key(String keyId) {
        return ring.show(keyId);
    }

    @Override
    public KeyInfo reshareKey(Caller caller, String keyId, Reshare request) throws InterruptedException {
        var key = resharing.reshare(keyId, request);
        database.events().append("reshared", "key " + keyId + " is at epoch " + key.epoch() + ", by " + caller.name());
        return key;
    }

    @Override
    public Operation resolve(Caller caller, String keyId, Resolve request) {
        return resolution.resolve(caller.name(), keyId, request);
    }

    @Override
    public KeySharings sharings(String keyId) {
        return adoption.sharings(player, keyId);
    }

    @Override
    public AdoptionApproval adopt(Caller caller, String keyId, Adopt request) {
        return adoption.approve(player, caller.name(), keyId, request);
    }

    @Override
    public DeletedShare deleteShare(Caller caller, String keyId) {
        var deleted = ring.delete(keyId);
        database.events().append("share-deleted", "share of key " + keyId + ", by " + caller.name());
        return deleted;
    }

    @Override
    public ShareBackup backUpShare(Caller caller, String keyId, CreateShareBackup request) {
        var label = Optional.ofNullable(request.label()).orElse("");
        var written = shares.sealedFor(request.recipient().toArray(), keyId, label);
        var header = written.header();
        var recipient = Optional.ofNullable(header.protection().recipient()).orElseThrow();
        database.events()
                .append(
                        "share-backed-up",
                        "share of key " + keyId + ", epoch " + header.epoch() + ", for RSA key " + recipient + ", by "
                                + caller.name());
        return new ShareBackup(
                player, keyId, header.epoch(), header.shareId(), recipient, Bytes.of(written.file()));
    }

    @Override
    public byte[] proveShares(Caller caller, CreateRecoveryProof request) throws InterruptedException {
        try {
            var proof = recovery.prove(request).encode();
            database.events()
                    .append(
                            "recovery-proof",
                            "shares of keys " + request.keyIds() + " for RSA key "
                                    + Fingerprint.of(request.recipient().toArray()) + ", by " + caller.name());
            return proof;
        } catch (ProblemException e) {
            if (e.problem().code() == ProblemCode.RECIPIENT_REFUSED) {
                database.events()
                        .append(
                                "recovery-refused",
                                "keys " + request.keyIds() + ": " + e.problem().detail() + "; asked by " + caller.name());
            }
            throw e;
        }
    }

    @Override
    public ValidatedProof validateProof(Caller caller, byte[] proof) throws InterruptedException {
        var validated = recovery.validate(proof);
        database.events()
                .append(
                        "recovery-validated",
                        "part of party " + validated.index() + ", keys " + validated.keyIds() + ", digest "
                                + validated.digest() + ", by " + caller.name());
        return validated;
    }

    @Override
    public SignResult sign(String keyId, SignRequest request) throws InterruptedException {
        return signing.sign(keyId, request);
    }

    @Override
    public ShareRepair repair(Caller caller, String keyId, RepairShare request) throws InterruptedException {
        return repairs.repair(caller.name(), keyId, request);
    }

    @Override
    public Operation operation(Bytes opId) {
        return operations.operation(opId);
    }

    @Override
    public PauseState pause(Caller caller, PauseRequest request) throws InterruptedException {
        return gate.pause(caller.name(), request);
    }

    @Override
    public PauseState resume(Caller caller, ResumeRequest request) {
        return gate.resume(caller.name(), request);
    }

    @Override
    public BackupStream createBackup(Caller caller, String backupId) throws IOException {
        var stream = backup.create(backupId);
        try {
            database.events().append("backup", "backup " + backupId + ", by " + caller.name());
            return stream;
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    @Override
    public BackupRecord recordBackup(String backupId, BackupResult result) {
        return backup.record(backupId, result);
    }

    @Override
    public BackupList backups() {
        return backup.list();
    }

    @Override
    public Requirements requirements() {
        return needs.list();
    }
}
