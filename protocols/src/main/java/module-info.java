import org.jspecify.annotations.NullMarked;

/** One package per protocol. Pure: knows no socket, thread, database or clock. */
@NullMarked
module quorate.protocols {
    requires static transitive org.jspecify;
    requires transitive quorate.algebra;
    requires transitive quorate.rounds;

    exports quorate.commit;
    exports quorate.dealing;
    exports quorate.derive;
    exports quorate.ecdsa;
    exports quorate.frost;
    exports quorate.key;
    exports quorate.keygen;
    exports quorate.pair;
    exports quorate.presign;
    exports quorate.repair;
    exports quorate.reshare;
    exports quorate.transfer;
    exports quorate.vole;
}
