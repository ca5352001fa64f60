package quorate.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.ecdsa.EcdsaRequest;
import quorate.ecdsa.EcdsaSignature;
import quorate.ecdsa.FinalStep;
import quorate.ecdsa.PartialSignature;
import quorate.ecdsa.PresignatureShare;
import quorate.rounds.CeremonyException;

/**
 * From one presignature to one signature: what each signer does after its claim, and what the client does with their parts.
 * The same presignature again and again, as no node would use it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PartialBenchmark {
    private static final byte[] HASH = new byte[32];

    @Param({"1", "2"})
    int curveId;

    private final Secrets secrets = new Secrets();
    private final List<PresignatureShare.Claimed> claimed = new ArrayList<>();
    private final SortedMap<Integer, PartialSignature> partials = new TreeMap<>();
    private Prepared prepared = Prepared.with(new TwoParties(Groups.SECP256K1));

    private record Prepared(TwoParties parties, List<PresignatureShare> shares) {
        static Prepared with(TwoParties parties) {
            try {
                return new Prepared(parties, parties.presign(1).stream().map(List::getFirst).toList());
            } catch (CeremonyException e) {
                throw new IllegalStateException(e);
            }
        }

        FinalStep step() throws CeremonyException {
            var presignature = shares.getFirst().presignature();
            var request = EcdsaRequest.of(parties.sharing().group(), HASH);
            return FinalStep.of(presignature, parties.sharing(), presignature.signers(), request);
        }
    }

    @Setup(Level.Trial)
    public void presign() throws CeremonyException {
        prepared = Prepared.with(new TwoParties(Groups.of(curveId)));
        claimed.clear();
        partials.clear();
        for (var share : prepared.shares()) {
            claimed.add(share.claim(secrets));
            partials.put(claimed.size(), prepared.step().partial(claimed.getLast()));
        }
    }

    @TearDown(Level.Trial)
    public void wipe() {
        secrets.close();
        prepared.parties().close();
    }

    /** One signer's. */
    @Benchmark
    public PartialSignature partial() throws CeremonyException {
        return prepared.step().partial(claimed.getFirst());
    }

    /** The client's, without its second verifier. */
    @Benchmark
    public EcdsaSignature combine() throws CeremonyException {
        return prepared.step().combine(partials, true);
    }
}
