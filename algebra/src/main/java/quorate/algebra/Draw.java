package quorate.algebra;

import java.nio.charset.StandardCharsets;

/**
 * The one interface through which secret random values are drawn (protocols.md 0.6). Production code
 * has one implementation, hedged against a repeated generator; test vectors replace the result of
 * {@link #draw}, in the order the vector states.
 */
public interface Draw {
    /** What a value is drawn for: the purposes of protocols.md 0.6, lower case in the tag. */
    enum For {
        DKG,
        POK,
        BOT,
        OTE,
        ECDSA,
        VOLE,
        FROST,
        REPAIR,
        WRAP,
        PVE,
        SESSION
    }

    /**
     * draw(purpose, name; L): {@code length} secret bytes. The caller keeps them in a {@link Secrets}
     * scope or wipes them.
     *
     * @param name ENC(name of the value in protocols.md, its indices), see {@link #name}
     */
    byte[] draw(For purpose, byte[] name, int length);

    /** The same source, for values drawn after {@code publicContext} (ctx, D1, ...) became known. */
    Draw knowing(byte[]... publicContext);

    /** A source for bulk values: draws one 32-byte seed under {@code name} and expands it. */
    Draw bulk(For purpose, byte[] name, Secrets scope);

    /** ENC(label, I2OSP(index, 4)...): the name of a value. */
    static byte[] name(String label, int... indices) {
        var parts = new byte[1 + indices.length][];
        parts[0] = label.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < indices.length; i++) {
            parts[i + 1] = Encoding.i2osp(indices[i], 4);
        }
        return Encoding.enc(parts);
    }

    /**
     * The name under which a value is drawn for the {@code attempt}th time, from 0: {@code name} itself, then
     * ENC(name, I2OSP(attempt, 4)). A bulk source yields the same value under the same name for ever.
     */
    static byte[] attempt(byte[] name, int attempt) {
        return attempt == 0 ? name : Encoding.enc(name, Encoding.i2osp(attempt, 4));
    }

    /** A uniform scalar. */
    default SecretScalar scalar(Group group, Secrets scope, For purpose, byte[] name) {
        return group.reduceSecret(scope, scope.keep(draw(purpose, name, group.wideBytes())));
    }

    /** A uniform scalar that is not 0: drawn again if it is. */
    default SecretScalar nonZeroScalar(Group group, Secrets scope, For purpose, byte[] name) {
        for (int attempt = 0; ; attempt++) {
            var scalar = scalar(group, scope, purpose, attempt(name, attempt));
            if (!scalar.isZero()) {
                return scalar;
            }
        }
    }
}
