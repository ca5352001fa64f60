package quorate.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import quorate.algebra.Groups;
import quorate.commit.CertifiedEpochs;
import quorate.commit.Degrees;
import quorate.commit.Octets;
import quorate.commit.Participant;
import quorate.key.KeyRecord;
import quorate.key.Scheme;
import quorate.keygen.Keygen;
import quorate.repair.Repair;
import quorate.repair.RepairOutcome;
import quorate.reshare.Plan;
import quorate.reshare.Redistribution;
import quorate.reshare.Refresh;
import quorate.rounds.Agreement;
import quorate.rounds.CertifiedEpoch;
import quorate.rounds.Entry;
import quorate.rounds.Offer;
import quorate.rounds.Operation;
import quorate.rounds.Proposal;
import quorate.rounds.Protocol;
import quorate.rounds.Session;
import quorate.testkit.vectors.KatDraw;

/** The real sessions of an errand at one node: none if it cannot take part, two if it has two roles. */
final class Ceremonies {
    private static final byte[] NOTHING = {};
    private static final int MAX_PAYLOAD = 1 << 20;

    private final Node node;
    private final Errand errand;

    private Ceremonies(Node node, Errand errand) {
        this.node = node;
        this.errand = errand;
    }

    static List<Node.Live<?>> of(Node node, Errand errand) {
        var ceremonies = new Ceremonies(node, errand);
        return switch (errand) {
            case Errand.Generate generate -> List.of(ceremonies.generate(generate));
            case Errand.Reshare reshare -> ceremonies.reshare(reshare);
            case Errand.Mend mend -> ceremonies.mend(mend);
            case Errand.Copy copy -> ceremonies.copy(copy);
        };
    }

    private Node.Live<?> generate(Errand.Generate generate) {
        var committee = generate.nodes();
        var entries = entries(0, committee);
        var degrees = Degrees.of(generate.threshold() - 1);
        var proposal = new Proposal(
                Operation.KEYGEN,
                Groups.ED25519,
                Scheme.SCHNORR.code(),
                key(errand.keyId()).bytes(),
                committee.size(),
                generate.threshold() - 1,
                Cast.roster(committee),
                entries,
                mine(0, committee),
                errand.session().bytes(),
                List.of(NOTHING),
                List.of(),
                NOTHING,
                NOTHING,
                NOTHING);
        return live(
                proposal,
                agreement -> Keygen.start(agreement, draw(0), node.world().secrets()),
                made -> node.prepare(made, degrees, committee),
                () -> node.refuse(
                        new quorate.commit.Operation(
                                Operation.KEYGEN.protocolId(),
                                errand.session(),
                                key(errand.keyId()),
                                Octets.EMPTY,
                                0,
                                Octets.EMPTY,
                                entries.stream().map(Participant::of).toList(),
                                Octets.EMPTY),
                        degrees));
    }

    private List<Node.Live<?>> reshare(Errand.Reshare reshare) {
        var offers = node.disk().offers(errand.keyId());
        if (offers.isEmpty() || !offers.getFirst().nodes().equals(reshare.nodes())) {
            return List.of();
        }
        var held = offers.getFirst();
        var sharing = held.share().sharing();
        var degrees = Degrees.of(sharing.degree());
        var agreed = new AtomicReference<Optional<Agreement>>(Optional.empty());
        var proposal = proposal(
                Operation.REFRESH,
                held,
                entries(0, held.nodes()),
                mine(0, held.nodes()),
                Refresh.params(),
                List.of(held.offer()));
        return List.of(live(
                proposal,
                agreement -> {
                    agreed.set(Optional.of(agreement));
                    return Refresh.start(agreement, held.share(), draw(0), node.world().secrets());
                },
                made -> node.prepare(made, degrees, held.nodes()),
                () -> agreed.get().ifPresent(agreement -> node.refuse(Refresh.operation(agreement), degrees))));
    }

    private List<Node.Live<?>> mend(Errand.Mend mend) {
        int target = mend.committee().indexOf(mend.target()) + 1;
        var entries = entries(0, mend.committee()).stream()
                .filter(entry -> mend.nodes().contains(mend.committee().get(entry.index() - 1)))
                .toList();
        var mine = mine(0, mend.committee());
        var offered = node.disk().offers(errand.keyId()).stream()
                .filter(held -> held.nodes().equals(mend.committee()))
                .toList();
        boolean helps = node.number() != mend.target();
        if (helps && offered.isEmpty()) {
            return List.of();
        }
        var proposal = new Proposal(
                Operation.REPAIR,
                Groups.ED25519,
                Scheme.SCHNORR.code(),
                key(errand.keyId()).bytes(),
                mend.committee().size(),
                mend.threshold() - 1,
                Cast.roster(mend.committee()),
                entries,
                mine,
                errand.session().bytes(),
                Repair.params(target),
                helps ? offered.stream().map(Disk.Held::offer).toList() : List.of(),
                mend.publicKey(),
                NOTHING,
                NOTHING);
        Protocol<RepairOutcome> protocol = helps
                ? agreement -> {
                    var held = offered.stream()
                            .filter(one -> one.shareId().equals(Octets.of(agreement.shareId())))
                            .findFirst()
                            .orElseThrow();
                    var record = KeyRecord.of(held.share().sharing(), Cast.ids(held.nodes()), NOTHING);
                    return Repair.help(agreement, target, held.share(), record, draw(0), node.world().secrets());
                }
                : agreement -> Repair.receive(agreement, target, mend.publicKey(), node.world().secrets());
        return List.of(live(
                proposal,
                protocol,
                outcome -> {
                    if (outcome instanceof RepairOutcome.Repaired repaired) {
                        store(mend, new Disk.Held(repaired.share(), mend.committee()));
                    }
                },
                () -> {}));
    }

