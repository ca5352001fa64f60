package quorate.cli.recovery;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import quorate.algebra.Groups;
import quorate.api.Bytes;
import quorate.recovery.KeyRecord;
import quorate.recovery.KeyScheme;
import quorate.recovery.RecoveryFile;
import quorate.recovery.RecoveryRefused;

/**
 * A recovery file as commands print it; keyId to epoch are those of its first key.
 *
 * @param recipient the fingerprint of the RSA key that opens it
 */
record RecoveryReport(
        boolean ok,
        String keyId,
        String publicKey,
        String curve,
        long epoch,
        String label,
        Instant createdAt,
        Bytes recipient,
        List<Key> keys,
        String file) {
    /**
     * One of its keys.
     *
     * @param parts how many nodes gave their part; any {@code threshold} of them suffice
     */
    record Key(
            String keyId, String publicKey, String curve, String scheme, long epoch, int threshold, int parts) {
        private static Key of(KeyRecord key, int parts) {
            return new Key(
                    key.keyId(),
                    Bytes.of(key.shownPublicKey()).hex(),
                    RecoveryReport.curve(key),
                    key.scheme() == KeyScheme.ECDSA ? "ecdsa" : "schnorr",
                    key.epoch(),
                    key.threshold(),
                    parts);
        }
    }

    static RecoveryReport of(RecoveryFile file, Path path) throws RecoveryRefused {
        var keys = file.batches().stream()
                .flatMap(batch ->
                        batch.keys().stream().map(key -> Key.of(key, batch.proofs().size())))
                .toList();
        var first = keys.getFirst();
        return new RecoveryReport(
                true,
                first.keyId(),
                first.publicKey(),
                first.curve(),
                first.epoch(),
                file.label(),
                file.time(),
                Bytes.of(file.recipient().fingerprint().bytes()),
                keys,
                path.toString());
    }

    /** As {@code key show} names it, which counts BIP-340 as a curve. */
    static String curve(KeyRecord key) {
        if (key.scheme() == KeyScheme.BIP340) {
            return "bip340";
        }
        return key.group().equals(Groups.P256)
                ? "p256"
                : key.group().equals(Groups.ED25519) ? "ed25519" : key.group().name().toLowerCase(Locale.ROOT);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("file        " + file);
        lines.add("made        " + createdAt);
        lines.add("label       " + label);
        lines.add("RSA key     " + recipient);
        for (var key : keys) {
            lines.add("key         " + key.keyId() + ", epoch " + key.epoch());
            lines.add("curve       " + key.curve() + ", " + key.scheme());
            lines.add("public key  " + key.publicKey());
            lines.add("parts       " + key.parts() + ", any " + key.threshold() + " of them give the key");
        }
        return lines;
    }
}
