package quorate.algebra;

abstract non-sealed class WeierstrassPoint implements Point {}
