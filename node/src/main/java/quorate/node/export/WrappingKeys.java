package quorate.node.export;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.rsa.PemRsaKey;
import quorate.rsa.RsaRecipient;
import quorate.rsa.RsaWrap;
import quorate.store.Bytes;
import quorate.store.Database;

/**
 * The RSA key pair of this node, for which other installations wrap shares that are meant for it: "nodes publish a wrapping
 * key per node (RSA, generated in the node or its HSM, fingerprint attested out of band)" (protocols.md 7.3). It is made when
 * it is first asked for, and lies in the database under the master key; it is in memory while it is used.
 */
public final class WrappingKeys {
    private static final Logger LOG = LoggerFactory.getLogger(WrappingKeys.class);
    private static final int MODULUS_BITS = 3072;

    private final Database database;
    private final SecureRandom random;

    public WrappingKeys(Database database, SecureRandom random) {
        this.database = database;
        this.random = random;
    }

    /** The public half. Makes the pair, which takes about a second, if there is none. */
    public synchronized RsaRecipient publicKey() {
        var found = database.wrappingKeys().find();
        return RsaRecipient.of(found.orElseGet(this::make).spki().toArray());
    }

    private quorate.store.WrappingKey make() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(MODULUS_BITS, RSAKeyGenParameterSpec.F4), random);
            var pair = generator.generateKeyPair();
            var pkcs8 = pair.getPrivate().getEncoded();
            try {
                var kept = database.wrappingKeys().keep(Bytes.of(pair.getPublic().getEncoded()), pkcs8);
                LOG.info("made the wrapping key of this node: {}", RsaRecipient.of(kept.spki().toArray()).fingerprint());
                return kept;
            } finally {
                Arrays.fill(pkcs8, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }

    /** What was wrapped for this node; empty, without a reason, if it is something else. The caller wipes it. */
    public Optional<byte[]> unwrap(byte[] header, byte[] blob) {
        var fingerprint = publicKey().fingerprint();
        var kem = RsaWrap.kem(blob);
        if (kem.isEmpty()) {
            return Optional.empty();
        }
        var k = database.wrappingKeys().use(pkcs8 -> PemRsaKey.of(pkcs8, random).unwrap(kem.get()));
        try {
            return k.flatMap(key -> RsaWrap.open(blob, key, fingerprint, header));
        } finally {
            k.ifPresent(key -> Arrays.fill(key, (byte) 0));
        }
    }
}
