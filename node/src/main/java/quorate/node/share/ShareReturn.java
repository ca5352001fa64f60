package quorate.node.share;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.api.ProblemCode;
import quorate.node.key.LoadedKey;
import quorate.node.key.Self;
import quorate.rounds.StatementVerifier;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.KeyIdTaken;
import quorate.store.OperationOpen;
import quorate.store.Outcome;

/** Takes a share out of a file into the database of this node, if everything about it is right (product.md 2.3). */
public final class ShareReturn {
    private static final Logger LOG = LoggerFactory.getLogger(ShareReturn.class);

    private final Database database;
    private final Self self;
    private final StatementVerifier verifier;

    /** What was restored, or would be. */
    public record Returned(ShareHeader header, ShareRules.Fate fate) {}

    public ShareReturn(Database database, Self self, StatementVerifier verifier) {
        this.database = database;
        this.self = self;
        this.verifier = verifier;
    }

    /**
     * Validates the file and, unless it is a dry run, stores the share in one transaction.
     *
     * @param openingKey as {@link ShareFile#open} takes it
     * @param keyId the key that the operator means, if he names one
     * @throws ShareRefused naming what is wrong; then nothing was changed
     */
    public Returned restore(byte[] bytes, byte[] openingKey, Optional<String> keyId, ShareRules rules, boolean dryRun)
            throws ShareRefused {
        try (var file = ShareFile.read(bytes, verifier)) {
            var header = file.header();
            if (keyId.isPresent() && !keyId.get().equals(header.keyId())) {
                throw new ShareRefused(
                        ProblemCode.BACKUP_KEY, "is of key " + header.keyId() + ", not of " + keyId.get());
            }
            header.requireOf(self.player(), self.id());
            return file.open(openingKey, share -> {
                var held = Held.in(database, header.keyId());
                var fate = rules.judge(file.key(), held);
                if (!dryRun && fate != ShareRules.Fate.UNCHANGED) {
                    store(file.key(), share, held);
                    report(header, fate);
                }
                return new Returned(header, fate);
            });
        }
    }

    private void store(LoadedKey key, byte[] share, Held held) throws ShareRefused {
        Optional<Bytes> replaced = held.active().map(sharing -> sharing.shareId());
        try {
            if (database.shares().install(key.description(), key.stored(), share, replaced) != Outcome.DONE) {
                throw new ShareRefused(ProblemCode.BUSY, "was not stored: the share in the database changed meanwhile");
            }
        } catch (OperationOpen e) {
            throw new ShareRefused(ProblemCode.BUSY, "was not stored: " + e.getMessage());
        } catch (KeyIdTaken e) {
            throw new ShareRefused(ProblemCode.KEY_DELETED, "was not stored: " + e.getMessage());
        }
    }

    private void report(ShareHeader header, ShareRules.Fate fate) {
        var detail = "share of key " + header.keyId() + ", epoch " + header.epoch() + ", backed up at "
                + header.createdAt();
        var kind = switch (fate) {
            case FORCED -> "share-forced";
            case RESTORED, REPLACES, UNCHANGED -> "share-restored";
        };
        LOG.warn("{}: {}", kind, detail);
        database.events().append(kind, detail);
    }
}
