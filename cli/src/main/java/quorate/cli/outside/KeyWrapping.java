package quorate.cli.outside;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.algebra.Groups;
import quorate.algebra.Purpose;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.api.Bytes;
import quorate.key.Scheme;
import quorate.node.export.DrawnRandom;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rsa.RsaRecipient;
import quorate.rsa.RsaWrap;
import quorate.sdk.WrappedKey;
import quorate.sdk.WrappedShare;
import quorate.transfer.ExportTerms;
import quorate.transfer.OutsideKey;

/** Shares a key that was found in a file, and wraps each share for its node. Here alone the key is in one place. */
public final class KeyWrapping {
    private static final int CHAIN_CODE_BYTES = 32;
    private static final byte[] NOBODY = new byte[32];

    private final SecureRandom random;

    public KeyWrapping(SecureRandom random) {
        this.random = random;
    }

    /**
     * What is wanted.
     *
     * @param chainCode empty for a random one
     * @param threshold how many nodes sign
     */
    public record Order(Scheme scheme, byte[] chainCode, int threshold, String keyId, ExportTerms terms) {}

    /**
     * The wrapped shares; nothing else of the key is left when this returns.
     *
     * @param wrappingKeys SubjectPublicKeyInfo of every node, in the order of indices
     * @throws UnreadableKey if the scalar is 0 or not below the order of the curve
     */
    public WrappedKey wrap(FoundKey found, Order order, List<Bytes> wrappingKeys) throws UnreadableKey {
        try (var secrets = new Secrets()) {
            var chainCode = order.chainCode().clone();
            if (chainCode.length == 0) {
                chainCode = new byte[CHAIN_CODE_BYTES];
                random.nextBytes(chainCode);
            }
            var scalar = found.wasExpanded()
                    ? found.group().reduceSecret(secrets, found.scalar())
                    : decoded(found, secrets);
            var key = new OutsideKey(order.scheme(), scalar, chainCode);
            // There is no node and no process here: the key itself hedges what is drawn.
            var me = new Entry(0, 1, NOBODY, NOBODY, NOBODY, NOBODY);
            var hedge = secrets.keep(scalar.exposeFor(Purpose.HEDGING));
            var draw = new HedgedDraw(random, hedge, me, secrets);
            var keyId = order.keyId().getBytes(StandardCharsets.UTF_8);
            var shares = new ArrayList<WrappedShare>();
            for (var part : key.split(order.threshold() - 1, keyId, order.terms(), draw, secrets)) {
                var header = part.header().encode();
                var recipient = RsaRecipient.of(
                        wrappingKeys.get(part.header().index() - 1).toArray());
                var y = part.y().exposeFor(Purpose.SEALING);
                try {
                    var blob = RsaWrap.wrap(recipient, header, y, new DrawnRandom(draw.knowing(header)));
                    shares.add(new WrappedShare(
                            part.header().index(), Bytes.of(header), Bytes.of(blob), Optional.empty(), Optional.empty()));
                } finally {
                    Arrays.fill(y, (byte) 0);
                }
            }
            return WrappedKey.of(shares);
        } catch (IllegalArgumentException e) {
            throw new UnreadableKey(String.valueOf(e.getMessage()));
        }
    }

    private static SecretScalar decoded(FoundKey found, Secrets secrets) throws UnreadableKey {
        var encoded = secrets.keep(found.scalar().clone());
        if (found.group().equals(Groups.ED25519)) {
            for (int i = 0, j = encoded.length - 1; i < j; i++, j--) {
                byte swapped = encoded[i];
                encoded[i] = encoded[j];
                encoded[j] = swapped;
            }
        }
        try {
            return found.group().decodeSecret(secrets, encoded);
        } catch (DecodingException e) {
            throw new UnreadableKey("its private key is not below the order of the curve");
        }
    }
}
