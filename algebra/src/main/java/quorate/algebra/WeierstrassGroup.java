package quorate.algebra;

abstract non-sealed class WeierstrassGroup implements Group {
    static Group secp256k1() { throw new UnsupportedOperationException(); }
    static Group p256() { throw new UnsupportedOperationException(); }
    abstract Scalars scalars();
}
