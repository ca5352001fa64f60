package quorate.algebra;

abstract non-sealed class EdwardsPoint implements Point {}
