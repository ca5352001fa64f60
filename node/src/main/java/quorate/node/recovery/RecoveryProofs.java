package quorate.node.recovery;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.Encoding;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.algebra.SecretScalar;
import quorate.api.Bytes;
import quorate.api.CreateRecoveryProof;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.ValidatedProof;
import quorate.key.Sharing;
import quorate.node.identity.Bytes32;
import quorate.node.key.KeyRing;
import quorate.node.key.LoadedKey;
import quorate.node.key.Self;
import quorate.node.key.SettledKeys;
import quorate.node.problem.ProblemException;
import quorate.recovery.KeyRecord;
import quorate.recovery.KeyScheme;
import quorate.recovery.Label;
import quorate.recovery.Proof;
import quorate.recovery.ProofCheck;
import quorate.recovery.Prover;
import quorate.recovery.RecoveryRefused;
import quorate.recovery.Verifier;
import quorate.rounds.HedgedDraw;
import quorate.rsa.Fingerprint;
import quorate.rsa.RsaRecipient;

/**
 * Encrypts this node's shares for the holder of an RSA key that its operator listed, and for nobody else (PVE-0), and
 * checks
 * what the other nodes made of theirs (protocols.md 8). One request is computed at a time: recovery is rare, signing
 * is not.
 */
public final class RecoveryProofs {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryProofs.class);

    /** How far the clock of whoever asks may be from ours. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

    private final KeyRing ring;
    private final SettledKeys keys;
    private final Self self;
    private final Set<Bytes32> recipients;
    private final SecureRandom random;
    private final Clock clock;
    private final Semaphore turn = new Semaphore(1, true);

    /** @param recipients fingerprints of the recovery keys of the configuration */
    public RecoveryProofs(
            KeyRing ring, SettledKeys keys, Self self, Set<Bytes32> recipients, SecureRandom random, Clock clock) {
        this.ring = ring;
        this.keys = keys;
        this.self = self;
        this.recipients = Set.copyOf(recipients);
        this.random = random;
        this.clock = clock;
    }

    /**
     * This node's proof.
     *
     * @throws ProblemException RECIPIENT_REFUSED (PVE-0) before anything is computed, or what is wrong with a key
     */
    public Proof prove(CreateRecoveryProof request) throws InterruptedException {
        var recipient = listed(request.recipient().toArray());
        if (Duration.between(request.time(), clock.instant()).abs().compareTo(CLOCK_TOLERANCE) > 0) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "time is more than " + CLOCK_TOLERANCE.toMinutes() + " minutes from the clock of this node, "
                            + clock.instant());
        }
        var loaded = request.keyIds().stream().map(keys::get).toList();
        var first = loaded.getFirst();
        for (var key : loaded) {
            if (!key.sharing().group().equals(first.sharing().group())
                    || !key.committee().players().equals(first.committee().players())) {
                throw new ProblemException(
                        ProblemCode.BAD_REQUEST, "keys of one proof have one curve and the same players");
            }
        }
        var label = label(request, loaded);
        turn.acquire();
        try (var scope = new Secrets()) {
            var proof = prove(label, recipient, loaded, scope);
            LOG.info("proof for recovery of {} keys for RSA key {}", loaded.size(), recipient.fingerprint());
            return proof;
        } finally {
            turn.release();
        }
    }

    private Proof prove(Label label, RsaRecipient recipient, List<LoadedKey> loaded, Secrets scope) {
        var shares = new ArrayList<SecretScalar>();
        var hedge = new ArrayList<byte[]>();
        for (var key : loaded) {
            var share = ring.open(key, scope).secret();
            shares.add(share);
            hedge.add(scope.keep(share.exposeFor(Purpose.HEDGING)));
        }
        var secret = scope.keep(Encoding.concat(hedge.toArray(byte[][]::new)));
        var draw = new HedgedDraw(random, secret, self.entry(loaded.getFirst().party()), scope);
        return Prover.prove(label, recipient, shares, draw);
    }

    private static Label label(CreateRecoveryProof request, List<LoadedKey> loaded) {
        try {
            return new Label(
                    Label.purpose(request.time()),
                    request.label(),
                    loaded.stream().map(RecoveryProofs::record).toList(),
                    loaded.getFirst().party());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /**
     * "Each node validates the combined object before it reports success" (protocols.md 8.4), part by part: a part
     * that names the
     * keys exactly as this node's own records do has the same label as every other such part, on one polynomial each.
     *
     * @throws ProblemException RECOVERY_INVALID with the check that failed, RECIPIENT_REFUSED
     */
    public ValidatedProof validate(byte[] bytes) throws InterruptedException {
        try {
            var proof = Proof.decode(bytes);
            var recipient = listed(proof.recipient().spki());
            for (var key : proof.label().keys()) {
                // "Check label fields (all, for every key of the batch) against the expected key records" (PVE-1).
                if (!record(keys.get(key.keyId())).isSame(key)) {
                    throw invalid(ProofCheck.PVE_1, "key " + key.keyId() + " of the part is not as this node knows it");
                }
            }
            proof.label().time();
            turn.acquire();
            try {
                Verifier.verify(proof);
            } finally {
                turn.release();
            }
            return new ValidatedProof(
                    self.player(),
                    proof.label().index(),
                    proof.label().keys().stream().map(KeyRecord::keyId).toList(),
                    Bytes.of(recipient.fingerprint().bytes()),
                    Bytes.of(Fingerprint.of(bytes).bytes()));
        } catch (RecoveryRefused e) {
            throw e.check()
                    .map(check -> invalid(check, e.part() + ": " + e.detail()))
                    .orElseGet(() -> new ProblemException(
                            ProblemCode.RECOVERY_INVALID, String.valueOf(e.getMessage())));
        }
    }

    private static ProblemException invalid(ProofCheck check, String detail) {
        return new ProblemException(
                Problem.of(ProblemCode.RECOVERY_INVALID, check.id() + ": " + detail).failing(check.id()));
    }

    /** PVE-0: "only for an RSA key whose SHA256(SPKI) is in recoveryKeys of its own configuration file". */
    private RsaRecipient listed(byte[] spki) {
        try {
            var recipient = RsaRecipient.of(spki);
            if (!recipients.contains(Bytes32.of(recipient.fingerprint().bytes()))) {
                throw refused("the RSA key " + recipient.fingerprint() + " is not among the recovery keys of node "
                        + self.player());
            }
            return recipient;
        } catch (IllegalArgumentException e) {
            throw refused("the RSA key is refused: " + e.getMessage());
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(ProblemCode.RECIPIENT_REFUSED, detail)
                .advising("List the key on the machine of the node, `quorate node allow --config FILE --recovery-key"
                        + " KEY.pem`, and start the node again.")
                .failing(ProofCheck.PVE_0.id()));
    }

    private static KeyRecord record(LoadedKey key) {
        Sharing sharing = key.sharing();
        return new KeyRecord(
                KeyScheme.of(sharing.scheme().code(), sharing.group()),
                new String(sharing.keyId(), StandardCharsets.UTF_8),
                sharing.epoch(),
                sharing.degree(),
                sharing.publicKey(),
                sharing.chainCode(),
                IntStream.rangeClosed(1, sharing.players()).mapToObj(sharing::publicShare).toList());
    }
}
