package quorate.node.presign;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import quorate.algebra.Draw;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.ecdsa.EcdsaPresigning;
import quorate.ecdsa.PresignatureShare;
import quorate.frost.FrostPresign;
import quorate.frost.FrostPresignature;
import quorate.key.KeyShare;
import quorate.node.key.KeyRing;
import quorate.node.key.LoadedKey;
import quorate.node.key.Presence;
import quorate.node.pair.PairBook;
import quorate.node.pair.Pairs;
import quorate.node.problem.CeremonyProblems;
import quorate.node.problem.PresignatureProblems;
import quorate.node.problem.ProblemException;
import quorate.node.session.SessionUsed;
import quorate.node.session.Sessions;
import quorate.pair.PairOffers;
import quorate.presign.Clocks;
import quorate.presign.Kind;
import quorate.presign.Origin;
import quorate.presign.Presignature;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Offer;
import quorate.rounds.Operation;
import quorate.rounds.Proposal;
import quorate.rounds.Workers;

/** One session that makes at most 64 presignatures (protocols.md 3.1 and 4.2; protocolIds 4 and 6). */
public final class PresignSession {
    /** "session deadline", protocols.md 0.1. */
    private static final Duration LONGER_PER_ITEM = Duration.ofMillis(100);

    private final KeyRing ring;
    private final Presence presence;
    private final Sessions sessions;
    private final Pairs pairs;
    private final Workers workers;
    private final SecureRandom random;
    private final Clocks clocks;
    private final Duration limit;

    /** @param limit how long a session may take, besides the time for its items */
    public PresignSession(
            KeyRing ring,
            Presence presence,
            Sessions sessions,
            Pairs pairs,
            Workers workers,
            SecureRandom random,
            Clocks clocks,
            Duration limit) {
        this.ring = ring;
        this.presence = presence;
        this.sessions = sessions;
        this.pairs = pairs;
        this.workers = workers;
        this.random = random;
        this.clocks = clocks;
        this.limit = limit;
    }

    /**
     * The batch, to be put into the pool at once; whoever does not discards it.
     *
     * @param computed the items of all sessions that share the processors of a participant while this one runs
     */
    List<? extends Presignature<?>> run(Quorum quorum, byte[] sessionId, int items, int computed)
            throws InterruptedException {
        var offers = ring.offers(quorum.keyId());
        var parties = quorum.players().keySet();
        boolean ecdsa = quorum.kind() == Kind.ECDSA;
        if (ecdsa) {
            pairs.ensure(quorum.key(), parties);
            requirePairs(quorum);
        }
        var entries = presence.entries(quorum.key().committee(), quorum.players().values());
        var me = presence.self().entry(quorum.key().party());
        var listed = ecdsa ? pairs.book().offers(offers, parties) : PairOffers.NONE;
        var proposal = proposal(quorum, offers, entries, me, sessionId, items, listed);
        try (var secrets = new Secrets()) {
            return ecdsa
                    ? ecdsa(proposal, quorum, offers, me, items, limit(computed), secrets)
                    : frost(proposal, quorum, offers, me, items, limit(computed), secrets);
        } catch (CeremonyException e) {
            throw new ProblemException(CeremonyProblems.of(e, quorum.players(), Bytes.of(sessionId)));
        } catch (SessionUsed e) {
            throw new ProblemException(ProblemCode.SESSION_USED, String.valueOf(e.getMessage()));
        }
    }

    private void requirePairs(Quorum quorum) {
        var key = quorum.key();
        var usable = pairs.book().usablePeers(key);
        quorum.players().forEach((party, player) -> {
            if (party != key.party() && !usable.contains(party)) {
                throw PresignatureProblems.withoutPair(
                        presence.self().player(), player, quorum.keyId(), !pairs.isApproved(key, party));
            }
        });
    }

    private static Proposal proposal(
            Quorum quorum,
            List<LoadedKey> offers,
            List<Entry> entries,
            Entry me,
            byte[] sessionId,
            int items,
            PairOffers listed) {
        var sharing = quorum.key().sharing();
        return new Proposal(
                quorum.kind() == Kind.ECDSA ? Operation.ECDSA_PRESIGN : Operation.FROST_PRESIGN,
                sharing.group(),
                sharing.scheme().code(),
                sharing.keyId(),
                sharing.players(),
                sharing.degree(),
                quorum.key().committee().digest(),
                entries,
                me,
                sessionId,
                FrostPresign.params(items),
                offers.stream()
                        .map(offer -> new Offer(offer.sharing().epoch(), offer.sharing().shareId()))
                        .toList(),
                sharing.publicKey().encode(),
                new byte[0],
                listed.encode());
    }

    private List<? extends Presignature<?>> frost(
            Proposal proposal,
            Quorum quorum,
            List<LoadedKey> offers,
            Entry me,
            int items,
            Duration patience,
            Secrets secrets)
            throws CeremonyException, SessionUsed, InterruptedException {
        var time = clocks.wall().instant();
        try (var yielded = new Yielded<List<FrostPresignature>>(Presignature::discard)) {
            var batch = sessions.run(proposal, quorum.players(), patience, yielded.of(agreement -> {
                var share = ring.open(chosen(offers, agreement), secrets);
                return FrostPresign.start(agreement, share, items, time, draw(share, me, secrets), secrets);
            }));
            yielded.handOver();
            return batch;
        }
    }

    private List<? extends Presignature<?>> ecdsa(
            Proposal proposal,
            Quorum quorum,
            List<LoadedKey> offers,
            Entry me,
            int items,
            Duration patience,
            Secrets secrets)
            throws CeremonyException, SessionUsed, InterruptedException {
        var time = clocks.wall().instant();
        var origin = new AtomicReference<Origin>();
        // A session that comes as far as its items has used the pair states, and says so before its round 1.
        var use = new AtomicReference<PairBook.Use>(() -> {});
        try (var yielded = new Yielded<List<PresignatureShare>>(made -> made.forEach(PresignatureShare::close))) {
            List<PresignatureShare> shares;
            try {
                shares = sessions.run(proposal, quorum.players(), patience, yielded.of(agreement -> {
                    var key = chosen(offers, agreement);
                    var share = ring.open(key, secrets);
                    var setups = pairs.choose(key, agreement);
                    var states = pairs.book().open(key, setups, secrets);
                    use.set(pairs.book().begin(key, setups.values(), items));
                    origin.set(Origin.of(Kind.ECDSA, agreement, time));
                    return EcdsaPresigning.start(
                            agreement,
                            share,
                            states,
                            pairs.verdicts(key),
                            draw(share, me, secrets),
                            secrets,
                            workers,
                            items);
                }));
            } finally {
                use.get().close();
            }
            var batch = shares.stream()
                    .map(share -> new EcdsaPresignature(share, origin.get()))
                    .toList();
            yielded.handOver();
            return batch;
        }
    }

    private Duration limit(int computed) {
        return limit.plus(LONGER_PER_ITEM.multipliedBy(computed));
    }

    private static LoadedKey chosen(List<LoadedKey> offers, Agreement agreement) {
        return offers.stream()
                .filter(offer -> Arrays.equals(offer.sharing().shareId(), agreement.shareId()))
                .findFirst()
                .orElseThrow();
    }

    private Draw draw(KeyShare share, Entry me, Secrets secrets) {
        var secret = secrets.keep(share.secret().exposeFor(Purpose.HEDGING));
        return new HedgedDraw(random, secret, me, secrets);
    }
}
