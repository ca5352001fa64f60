package quorate.store;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;

/**
 * The one-row table {@code envelope}: the data key of the database, sealed under the master key. Changing the master
 * key writes this row and no other.
 */
record Envelope(String fingerprint, KeyDerivation derivation, Bytes sealedDataKey) {
    /** Draws the data key of a new database and writes it, sealed. */
    static Vault create(Transaction transaction, NodeName name, MasterKeySource source, SecureRandom random)
            throws SQLException {
        var dataKey = new byte[Vault.DATA_KEY_BYTES];
        random.nextBytes(dataKey);
        try {
            seal(name, dataKey, source, random).write(transaction);
            return new Vault(name, dataKey, random);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    static Envelope read(Transaction transaction) throws SQLException {
        return transaction
                .row(
                        """
                        SELECT fingerprint, argon2id_salt, argon2id_memory_kib, argon2id_passes, argon2id_lanes,
                            sealed_data_key FROM envelope
                        """,
                        row -> new Envelope(row.text("fingerprint"), derivation(row), row.bytes("sealed_data_key")))
                .orElseThrow(() -> new Damaged("the table envelope is empty; restore a backup"));
    }

    /** What opens the rows; or {@link WrongMasterKey}. */
    Vault open(NodeName name, MasterKeySource source, SecureRandom random) {
        var dataKey = openDataKey(name, source, random);
        try {
            return new Vault(name, dataKey, random);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    /** The same data key under another master key. */
    Envelope reseal(NodeName name, MasterKeySource from, MasterKeySource to, SecureRandom random) {
        var dataKey = openDataKey(name, from, random);
        try {
            return seal(name, dataKey, to, random);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    void write(Transaction transaction) throws SQLException {
        var argon2id = derivation instanceof KeyDerivation.Argon2id some
                ? Optional.of(some)
                : Optional.<KeyDerivation.Argon2id>empty();
        transaction.changeOne(
                """
                INSERT OR REPLACE INTO envelope (one, fingerprint, argon2id_salt, argon2id_memory_kib,
                    argon2id_passes, argon2id_lanes, sealed_data_key)
                VALUES (1, ?, ?, ?, ?, ?, ?)
                """,
                fingerprint,
                argon2id.map(KeyDerivation.Argon2id::salt),
                argon2id.map(KeyDerivation.Argon2id::memoryKib),
                argon2id.map(KeyDerivation.Argon2id::passes),
                argon2id.map(KeyDerivation.Argon2id::lanes),
                sealedDataKey);
    }

    private static Envelope seal(NodeName name, byte[] dataKey, MasterKeySource source, SecureRandom random) {
        var derivation = source.freshDerivation(random);
        try (var masterKey = source.unlock(derivation);
                var sealer = masterKey.sealer(random)) {
            var sealed = sealer.seal(place(name).associatedData(), dataKey);
            return new Envelope(masterKey.fingerprint(), derivation, Bytes.of(sealed));
        }
    }

    private byte[] openDataKey(NodeName name, MasterKeySource source, SecureRandom random) {
        try (var masterKey = source.unlock(derivation)) {
            if (!masterKey.fingerprint().equals(fingerprint)) {
                throw new WrongMasterKey(fingerprint, masterKey.fingerprint());
            }
            try (var sealer = masterKey.sealer(random)) {
                return sealer.open(place(name).associatedData(), sealedDataKey.toArray());
            }
        } catch (AEADBadTagException e) {
            throw new Damaged("the data key of the database is damaged; restore a backup", e);
        }
    }

    private static KeyDerivation derivation(Row row) throws SQLException {
        var salt = row.optionalBytes("argon2id_salt");
        return salt.isEmpty()
                ? new KeyDerivation.Direct()
                : new KeyDerivation.Argon2id(
                        salt.get(),
                        row.smallNumber("argon2id_memory_kib"),
                        row.smallNumber("argon2id_passes"),
                        row.smallNumber("argon2id_lanes"));
    }

    private static Place place(NodeName name) {
        return Place.in("envelope").number("player", name.player()).bytes("node", name.id());
    }
}
