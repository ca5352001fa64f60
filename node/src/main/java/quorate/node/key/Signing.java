package quorate.node.key;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import quorate.algebra.Draw;
import quorate.algebra.Point;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.api.SignRequest;
import quorate.api.SignResult;
import quorate.api.Signable;
import quorate.frost.FrostSigning;
import quorate.frost.SigningRequest;
import quorate.frost.Taproot;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.node.problem.CeremonyProblems;
import quorate.node.problem.ProblemException;
import quorate.node.session.SessionUsed;
import quorate.node.session.Sessions;
import quorate.rounds.CeremonyException;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Offer;
import quorate.rounds.Operation;
import quorate.rounds.Proposal;
import quorate.rounds.Protocol;

/** Signs with a quorum: one FROST session for each signature (protocols.md 4, protocolId 7). */
public final class Signing {
    private final KeyRing keys;
    private final Presence presence;
    private final Sessions sessions;
    private final SecureRandom random;
    private final Duration limit;

    /**
     * Signs with the keys of this ring.
     *
     * @param limit how long a session may take
     */
    public Signing(KeyRing keys, Presence presence, Sessions sessions, SecureRandom random, Duration limit) {
        this.keys = keys;
        this.presence = presence;
        this.sessions = sessions;
        this.random = random;
        this.limit = limit;
    }

    /** The signature, verified under the key that it is said to be of. */
    public SignResult sign(String keyId, SignRequest request) throws InterruptedException {
        var offers = keys.offers(keyId);
        var newest = offers.getFirst();
        var sharing = newest.sharing();
        requireQuorum(newest, request);
        var signing = request(sharing.scheme(), newest, request);
        var effective = effectiveKey(signing, newest);
        var players = newest.committee().playersByParty();
        players.values().retainAll(request.players());
        try (var secrets = new Secrets()) {
            var entries = presence.entries(newest.committee(), request.players());
            var me = presence.self().entry(newest.party());
            var proposal = new Proposal(
                    Operation.FROST_INTERACTIVE,
                    sharing.group(),
                    sharing.scheme().code(),
                    sharing.keyId(),
                    sharing.players(),
                    sharing.degree(),
                    newest.committee().digest(),
                    entries,
                    me,
                    request.sessionId().toArray(),
                    signing.params(),
                    offers.stream()
                            .map(offer -> new Offer(offer.sharing().epoch(), offer.sharing().shareId()))
                            .toList(),
                    sharing.publicKey().encode(),
                    new byte[0],
                    new byte[0]);
            Protocol<byte[]> protocol = agreement -> {
                var share = keys.open(chosen(offers, agreement.shareId()), secrets);
                return FrostSigning.start(agreement, share, signing, draw(share, me, secrets), secrets);
            };
            var signature = sessions.run(proposal, players, limit, protocol);
            return new SignResult(
                    presence.self().player(),
                    keyId,
                    request.sessionId(),
                    Bytes.of(signature),
                    KeyNames.publicKey(KeyNames.schemeOf(newest.description().scheme()), effective),
                    request.players());
        } catch (CeremonyException e) {
            throw new ProblemException(CeremonyProblems.of(e, players, request.sessionId()));
        } catch (SessionUsed e) {
            throw new ProblemException(ProblemCode.SESSION_USED, String.valueOf(e.getMessage()));
        }
    }

    private void requireQuorum(LoadedKey key, SignRequest request) {
        var players = new TreeSet<>(request.players());
        var all = key.committee().players();
        if (!all.containsAll(players) || !players.contains(presence.self().player())) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "players " + players + " must be among " + all + " and include player "
                            + presence.self().player());
        }
        if (players.size() < key.sharing().threshold()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    players.size() + " players were named, " + key.sharing().threshold() + " are needed to sign");
        }
    }

    private static SigningRequest request(Scheme scheme, LoadedKey key, SignRequest request) {
        var group = key.sharing().group();
        var message = request.message();
        if (message == null) {
            throw new ProblemException(ProblemCode.HASH_REFUSED, "a Schnorr key signs messages, not hashes");
        }
        if (!request.pathOrRoot().equals(Signable.ROOT_PATH)) {
            throw new ProblemException(ProblemCode.PATH_REFUSED, "this node signs by the key itself only");
        }
        if (request.requestNonce() != null) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "requestNonce is for ecdsa keys");
        }
        var taproot = Optional.ofNullable(request.taproot());
        if (taproot.isEmpty()) {
            return SigningRequest.of(group, message.toArray());
        }
        if (scheme != Scheme.BIP340) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "only a bip340 key has a Taproot output; leave taproot away");
        }
        var root = taproot.get().merkleRoot();
        return SigningRequest.of(
                group,
                message.toArray(),
                root == null ? Taproot.keyPath() : Taproot.scriptTree(root.toArray()));
    }

    private static Point effectiveKey(SigningRequest signing, LoadedKey key) {
        try {
            return signing.publicKey(key.sharing().scheme(), key.sharing().publicKey());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static LoadedKey chosen(List<LoadedKey> offers, byte[] shareId) {
        return offers.stream()
                .filter(offer -> Arrays.equals(offer.sharing().shareId(), shareId))
                .findFirst()
                .orElseThrow();
    }

    private Draw draw(KeyShare share, Entry me, Secrets secrets) {
        var secret = secrets.keep(share.secret().exposeFor(Purpose.HEDGING));
        return new HedgedDraw(random, secret, me, secrets);
    }
}
