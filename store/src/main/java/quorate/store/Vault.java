package quorate.store;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/** Seals the secrets of one node's rows under the data key of its database, each bound to its row. */
final class Vault implements AutoCloseable {
    static final int DATA_KEY_BYTES = 32;

    private final NodeName node;
    private final Sealer sealer;

    Vault(NodeName node, byte[] dataKey, SecureRandom random) {
        this.node = node;
        this.sealer = new Sealer(dataKey, random);
    }

    byte[] sealShare(String keyId, Sharing sharing, byte[] share) {
        return sealer.seal(share(keyId, sharing).associatedData(), share);
    }

    <T, E extends Exception> T useShare(String keyId, Sharing sharing, byte[] sealed, SecretUse<T, E> use) throws E {
        return use(share(keyId, sharing), sealed, use);
    }

    byte[] sealPairState(String keyId, Bytes shareId, int peer, Bytes setup, byte[] state) {
        return sealer.seal(pairState(keyId, shareId, peer, setup).associatedData(), state);
    }

    <T, E extends Exception> T usePairState(
            String keyId, Bytes shareId, int peer, Bytes setup, byte[] sealed, SecretUse<T, E> use) throws E {
        return use(pairState(keyId, shareId, peer, setup), sealed, use);
    }

    byte[] sealNodeSecret(byte[] secret) {
        return sealer.seal(nodeSecret().associatedData(), secret);
    }

    <T, E extends Exception> T useNodeSecret(byte[] sealed, SecretUse<T, E> use) throws E {
        return use(nodeSecret(), sealed, use);
    }

    byte[] sealWrappingKey(Bytes spki, byte[] pkcs8) {
        return sealer.seal(wrappingKey(spki).associatedData(), pkcs8);
    }

    <T, E extends Exception> T useWrappingKey(Bytes spki, byte[] sealed, SecretUse<T, E> use) throws E {
        return use(wrappingKey(spki), sealed, use);
    }

    private <T, E extends Exception> T use(Place place, byte[] sealed, SecretUse<T, E> use) throws E {
        byte[] secret;
        try {
            secret = sealer.open(place.associatedData(), sealed);
        } catch (AEADBadTagException e) {
            throw new Damaged(
                    "the secret of " + place + " does not open: it is damaged or was put there from elsewhere", e);
        }
        try {
            return use.with(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private Place share(String keyId, Sharing sharing) {
        return Place.in("sharing")
                .text("key", keyId)
                .number("player", node.player())
                .number("epoch", sharing.epoch())
                .bytes("sharing", sharing.shareId())
                .unnamed(sharing.chainCode());
    }

    private Place pairState(String keyId, Bytes shareId, int peer, Bytes setup) {
        return Place.in("pair_state")
                .text("key", keyId)
                .number("player", node.player())
                .bytes("sharing", shareId)
                .number("peer", peer)
                .bytes("setup", setup);
    }

    private Place nodeSecret() {
        return Place.in("node").number("player", node.player()).bytes("node", node.id());
    }

    private Place wrappingKey(Bytes spki) {
        return Place.in("wrapping_key").number("player", node.player()).unnamed(spki);
    }

    @Override
    public void close() {
        sealer.close();
    }

    @Override
    public String toString() {
        return "Vault[redacted]";
    }
}
