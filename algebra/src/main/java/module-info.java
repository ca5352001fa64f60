import org.jspecify.annotations.NullMarked;

/** Scalars, points, polynomials, transcripts and secret types. No I/O, no clock, no logging. */
@NullMarked
module quorate.algebra {
    requires static transitive org.jspecify;

    exports quorate.algebra;
}
