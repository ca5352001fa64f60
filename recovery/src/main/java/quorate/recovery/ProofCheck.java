package quorate.recovery;

/** The checks of emergency recovery in the catalogue of protocols.md, Appendix A. */
public enum ProofCheck {
    PVE_0("PVE-0", "RSA key in the recovery keys of the configuration file"),
    PVE_1("PVE-1", "label, SPKI, Q as expected; RSA size and exponent"),
    PVE_2("PVE-2", "row sizes, scalars < q, exactly 128 rows"),
    PVE_3("PVE-3", "recomputed challenge equal"),
    PVE_4("PVE-4", "X_1..X_n on a degree-t polynomial through pk; labels equal except the index"),
    PVE_5("PVE-5", "recovered x*G == Q; sk*G == pk");

    private final String id;
    private final String condition;

    ProofCheck(String id, String condition) {
        this.id = id;
        this.condition = condition;
    }

    /** As in Appendix A: {@code "PVE-3"}. */
    public String id() {
        return id;
    }

    /** The condition that must hold. */
    public String condition() {
        return condition;
    }

    @Override
    public String toString() {
        return id;
    }
}
