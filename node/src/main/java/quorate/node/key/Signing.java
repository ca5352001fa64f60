package quorate.node.key;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import quorate.algebra.Draw;
import quorate.algebra.Groups;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.api.Bytes;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.SignRequest;
import quorate.api.SignResult;
import quorate.ecdsa.EcdsaRequest;
import quorate.ecdsa.EcdsaSignature;
import quorate.ecdsa.EcdsaSigning;
import quorate.frost.FrostSigning;
import quorate.frost.SigningRequest;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.node.pair.PairBook;
import quorate.node.pair.Pairs;
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

/** Signs with a quorum: one session for each signature (protocols.md 3 and 4, protocolIds 5 and 7). */
public final class Signing {
    private final KeyRing keys;
    private final Presence presence;
    private final Sessions sessions;
    private final Pairs pairs;
    private final Freshness freshness;
    private final Requests requests;
    private final SecureRandom random;
    private final Duration limit;

    /**
     * Signs with the keys of this ring.
     *
     * @param limit how long a session may take
     */
    public Signing(
            KeyRing keys,
            Presence presence,
            Sessions sessions,
            Pairs pairs,
            Freshness freshness,
            Requests requests,
            SecureRandom random,
            Duration limit) {
        this.keys = keys;
        this.presence = presence;
        this.sessions = sessions;
        this.pairs = pairs;
        this.freshness = freshness;
        this.requests = requests;
        this.random = random;
        this.limit = limit;
    }

    /** The signature, verified under the key that it is said to be of. */
    public SignResult sign(String keyId, SignRequest request) throws InterruptedException {
        var offers = keys.offers(keyId);
        var newest = offers.getFirst();
        requireQuorum(newest, request);
        freshness.require(keyId, request.players());
        return newest.sharing().scheme() == Scheme.ECDSA
                ? ecdsa(offers, request, requests.ecdsa(newest, request))
                : frost(offers, request, requests.frost(newest, request));
    }

    private SignResult frost(List<LoadedKey> offers, SignRequest request, SigningRequest signing)
            throws InterruptedException {
        var newest = offers.getFirst();
        var sharing = newest.sharing();
        try (var secrets = new Secrets()) {
            var me = presence.self().entry(newest.party());
            var proposal = proposal(offers, request, Operation.FROST_INTERACTIVE, signing.params(), me, new byte[0]);
            var signature = run(newest, request, proposal, agreement -> {
                var share = keys.open(chosen(offers, agreement.shareId()), secrets);
                return FrostSigning.start(agreement, share, signing, draw(share, me, secrets), secrets);
            });
            var effective = signing.publicKey(sharing.scheme(), sharing.publicKey());
            return new SignResult(
                    presence.self().player(),
                    newest.description().keyId(),
                    request.sessionId(),
                    Bytes.of(signature),
                    KeyNames.publicKey(KeyNames.schemeOf(newest.description().scheme()), effective),
                    request.players());
        }
    }

    private SignResult ecdsa(List<LoadedKey> offers, SignRequest request, EcdsaRequest signing)
            throws InterruptedException {
        var newest = offers.getFirst();
        var parties = new TreeSet<>(players(newest, request).keySet());
        pairs.ensure(newest, parties);
        requirePairs(newest, parties, request);
        var use = new PairBook.Use[1];
        try (var secrets = new Secrets()) {
            var me = presence.self().entry(newest.party());
            var listed = pairs.book().offers(offers, parties);
            var proposal = proposal(
                    offers, request, Operation.ECDSA_INTERACTIVE, signing.params(), me, listed.encode());
            var signature = run(newest, request, proposal, agreement -> {
                var key = chosen(offers, agreement.shareId());
                var setups = pairs.choose(key, agreement);
                var states = pairs.book().open(key, setups, secrets);
                use[0] = pairs.book().begin(key, setups.values(), 1);
                var share = keys.open(key, secrets);
                return EcdsaSigning.start(
                        agreement,
                        share,
                        signing,
                        isLowS(key),
                        states,
                        pairs.verdicts(key),
                        draw(share, me, secrets),
                        secrets);
            });
            return result(newest, request, signing, signature);
        } finally {
            Optional.ofNullable(use[0]).ifPresent(PairBook.Use::close);
        }
    }

