package quorate.frost;

import quorate.algebra.Encoding;
import quorate.algebra.Point;

/** (D_i, E_i) = (d_i·G, e_i·G): what a signer shows of its nonces. */
record NoncePoints(Point hiding, Point binding) {
    byte[] encode() {
        return Encoding.concat(hiding.encode(), binding.encode());
    }
}
