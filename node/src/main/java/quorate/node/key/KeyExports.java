package quorate.node.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.api.Bytes;
import quorate.api.ExportKey;
import quorate.api.ExportMode;
import quorate.api.ExportedShare;
import quorate.api.ProblemCode;
import quorate.derive.DerivedKey;
import quorate.derive.Path;
import quorate.node.config.Caller;
import quorate.node.export.DrawnRandom;
import quorate.node.export.ExportPolicy;
import quorate.node.problem.CeremonyProblems;
import quorate.node.problem.ProblemException;
import quorate.node.session.SessionUsed;
import quorate.node.session.Sessions;
import quorate.rounds.CeremonyException;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Offer;
import quorate.rounds.Operation;
import quorate.rounds.Proposal;
import quorate.rsa.RsaRecipient;
import quorate.rsa.RsaWrap;
import quorate.transfer.Export;
import quorate.transfer.ExportTerms;
import quorate.transfer.Mode;

/** Exports keys (protocols.md 7.2): one session, of which this node keeps nothing, and one wrapped share. */
public final class KeyExports {
    private final KeyRing keys;
    private final Presence presence;
    private final Sessions sessions;
    private final ExportPolicy policy;
    private final Freshness freshness;
    private final Declining declining;
    private final SecureRandom random;
    private final Duration limit;

    /** @param limit how long a session may take */
    public KeyExports(
            KeyRing keys,
            Presence presence,
            Sessions sessions,
            ExportPolicy policy,
            Freshness freshness,
            Declining declining,
            SecureRandom random,
            Duration limit) {
        this.keys = keys;
        this.presence = presence;
        this.sessions = sessions;
        this.policy = policy;
        this.freshness = freshness;
        this.declining = declining;
        this.random = random;
        this.limit = limit;
    }

    /** This node's share of a new sharing of the key, wrapped for the destination of its index. */
    public ExportedShare export(Caller caller, String keyId, ExportKey request) throws InterruptedException {
        return declining.orTell(request.sessionId(), request.players(), () -> admit(caller, keyId, request));
    }

    private ExportedShare admit(Caller caller, String keyId, ExportKey request) throws InterruptedException {
        var offers = keys.offers(keyId);
        var key = offers.getFirst();
        var recipients = policy.approve(caller, request, key.sharing().players());
        requireParticipants(key, request);
        freshness.require(keyId, request.players());
        var terms = terms(key, request, recipients);
        var players = key.committee().playersByParty();
        players.values().retainAll(request.players());
        var me = presence.self().entry(key.party());
        try (var secrets = new Secrets()) {
            var hedge = new HedgedDraw[1];
            var exported = sessions.run(proposal(offers, request, terms), players, limit, agreement -> {
                var chosen = chosen(offers, agreement.shareId());
                var share = keys.open(chosen, secrets);
                var secret = secrets.keep(share.secret().exposeFor(Purpose.HEDGING));
                hedge[0] = new HedgedDraw(random, secret, me, secrets);
                return Export.start(agreement, share, terms.path(), hedge[0], secrets);
            });
            var header = exported.header(terms, key.description().attributes().toArray());
            return wrapped(keyId, header, recipients.get(key.party() - 1), exported, hedge[0]);
        } catch (CeremonyException e) {
            freshness.compareAfter(e, key.sharing().keyId());
            throw new ProblemException(CeremonyProblems.of(e, players, request.sessionId()));
        } catch (SessionUsed e) {
            throw new ProblemException(ProblemCode.SESSION_USED, String.valueOf(e.getMessage()));
        }
    }

    /** blob = RSAWrap(rsaPk, header, ser(y_i)); signature of the statement key over TH("export/header", ..). */
    private ExportedShare wrapped(
            String keyId,
            quorate.transfer.ExportHeader header,
            RsaRecipient recipient,
            quorate.transfer.ExportedShare exported,
            HedgedDraw hedge) {
        var encoded = header.encode();
        var y = exported.share().secret().exposeFor(Purpose.SEALING);
        try {
            var blob = RsaWrap.wrap(recipient, encoded, y, new DrawnRandom(hedge.knowing(encoded)));
            var statements = presence.self().identity().statements();
            return new ExportedShare(
                    presence.self().player(),
                    keyId,
                    header.index(),
                    Bytes.of(encoded),
                    Bytes.of(blob),
                    Bytes.of(statements.sign(header.signed(blob))),
                    Bytes.of(statements.publicKey().bytes()));
        } finally {
            Arrays.fill(y, (byte) 0);
        }
    }

    private void requireParticipants(LoadedKey key, ExportKey request) {
        var players = new TreeSet<>(request.players());
        var all = key.committee().players();
        if (!all.containsAll(players) || !players.contains(presence.self().player())) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "players " + players + " must be among " + all + " and include player " + presence.self().player());
        }
        if (players.size() < key.sharing().threshold()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    players.size() + " players were named, " + key.sharing().threshold() + " are needed to export");
        }
    }

    /** Also finds out whether there is a key at the path, before anything is said to a peer. */
    private static ExportTerms terms(LoadedKey key, ExportKey request, List<RsaRecipient> recipients) {
        try {
            var path = Path.parse(request.pathOrRoot());
            var derived = DerivedKey.root(key.sharing());
            for (int index : path.indices()) {
                derived = derived.child(index);
            }
            return new ExportTerms(
                    request.mode() == ExportMode.MOVE ? Mode.MOVE : Mode.CUSTODIAN,
                    recipients.stream().map(recipient -> recipient.fingerprint().bytes()).toList(),
                    request.purposeOrNone(),
                    request.application(),
                    request.expiresAt().getEpochSecond(),
                    derived.path());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.PATH_REFUSED, String.valueOf(e.getMessage()));
        }
    }

    private Proposal proposal(List<LoadedKey> offers, ExportKey request, ExportTerms terms)
            throws InterruptedException {
        var key = offers.getFirst();
        var sharing = key.sharing();
        return new Proposal(
                Operation.EXPORT,
                sharing.group(),
                sharing.scheme().code(),
                key.description().keyId().getBytes(StandardCharsets.UTF_8),
                sharing.players(),
                sharing.degree(),
                key.committee().digest(),
                presence.entries(key.committee(), request.players()),
                presence.self().entry(key.party()),
                request.sessionId().toArray(),
                terms.params(),
                offers.stream()
                        .map(offer -> new Offer(offer.sharing().epoch(), offer.sharing().shareId()))
                        .toList(),
                sharing.publicKey().encode(),
                new byte[0],
                new byte[0]);
    }

    private static LoadedKey chosen(List<LoadedKey> offers, byte[] shareId) {
        return offers.stream()
                .filter(offer -> Arrays.equals(offer.sharing().shareId(), shareId))
                .findFirst()
                .orElseThrow();
    }
}
