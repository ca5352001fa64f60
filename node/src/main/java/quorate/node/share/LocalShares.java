package quorate.node.share;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.api.Json;
import quorate.api.MalformedJson;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.node.local.LocalMessage;
import quorate.node.local.LocalSocket;
import quorate.node.problem.ProblemException;
import quorate.node.problem.StoreProblems;
import quorate.store.Database;
import quorate.store.StoreException;

/** What the local socket does: backups under every protection, and every restore. */
public final class LocalShares implements LocalSocket.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(LocalShares.class);

    private final Database database;
    private final ShareBackups backups;
    private final ShareReturn restores;
    private final Consumer<String> restored;

    /** @param restored told the key of which a share came back: the other nodes are to hear of it */
    public LocalShares(
            Database database, ShareBackups backups, ShareReturn restores, Consumer<String> restored) {
        this.database = database;
        this.backups = backups;
        this.restores = restores;
        this.restored = restored;
    }

    @Override
    public LocalMessage answer(LocalMessage request) {
        try {
            var order = Json.readRequest(request.json(), ShareOrder.class);
            var backup = order.backup();
            var restore = order.restore();
            return backup != null ? backUp(backup, request) : restore != null ? restore(restore, request) : none();
        } catch (MalformedJson e) {
            return refusal(Problem.of(e.code(), e.detail()));
        } catch (ProblemException e) {
            return refusal(e.problem());
        } catch (ShareRefused e) {
            return refusal(Problem.of(e.code(), e.reason()));
        } catch (StoreException e) {
            LOG.error("local socket: a request failed", e);
            return refusal(StoreProblems.forOperator(e));
        } catch (RuntimeException e) {
            LOG.error("local socket: a request failed", e);
            return refusal(Problem.of(ProblemCode.INTERNAL, ProblemCode.INTERNAL.title()));
        }
    }

    private LocalMessage backUp(ShareOrder.Backup order, LocalMessage request) {
        var argon2id = order.argon2id();
        var recipient = order.recipient();
        if ((order.kind() == Protection.Kind.PASSWORD) != (argon2id != null)
                || (order.kind() == Protection.Kind.RSA) != (recipient != null)) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "the parameters are of another protection");
        }
        var written =
                switch (order.kind()) {
                    case PLAIN -> backups.plain(order.keyId(), order.label());
                    case PASSWORD ->
                        backups.underPassword(order.keyId(), order.label(), present(argon2id), request.attachment(0));
                    case RSA ->
                        backups.sealedFor(present(recipient).toArray(), order.keyId(), order.label());
                };
        database.events()
                .append(
                        "share-backed-up",
                        "share of key " + order.keyId() + ", epoch " + written.header().epoch() + ", "
                                + order.kind() + ", over the local socket");
        return LocalMessage.of(Json.write(new ShareAnswer(null, written.header(), null)), written.file());
    }

    private LocalMessage restore(ShareOrder.Restore order, LocalMessage request) throws ShareRefused {
        var rules = new ShareRules(order.replace(), order.forceOlderEpoch());
        var returned = restores.restore(
                request.attachment(0), request.attachment(1), Optional.ofNullable(order.keyId()), rules, order.dryRun());
        if (!order.dryRun()) {
            restored.accept(returned.header().keyId());
        }
        return LocalMessage.of(Json.write(new ShareAnswer(null, returned.header(), returned.fate())));
    }

    private static <T> T present(@Nullable T value) {
        return Optional.ofNullable(value).orElseThrow();
    }

    private static LocalMessage none() {
        throw new ProblemException(ProblemCode.BAD_REQUEST, "nothing is asked for");
    }

    private static LocalMessage refusal(Problem problem) {
        return LocalMessage.of(Json.write(ShareAnswer.refusing(problem)));
    }
}
