package quorate.recovery;

import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import quorate.algebra.Lagrange;
import quorate.algebra.Secrets;
import quorate.algebra.SecretScalar;
import quorate.rsa.RsaDecryptor;
import quorate.rsa.RsaRecipient;

/**
 * The proofs of several nodes for the same keys, which have one curve and one set of players: what a key is recovered
 * from.
 * An instance keeps PVE-4 but for the truth of its proofs, which {@link #verify} checks.
 */
public final class Batch {
    private final NavigableMap<Integer, Proof> proofs;

    private Batch(NavigableMap<Integer, Proof> proofs) {
        this.proofs = proofs;
    }

    /**
     * Combines proofs: "all labels equal except the indices i, X_1..X_n of every key on one degree-t polynomial with
     * value pk at
     * 0, Q_b of pve_i = X_i, same SPKI (PVE-4)"; "combine refuses fewer than t+1".
     *
     * @throws RecoveryRefused PVE-4, naming the proof or key
     */
    public static Batch combine(List<Proof> proofs) throws RecoveryRefused {
        if (proofs.isEmpty()) {
            throw RecoveryRefused.by(ProofCheck.PVE_4, "batch", "it has no proof");
        }
        var first = proofs.getFirst();
        var byIndex = new TreeMap<Integer, Proof>();
        for (var proof : proofs) {
            int index = proof.label().index();
            if (!proof.label().isSameButForIndex(first.label())) {
                throw refused(index, "its label is not that of part " + first.label().index());
            }
            if (!proof.recipient().fingerprint().equals(first.recipient().fingerprint())) {
                throw refused(index, "it is for another RSA key than part " + first.label().index());
            }
            if (byIndex.put(index, proof) != null) {
                throw refused(index, "it is there twice");
            }
        }
        for (var key : first.label().keys()) {
            if (!key.isOnOnePolynomial()) {
                throw RecoveryRefused.by(
                        ProofCheck.PVE_4,
                        "key " + key.keyId(),
                        "its public shares are not on one polynomial of degree " + key.degree()
                                + " through its public key");
            }
            if (byIndex.size() < key.threshold()) {
                throw RecoveryRefused.by(
                        ProofCheck.PVE_4,
                        "key " + key.keyId(),
                        byIndex.size() + " parts, and it takes " + key.threshold() + " to recover it");
            }
        }
        return new Batch(byIndex);
    }

    private static RecoveryRefused refused(int index, String detail) {
        return RecoveryRefused.by(ProofCheck.PVE_4, part(index), detail);
    }

    private static String part(int index) {
        return "part " + index;
    }

    /** "every pve_i verifies" (PVE-4), by PVE-2 and PVE-3 of each. */
    public void verify() throws RecoveryRefused {
        for (var proof : proofs.entrySet()) {
            try {
                Verifier.verify(proof.getValue());
            } catch (RecoveryRefused e) {
                throw e.of(part(proof.getKey()));
            }
        }
    }

    /** The records, as all nodes said them. */
    public List<KeyRecord> keys() {
        return label().keys();
    }

    /** That of the part with the lowest index. */
    public Label label() {
        return proofs.firstEntry().getValue().label();
    }

    public RsaRecipient recipient() {
        return proofs.firstEntry().getValue().recipient();
    }

    /** By index. */
    public SortedMap<Integer, Proof> proofs() {
        return new TreeMap<>(proofs);
    }

    /**
     * The private key: "with shares of any t+1 nodes: sk = sum lag(S,i)*x_i, check sk*G == pk". Parts that do not
     * open are
     * passed over as long as enough do.
     *
     * @param number of the key, from 0
     * @return a key that lives as long as {@code scope}
     * @throws RecoveryRefused PVE-5, or because the RSA key is another one
     */
    public SecretScalar open(int number, RsaDecryptor decryptor, Secrets scope) throws RecoveryRefused {
        var key = keys().get(number);
        var shares = new TreeMap<Integer, SecretScalar>();
        var failures = new TreeMap<Integer, RecoveryRefused>();
        for (var proof : proofs.entrySet()) {
            if (shares.size() < key.threshold()) {
                try {
                    shares.put(
                            proof.getKey(),
                            Opener.open(proof.getValue(), decryptor, scope).get(number));
                } catch (RecoveryRefused e) {
                    if (e.check().isEmpty()) {
                        throw e;
                    }
                    failures.put(proof.getKey(), e.of(part(proof.getKey())));
                }
            }
        }
        if (shares.size() < key.threshold()) {
            throw RecoveryRefused.by(
                    ProofCheck.PVE_5,
                    "key " + key.keyId(),
                    shares.size() + " parts open, and it takes " + key.threshold() + ": "
                            + failures.values().stream()
                                    .map(RecoveryRefused::getMessage)
                                    .collect(Collectors.joining("; ")));
        }
        return combined(key, shares, scope);
    }

    private static SecretScalar combined(KeyRecord key, SortedMap<Integer, SecretScalar> shares, Secrets scope)
            throws RecoveryRefused {
        var parties = new TreeSet<>(shares.keySet());
        var sum = SecretScalar.of(scope, key.group().scalar(0));
        for (var share : shares.entrySet()) {
            var weight = Lagrange.atZero(key.group(), parties, share.getKey());
            sum = sum.plus(share.getValue().times(weight));
        }
        if (!key.group().multiplyBase(sum).equals(key.publicKey())) {
            throw RecoveryRefused.by(
                    ProofCheck.PVE_5, "key " + key.keyId(), "the shares do not add up to the key of its public key");
        }
        return sum;
    }

    @Override
    public String toString() {
        return "Batch[" + keys() + "]";
    }
}
