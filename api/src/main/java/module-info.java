import org.jspecify.annotations.NullMarked;

/** openapi.yaml, the source of truth of the HTTP API, its wire records, and the problem codes with their pages. */
@NullMarked
module quorate.api {
    requires static transitive org.jspecify;
    requires transitive com.fasterxml.jackson.databind;

    exports quorate.api;

    opens quorate.api to
            com.fasterxml.jackson.databind;
}
