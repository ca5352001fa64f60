import org.jspecify.annotations.NullMarked;

/** The RSA wrap of protocols.md 7.1 and emergency recovery of section 8: public code, offline, without a server. */
@NullMarked
module quorate.recovery {
    requires static transitive org.jspecify;
    requires transitive quorate.algebra;

    exports quorate.recovery;
    exports quorate.recovery.key;
    exports quorate.recovery.tool;
    exports quorate.rsa;
}
