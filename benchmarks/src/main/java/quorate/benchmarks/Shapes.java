package quorate.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.ecdsa.EcdsaPresigning;
import quorate.ecdsa.EcdsaRequest;
import quorate.ecdsa.EcdsaSigning;
import quorate.ecdsa.FinalStep;
import quorate.ecdsa.PartialSignature;
import quorate.ecdsa.PresignatureShare;
import quorate.frost.FrostSigning;
import quorate.frost.SigningRequest;
import quorate.key.Scheme;
import quorate.keygen.Keygen;
import quorate.recovery.Prover;
import quorate.recovery.RecoveryRefused;
import quorate.recovery.Verifier;
import quorate.rounds.CeremonyException;
import quorate.rounds.Operation;
import quorate.rounds.Workers;
import quorate.testkit.vectors.KatDraw;

/**
 * What other implementations publish figures of, in their shapes: all n of n parties in one process, a thread for each,
 * messages in memory.
 */
final class Shapes {
    private static final int BATCH = 64;
    private static final int RSA_BITS = 2048;
    private static final byte[] MESSAGE = new byte[32];

    private final Stopwatch wall;
    private final Stopwatch cpu;

    /** The share of every party of one presignature, party 1 first. */
    private record Ready(List<PresignatureShare> shares) {}

    Shapes(double seconds) {
        wall = new Stopwatch(System::nanoTime, seconds);
        cpu = new Stopwatch(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(), seconds);
    }

    /** All four rounds of ECDSA on secp256k1, to the verified signature at every party. */
    Stopwatch.Result signature(int parties) {
        try (var committee = new Committee(Groups.SECP256K1, Scheme.ECDSA, parties);
                var ceremony = new Ceremony(parties)) {
            return wall.measure(() -> sign(committee, ceremony));
        }
    }

    /** A proof about shares of so many keys under RSA-2048, on one thread. */
    Stopwatch.Result proof(int keys) {
        try (var scope = new Secrets()) {
            var dealt = RecoveryBenchmark.Dealt.of(RSA_BITS, keys, scope);
            return wall.measure(() -> {
                Prover.prove(dealt.label(), dealt.recipient(), dealt.shares(), new KatDraw("benchmark"));
            });
        }
    }

    /** The verification of such a proof, on one thread. */
    Stopwatch.Result verification(int keys) {
        try (var scope = new Secrets()) {
            var dealt = RecoveryBenchmark.Dealt.of(RSA_BITS, keys, scope);
            return wall.measure(() -> {
                try {
                    Verifier.verify(dealt.proof());
                } catch (RecoveryRefused e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    /** Bytes that one of two parties sends the other for a signature. */
    double bytesOfASignature() {
        try (var committee = new Committee(Groups.SECP256K1, Scheme.ECDSA, 2);
                var ceremony = new Ceremony(2)) {
            sign(committee, ceremony);
            return ceremony.bytesSent();
        }
    }

    private static void sign(Committee committee, Ceremony ceremony) {
        var agreements = committee.agreements(Operation.ECDSA_INTERACTIVE);
        ceremony.run((party, secrets) -> EcdsaSigning.start(
                agreements.get(party - 1),
                committee.share(party),
                EcdsaRequest.of(committee.group(), MESSAGE),
                true,
                committee.pairs(party),
                new DealtPair.NoBans(),
                committee.draw(),
                secrets));
    }

    /** Processor time of both parties for one presignature of a batch, on one thread. */
    Stopwatch.Result presignature() {
        try (var parties = new TwoParties(Groups.SECP256K1)) {
            return cpu.measure(() -> {
                        try {
                            parties.presign(BATCH).forEach(shares -> shares.forEach(PresignatureShare::close));
                        } catch (CeremonyException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .dividedBy(BATCH);
        }
    }

    /** From a presignature: the claims and partial signatures of all parties, their sum and its verification. */
    Stopwatch.Result signatureOfPresignature(int parties) {
        try (var committee = new Committee(Groups.SECP256K1, Scheme.ECDSA, parties);
                var ceremony = new Ceremony(parties)) {
            var pool = new ArrayDeque<Ready>();
            var result = wall.measure(
                    () -> {
                        if (pool.isEmpty()) {
                            pool.addAll(presign(committee, ceremony));
                        }
                        return pool.remove();
                    },
                    ready -> finish(committee, ready));
            pool.forEach(ready -> ready.shares().forEach(PresignatureShare::close));
            return result;
        }
    }

    private static List<Ready> presign(Committee committee, Ceremony ceremony) {
        var agreements = committee.agreements(Operation.ECDSA_PRESIGN);
        var byParty = ceremony.run((party, secrets) -> EcdsaPresigning.start(
                agreements.get(party - 1),
                committee.share(party),
                committee.pairs(party),
                new DealtPair.NoBans(),
                committee.draw(),
                secrets,
                Workers.none(),
                BATCH));
        var ready = new ArrayList<Ready>();
        for (int item = 0; item < BATCH; item++) {
            int at = item;
            ready.add(new Ready(byParty.stream().map(shares -> shares.get(at)).toList()));
        }
        return ready;
    }

    private static void finish(Committee committee, Ready ready) {
        try {
            var presignature = ready.shares().getFirst().presignature();
            var step = FinalStep.of(
                    presignature,
                    committee.sharing(),
                    presignature.signers(),
                    EcdsaRequest.of(committee.group(), MESSAGE));
            var partials = new TreeMap<Integer, PartialSignature>();
            for (var share : ready.shares()) {
                partials.put(partials.size() + 1, step.partial(share));
            }
            step.combine(partials, true);
        } catch (CeremonyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Key generation for ECDSA on secp256k1 with all base OTs: afterwards the parties can sign. */
    Stopwatch.Result keys(int parties) {
        try (var committee = new Committee(Groups.SECP256K1, Scheme.ECDSA, parties);
                var ceremony = new Ceremony(parties)) {
            return wall.measure(() -> {
                var agreements = committee.agreements(Operation.KEYGEN);
                ceremony.run((party, secrets) ->
                        Keygen.start(agreements.get(party - 1), committee.draw(), secrets));
            });
        }
    }

    /** Both rounds of FROST, to the verified signature at every party. */
    Stopwatch.Result schnorr(Group group, int parties) {
        try (var committee = new Committee(group, Scheme.SCHNORR, parties);
                var ceremony = new Ceremony(parties)) {
            return wall.measure(() -> {
                var agreements = committee.agreements(Operation.FROST_INTERACTIVE);
                ceremony.run((party, secrets) -> FrostSigning.start(
                        agreements.get(party - 1),
                        committee.share(party),
                        SigningRequest.of(group, MESSAGE),
                        committee.draw(),
                        secrets));
            });
        }
    }
}