    private void requirePairs(LoadedKey key, Set<Integer> parties, SignRequest request) {
        var usable = pairs.book().usablePeers(key);
        for (int party : parties) {
            if (party != key.party() && !usable.contains(party)) {
                boolean banned = !pairs.isApproved(key, party);
                int player = key.committee().playersByParty().getOrDefault(party, 0);
                throw new ProblemException(Problem.of(
                                banned ? ProblemCode.PAIR_BANNED : ProblemCode.PAIR_STATE_DIVERGED,
                                "pair " + presence.self().player() + "-" + player + " of key "
                                        + key.description().keyId()
                                        + (banned ? " is banned" : " has no set-up that this node can use"))
                        .inSession(request.sessionId()));
            }
        }
    }

    private SignResult result(LoadedKey key, SignRequest request, EcdsaRequest signing, EcdsaSignature signature) {
        var group = key.sharing().group();
        var effective = key.sharing().publicKey().plus(group.multiplyBase(signing.tweak()));
        // "Verify once more with the platform verifier": it was checked against R' before.
        PlatformEcdsa.require(signature, effective, signing.hash());
        return new SignResult(
                presence.self().player(),
                key.description().keyId(),
                request.sessionId(),
                Bytes.of(signature.compact()),
                Bytes.of(effective.encode()),
                request.players(),
                Bytes.of(signature.der()),
                signature.recoveryId());
    }

    /** Bitcoin and Ethereum take no other; for P-256 nobody asks for it. */
    private static boolean isLowS(LoadedKey key) {
        return key.sharing().group().equals(Groups.SECP256K1);
    }

    private Proposal proposal(
            List<LoadedKey> offers,
            SignRequest request,
            Operation operation,
            List<byte[]> params,
            Entry me,
            byte[] pairsListed)
            throws InterruptedException {
        var newest = offers.getFirst();
        var sharing = newest.sharing();
        return new Proposal(
                operation,
                sharing.group(),
                sharing.scheme().code(),
                sharing.keyId(),
                sharing.players(),
                sharing.degree(),
                newest.committee().digest(),
                presence.entries(newest.committee(), request.players()),
                me,
                request.sessionId().toArray(),
                params,
                offers.stream()
                        .map(offer -> new Offer(offer.sharing().epoch(), offer.sharing().shareId()))
                        .toList(),
                sharing.publicKey().encode(),
                new byte[0],
                pairsListed);
    }

    private <R> R run(LoadedKey key, SignRequest request, Proposal proposal, Protocol<R> protocol)
            throws InterruptedException {
        var players = players(key, request);
        try {
            return sessions.run(proposal, players, limit, protocol);
        } catch (CeremonyException e) {
            freshness.compareAfter(e, key.sharing().keyId());
            throw new ProblemException(CeremonyProblems.of(e, players, request.sessionId()));
        } catch (SessionUsed e) {
            throw new ProblemException(ProblemCode.SESSION_USED, String.valueOf(e.getMessage()));
        }
    }

    private static SortedMap<Integer, Integer> players(LoadedKey key, SignRequest request) {
        var players = key.committee().playersByParty();
        players.values().retainAll(request.players());
        return players;
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
        int threshold = key.sharing().threshold();
        if (players.size() < threshold) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    players.size() + " players were named, " + threshold + " are needed to sign");
        }
        if (key.sharing().scheme() == Scheme.ECDSA && players.size() != threshold) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    players.size() + " players were named, exactly " + threshold + " sign with an ecdsa key");
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
