import org.jspecify.annotations.NullMarked;

/** Key generation, FROST and the commit protocol as pure rounds. Knows no socket, no clock and no database. */
@NullMarked
module quorate.protocols {
    requires static transitive org.jspecify;
    requires transitive quorate.algebra;
    requires transitive quorate.rounds;

    exports quorate.commit;
    exports quorate.frost;
    exports quorate.key;
    exports quorate.keygen;
}
