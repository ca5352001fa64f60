package quorate.store;

import java.util.Optional;

/** The RSA key pair for which shares are wrapped that are meant for this node: made once, its private half sealed. */
public final class WrappingKeys {
    private final Storage storage;
    private final Vault vault;

    WrappingKeys(Storage storage, Vault vault) {
        this.storage = storage;
        this.vault = vault;
    }

    /** The one that this node has, once it is made. */
    public Optional<WrappingKey> find() {
        return storage.read(t -> t.row(
                "SELECT spki, created_at FROM wrapping_key",
                row -> new WrappingKey(row.bytes("spki"), row.time("created_at"))));
    }

    /**
     * Keeps a key pair, unless there is one already.
     *
     * @param pkcs8 the private half, which the caller wipes
     * @return the one that this node has from now on
     */
    public WrappingKey keep(Bytes spki, byte[] pkcs8) {
        var sealed = vault.sealWrappingKey(spki, pkcs8);
        storage.write(t -> t.change(
                """
                INSERT INTO wrapping_key (one, spki, sealed_private_key, created_at) VALUES (1, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                spki,
                sealed,
                storage.now()));
        return find().orElseThrow();
    }

    /**
     * Opens the private half for one use and wipes it afterwards.
     *
     * @throws Damaged if the row was changed
     * @throws IllegalStateException if there is none
     */
    public <T, E extends Exception> T use(SecretUse<T, E> use) throws E {
        var key = find().orElseThrow(() -> new IllegalStateException("this node has no wrapping key"));
        var sealed = storage.read(t -> t.row(
                        "SELECT sealed_private_key FROM wrapping_key", row -> row.bytes("sealed_private_key")))
                .orElseThrow();
        return vault.useWrappingKey(key.spki(), sealed.toArray(), use);
    }
}
