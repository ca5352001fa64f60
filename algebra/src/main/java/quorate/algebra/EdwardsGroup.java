package quorate.algebra;

abstract non-sealed class EdwardsGroup implements Group {
    static Group ed25519() { throw new UnsupportedOperationException(); }
}
