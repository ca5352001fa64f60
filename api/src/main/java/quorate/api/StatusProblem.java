package quorate.api;

/** Something that an operator should mend, with how. */
public record StatusProblem(ProblemCode code, String detail, String remedy) {
    public StatusProblem {
        Require.present("code", code);
        Require.present("detail", detail);
        Require.present("remedy", remedy);
    }
}
