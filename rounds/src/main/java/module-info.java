import org.jspecify.annotations.NullMarked;

/** Rounds, sessions, agreement, signed broadcasts with echo, hedged randomness. Knows no socket and no clock. */
@NullMarked
module quorate.rounds {
    requires static transitive org.jspecify;
    requires transitive quorate.algebra;

    exports quorate.rounds;
}
