package quorate.vole;

import java.util.Arrays;
import quorate.algebra.Group;
import quorate.algebra.Scalar;
import quorate.algebra.ScalarVector;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;

/** An Alice who knows all of protocols.md 2.4 and adds z to at[0][0], consistently with what she sends after it. */
public final class CheatingAlice {
    private static final Extension EXTENSION = Extension.OF_256_BITS;

    private CheatingAlice() {}

    /** How far she goes. */
    public enum Extent {
        /** Nothing else. */
        CORRECTION,
        /** She also adds theta_0*z to mu_0. */
        CHECK,
        /** She also subtracts g_0*z from c_0. */
        PRODUCT
    }

    /** What she sends, and the c_0, c_1 that she claims with it. */
    public record Cheat(byte[] message, Scalar c0, Scalar c1) {}

    /** Cheats with the inputs of an honest message. */
    public static Cheat cheat(
            Group group, byte[] psid, OtSender ot, byte[] honest, Scalar z, Extent extent, Secrets scope) {
        var inputs = inputs(group, psid, ot, honest, scope);
        var sender = new VoleSender(psid, ot, inputs[0], inputs[1], inputs[2], scope);
        var shift = ScalarVector.zeros(group, 2, scope);
        shift.set(0, z);
        shift.decode(1, sender.corrections(), 0);
        shift.add(1, shift, 0);
        shift.encode(1, sender.corrections(), 0);
        if (extent != Extent.CORRECTION) {
            sender.pads().add(0, shift, 0);
        }
        var message = new byte[VoleSender.MESSAGE_BYTES];
        var product = sender.finish(message, 0, scope);
        var c0 = product.c0().publish();
        if (extent == Extent.CHECK) {
            // What was added to A0[0][0] for the check is not to show in c_0.
            c0 = c0.plus(firstOfGadget(group, psid, message, scope).times(z));
        }
        return new Cheat(message, c0, product.c1().publish());
    }

    private static Scalar firstOfGadget(Group group, byte[] psid, byte[] message, Secrets scope) {
        int etaAt = 96 * EXTENSION.ots();
        var g = VoleHashes.of(group, psid, Arrays.copyOf(message, etaAt))
                .gadget(
                        EXTENSION.ots(),
                        Arrays.copyOfRange(message, etaAt, etaAt + 32),
                        Arrays.copyOfRange(message, etaAt + 32, etaAt + 64),
                        scope);
        var encoded = new byte[32];
        g.encode(0, encoded, 0);
        return group.reduce(encoded);
    }

    /** a_c = at[0][c] - A0[0][c] + A1[0][c]. */
    private static SecretScalar[] inputs(Group group, byte[] psid, OtSender ot, byte[] honest, Secrets scope) {
        var pads = new Pads(psid, scope);
        var zero = ScalarVector.zeros(group, Pads.PER_OT, scope);
        var one = ScalarVector.zeros(group, Pads.PER_OT, scope);
        pads.expand(0, ot.rows()[0], ot.rows()[1], zero, 0);
        pads.expand(0, ot.rows()[0] ^ ot.delta()[0], ot.rows()[1] ^ ot.delta()[1], one, 0);
        var inputs = new SecretScalar[Pads.PER_OT];
        var at = ScalarVector.zeros(group, 1, scope);
        var encoded = new byte[32];
        for (int c = 0; c < Pads.PER_OT; c++) {
            at.decode(0, honest, 32 * c);
            at.subtract(0, zero, c);
            at.add(0, one, c);
            at.encode(0, encoded, 0);
            inputs[c] = group.reduceSecret(scope, encoded);
        }
        return inputs;
    }
}
