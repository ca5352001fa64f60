package quorate.node.share;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.node.identity.Bytes32;
import quorate.node.key.KeyRing;
import quorate.node.key.Self;
import quorate.node.key.SettledKeys;
import quorate.node.problem.ProblemException;
import quorate.rsa.RsaRecipient;
import quorate.rsa.RsaWrap;

/**
 * Writes this node's share of a key into a file (product.md 2.3). Who may ask for which protection is not its
 * business, but for one rule: a sealed file goes to RSA keys that the operator listed, and to no other.
 */
public final class ShareBackups {
    private static final Logger LOG = LoggerFactory.getLogger(ShareBackups.class);

    private final SettledKeys keys;
    private final KeyRing ring;
    private final Self self;
    private final Set<Bytes32> recipients;
    private final String software;
    private final SecureRandom random;
    private final Clock clock;

    /** What was written: the file, which its receiver wipes if it is not sealed, and what it says of itself. */
    public record Written(ShareHeader header, byte[] file) {}

    /**
     * Backs up shares.
     *
     * @param keys what may be backed up
     * @param recipients fingerprints of the RSA keys of the configuration
     */
    public ShareBackups(
            SettledKeys keys,
            KeyRing ring,
            Self self,
            Set<Bytes32> recipients,
            String software,
            SecureRandom random,
            Clock clock) {
        this.keys = keys;
        this.ring = ring;
        this.self = self;
        this.recipients = Set.copyOf(recipients);
        this.software = software;
        this.random = random;
        this.clock = clock;
    }

    /** The share as it is. */
    Written plain(String keyId, String label) {
        return write(keyId, label, Protection.plain(), 0, (associated, share) -> share.clone());
    }

    /** The share under the key that the operator's program made of a password. */
    Written underPassword(String keyId, String label, Protection.Argon2id derivation, byte[] key) {
        if (key.length != ShareCipher.KEY_BYTES) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "the key of a password has " + ShareCipher.KEY_BYTES + " bytes");
        }
        return write(
                keyId,
                label,
                Protection.password(derivation),
                ShareCipher.OVERHEAD_BYTES,
                (associated, share) -> ShareCipher.seal(key, associated, share, random));
    }

    /**
     * The share for the holder of an RSA key.
     *
     * @param spki its SubjectPublicKeyInfo
     * @throws ProblemException RECIPIENT_REFUSED if the key is weak or the configuration does not list it
     */
    public Written sealedFor(byte[] spki, String keyId, String label) {
        var recipient = listed(spki);
        return write(
                keyId,
                label,
                Protection.rsa(Bytes.of(recipient.fingerprint().bytes())),
                RsaWrap.blobBytes(recipient, 0),
                (associated, share) -> RsaWrap.wrap(recipient, associated, share, random));
    }

    private RsaRecipient listed(byte[] spki) {
        try {
            var recipient = RsaRecipient.of(spki);
            if (!recipients.contains(Bytes32.of(recipient.fingerprint().bytes()))) {
                throw new ProblemException(
                        ProblemCode.RECIPIENT_REFUSED,
                        "the RSA key " + recipient.fingerprint() + " is not listed in the configuration of node "
                                + self.player());
            }
            return recipient;
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.RECIPIENT_REFUSED, "the RSA key is refused: " + e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Sealing {
        byte[] seal(byte[] associated, byte[] share);
    }

    private Written write(String keyId, String label, Protection protection, int overheadBytes, Sealing sealing) {
        var key = keys.get(keyId);
        ShareHeader header;
        try {
            header = ShareHeader.of(
                    key, self.player(), label, clock.instant().truncatedTo(ChronoUnit.MILLIS), software, protection);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        var file = ring.use(key, share -> ShareFile.write(
                header,
                share.length + overheadBytes,
                associated -> sealing.seal(associated, share),
                self.identity().statements()));
        LOG.info("share of key {}, epoch {}, was backed up, {}", keyId, header.epoch(), protection.kind());
        return new Written(header, file);
    }
}
