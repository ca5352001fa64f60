package quorate.vole;

import quorate.algebra.Group;
import quorate.algebra.KeyedExpander;
import quorate.algebra.Scalar;
import quorate.algebra.ScalarVector;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;

/**
 * The challenges of protocols.md 2.4: hashes of Alice's corrections, in which nothing is left to choose once they are
 * sent.
 *
 * @param da TH("rvole/at", psid, ser(at row-major))
 * @param theta0 H2S("rvole/theta", psid, da, I2OSP(0,1))
 * @param theta1 H2S("rvole/theta", psid, da, I2OSP(1,1))
 */
record VoleHashes(Group group, byte[] psid, byte[] da, Scalar theta0, Scalar theta1) {
    static VoleHashes of(Group group, byte[] psid, byte[] corrections) {
        var da = Transcript.of("rvole/at").add(psid).add(corrections).hash();
        return new VoleHashes(group, psid, da, theta(group, psid, da, 0), theta(group, psid, da, 1));
    }

    private static Scalar theta(Group group, byte[] psid, byte[] da, int i) {
        return Transcript.of("rvole/theta").add(psid).add(da).addU8(i).toScalar(group);
    }

    /** v[at + 2] += theta_0*v[at] + theta_1*v[at + 1]. */
    void combine(ScalarVector v, int at, ScalarVector into, int i) {
        into.add(i, v, at + 2);
        into.addProduct(i, v, at, theta0);
        into.addProduct(i, v, at + 1, theta1);
    }

    /** muh = TH("rvole/mu", psid, da, ser(mu_0)||..||ser(mu_{m-1})). */
    byte[] ofCheck(byte[] mu) {
        var transcript = Transcript.of("rvole/mu").add(psid).add(da).add(mu);
        var muh = transcript.hash();
        transcript.erase();
        return muh;
    }

    /** gs = TH("rvole/gseed", psid, da, ser(eta), muh); g_j = KXS(gs, I2OSP(j,2)). */
    ScalarVector gadget(int ots, byte[] eta, byte[] muh, Secrets scope) {
        var gs = Transcript.of("rvole/gseed").add(psid).add(da).add(eta).add(muh).hash();
        var expander = new KeyedExpander(gs);
        var gadget = ScalarVector.zeros(group, ots, scope);
        var fields = new byte[2];
        for (int j = 0; j < ots; j++) {
            fields[0] = (byte) (j >> Byte.SIZE);
            fields[1] = (byte) j;
            expander.expand(fields, gadget, j);
        }
        return gadget;
    }
}
