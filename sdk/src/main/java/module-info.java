import org.jspecify.annotations.NullMarked;

/** The Java client of the API: one node, all nodes of an application, administration. */
@NullMarked
module quorate.sdk {
    requires static transitive org.jspecify;
    requires transitive quorate.api;
    requires transitive java.net.http;
    requires quorate.algebra;
    requires quorate.protocols;
    requires quorate.rounds;
    requires transitive quorate.recovery;

    exports quorate.sdk;
}