    /** Helpers that hide the newest sharing must not take this node back. */
    private void store(Errand.Mend mend, Disk.Held repaired) {
        boolean older = node.disk().offers(mend.keyId()).stream().anyMatch(held -> held.epoch() > repaired.epoch());
        if (!older) {
            node.repaired(mend.keyId(), repaired);
        }
    }

    private List<Node.Live<?>> copy(Errand.Copy copy) {
        var dealers = new TreeSet<Integer>();
        copy.dealers().forEach(dealer -> dealers.add(copy.committee().indexOf(dealer) + 1));
        var plan = new Plan(
                true,
                key(errand.keyId()).bytes(),
                copy.receivers().size(),
                copy.threshold() - 1,
                Cast.roster(copy.receivers()),
                dealers,
                copy.publicKey());
        var entries = new ArrayList<Entry>(entries(0, copy.committee()).stream()
                .filter(entry -> dealers.contains(entry.index()))
                .toList());
        entries.addAll(entries(1, copy.receivers()));
        var sessions = new ArrayList<Node.Live<?>>();
        if (copy.dealers().contains(node.number())) {
            var held = node.disk().offers(copy.oldKeyId()).stream()
                    .filter(one -> one.nodes().equals(copy.committee()))
                    .findFirst();
            held.ifPresent(share -> sessions.add(live(
                    proposal(
                            Operation.COPY,
                            share,
                            entries,
                            mine(0, copy.committee()),
                            plan.params(),
                            List.of(share.offer())),
                    agreement -> Redistribution.deal(
                            agreement,
                            plan,
                            share.share(),
                            KeyRecord.of(share.share().sharing(), Cast.ids(copy.committee()), NOTHING),
                            draw(0),
                            node.world().secrets()),
                    made -> {},
                    () -> {})));
        }
        if (copy.receivers().contains(node.number())) {
            sessions.add(receive(copy, plan, entries));
        }
        return sessions;
    }

    private Node.Live<?> receive(Errand.Copy copy, Plan plan, List<Entry> entries) {
        var degrees = plan.degrees(copy.oldThreshold() - 1);
        var agreed = new AtomicReference<Optional<Agreement>>(Optional.empty());
        var proposal = new Proposal(
                Operation.COPY,
                Groups.ED25519,
                Scheme.SCHNORR.code(),
                key(copy.oldKeyId()).bytes(),
                copy.committee().size(),
                copy.oldThreshold() - 1,
                Cast.roster(copy.committee()),
                entries,
                mine(1, copy.receivers()),
                errand.session().bytes(),
                plan.params(),
                List.of(),
                copy.publicKey(),
                NOTHING,
                NOTHING);
        return live(
                proposal,
                agreement -> {
                    agreed.set(Optional.of(agreement));
                    return Redistribution.receive(agreement, plan, draw(1), node.world().secrets());
                },
                received -> node.prepare(received.share(), degrees, copy.receivers()),
                () -> agreed.get().ifPresent(agreement -> node.refuse(plan.refusal(agreement), degrees)));
    }

    private Proposal proposal(
            Operation operation,
            Disk.Held held,
            List<Entry> entries,
            Entry mine,
            List<byte[]> params,
            List<Offer> offers) {
        var sharing = held.share().sharing();
        var keyId = Octets.of(sharing.keyId());
        CertifiedEpoch certified = new CertifiedEpochs(
                keyId, Cast.id(node.number()), held.ids(), sharing.degree(), Cast.keys(), Cast.VERIFIER);
        return new Proposal(
                operation,
                sharing.group(),
                sharing.scheme().code(),
                sharing.keyId(),
                sharing.players(),
                sharing.degree(),
                Cast.roster(held.nodes()),
                entries,
                mine,
                errand.session().bytes(),
                params,
                offers,
                sharing.publicKey().encode(),
                node.disk().top(keyId),
                NOTHING,
                certified);
    }

    private <R> Node.Live<R> live(
            Proposal proposal, Protocol<R> protocol, Node.Finish<R> finish, Runnable failed) {
        var places = new TreeMap<Integer, Integer>();
        proposal.participants().forEach(
                entry -> places.put(entry.address(), Cast.node(Octets.of(entry.id()))));
        var session = new Session<>(proposal, Cast.signer(node.number()), Cast.VERIFIER, MAX_PAYLOAD, protocol);
        return new Node.Live<>(errand, session, places, proposal.me().address(), finish, failed);
    }

    private List<Entry> entries(int role, List<Integer> committee) {
        var entries = new ArrayList<Entry>();
        for (int member : committee) {
            entries.add(Cast.entry(role, entries.size() + 1, node.world().node(member)));
        }
        return entries;
    }

    private Entry mine(int role, List<Integer> committee) {
        return Cast.entry(role, committee.indexOf(node.number()) + 1, node);
    }

    private KatDraw draw(int role) {
        return new KatDraw(errand.session() + "/" + role + "/" + node.number() + "/" + node.incarnation());
    }

    private static Octets key(String keyId) {
        return World.octets(keyId);
    }
}
