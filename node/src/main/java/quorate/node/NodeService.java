package quorate.node;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
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
import quorate.api.ProblemCode;
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
import quorate.node.backup.BackupCreation;
import quorate.node.backup.BackupDrills;
import quorate.node.commit.Certificates;
import quorate.node.config.Caller;
import quorate.node.config.Card;
import quorate.node.export.WrappingKeys;
import quorate.node.http.NodeApi;
import quorate.node.key.KeyAdoption;
import quorate.node.key.KeyExports;
import quorate.node.key.KeyGeneration;
import quorate.node.key.KeyImports;
import quorate.node.key.KeyOperations;
import quorate.node.key.KeyRing;
import quorate.node.key.PauseGate;
import quorate.node.key.Redistributing;
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
        Players players,
        Consumer<Card> joined,
        Database database,
        KeyRing ring,
        Certificates certificates,
        KeyGeneration generation,
        Resharing resharing,
        Redistributing redistributing,
        Resolution resolution,
        KeyAdoption adoption,
        KeyOperations operations,
        ShareRepairs repairs,
        Signing signing,
        PauseGate gate,
        BackupCreation backup,
        ShareBackups shares,
        KeyExports exports,
        KeyImports imports,
        WrappingKeys wrapping,
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
    public Redistributed redistributeKey(Caller caller, String keyId, Redistribute request) throws InterruptedException {
        var result = redistributing.redistribute(caller.name(), keyId, request);
        database.events()
                .append(
                        "redistributed",
                        "key " + result.keyId() + ": this node " + result.state().wireName() + ", asked by "
                                + caller.name());
        return result;
    }

    @Override
    public RegisteredPlayer registerPlayer(Caller caller, PlayerCard card) {
        return players.register(caller.name(), card, joined);
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
        var deleted = ring.delete(keyId, certificates.highest(keyId));
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
    public ExportedShare exportKey(Caller caller, String keyId, ExportKey request) throws InterruptedException {
        var asked = "key " + keyId + (request.path() == null ? "" : ", path " + request.path()) + ", mode "
                + request.mode().wireName() + ", for application " + request.application() + ", by " + caller.name();
        try {
            var exported = exports.export(caller, keyId, request);
            database.events().append("exported", asked);
            return exported;
        } catch (ProblemException e) {
            database.events().append("export-refused", asked + ": " + e.problem().code());
            throw e;
        }
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
    public KeyInfo importKey(Caller caller, ImportKey request) throws InterruptedException {
        var key = imports.importKey(caller, request);
        database.events()
                .append(
                        "imported",
                        "key " + key.keyId() + " of export " + request.exportId().hex() + ", by " + caller.name());
        return key;
    }

    @Override
    public WrappingKey wrappingKey() {
        var key = wrapping.publicKey();
        return new WrappingKey(player, Bytes.of(key.fingerprint().bytes()), Bytes.of(key.spki()));
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
    public Drill recordDrill(Caller caller, String backupId, RecordDrill said) {
        var drill = new BackupDrills(database).record(caller.name(), backupId, said);
        database.events()
                .append(
                        "drill",
                        "backup " + backupId + (drill.ok() ? " is good: " : " is NOT good: ") + drill.signed() + " of "
                                + drill.keys() + " keys signed, by " + caller.name());
        return drill;
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
