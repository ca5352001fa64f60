package quorate.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import quorate.algebra.Draw;
import quorate.algebra.Group;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.key.Scheme;
import quorate.key.Sharing;

/**
 * A key that existed as a whole, and is shared by whoever had it: "a client that imports an outside key Shamir-shares it
 * locally, makes headers (mode 01, epoch 0, exportId = 32 random bytes, dest over the nodes' wrapping keys) and wraps share i
 * for node i; these blobs are unsigned" (protocols.md 7.3). From the import on nobody needs what it was made of.
 *
 * @param secret not 0; lives in the scope that it was read into
 * @param chainCode that the key had, or a random one
 */
public record OutsideKey(Scheme scheme, SecretScalar secret, byte[] chainCode) {
    public OutsideKey {
        if (secret.isZero()) {
            throw new IllegalArgumentException("a private key is not 0");
        }
        if (!scheme.isDefinedOver(secret.group())) {
            throw new IllegalArgumentException("no " + scheme + " on " + secret.group().name());
        }
        if (chainCode.length != Sharing.CHAIN_CODE_BYTES) {
            throw new IllegalArgumentException("a chain code has " + Sharing.CHAIN_CODE_BYTES + " bytes");
        }
    }

    /** What is for one node: its header, and y_i for the blob. */
    public record Part(ExportHeader header, SecretScalar y) {
        @Override
        public String toString() {
            return "Part[index " + header.index() + ", redacted]";
        }
    }

    /**
     * Shares the key among as many nodes as {@code terms} names.
     *
     * @param degree threshold - 1
     * @param keyId that the nodes shall use
     * @param draw hedged with the secret
     * @param secrets holds the shares
     */
    public List<Part> split(int degree, byte[] keyId, ExportTerms terms, Draw draw, Secrets secrets) {
        int players = terms.wrappingKeys().size();
        var f = SecretPolynomial.sampleWith(secret, degree, draw, secrets);
        var commitment = f.commitment();
        var publicShares = IntStream.rangeClosed(1, players).mapToObj(commitment::at).toList();
        var exportId = draw.draw(Draw.For.WRAP, Draw.name("exportId"), Digest.BYTES);
        var parts = new ArrayList<Part>();
        for (int i = 1; i <= players; i++) {
            var header = new ExportHeader(
                    scheme,
                    keyId,
                    0,
                    degree,
                    i,
                    commitment.constant(),
                    chainCode,
                    publicShares,
                    exportId,
                    Mode.MOVE,
                    terms.wrappingKeys().get(i - 1),
                    ExportHeader.destination(terms.wrappingKeys()),
                    terms.purpose(),
                    terms.application(),
                    terms.expiry(),
                    new byte[0]);
            parts.add(new Part(header, f.at(i)));
        }
        return List.copyOf(parts);
    }

    /** The curve. */
    public Group group() {
        return secret.group();
    }

    @Override
    public String toString() {
        return "OutsideKey[redacted]";
    }
}
