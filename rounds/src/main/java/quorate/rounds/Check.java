package quorate.rounds;

/**
 * The check catalogue of protocols.md Appendix A, as far as it exists. Ids are stable and append-only;
 * the same ids stand in problem reports, metrics, the documentation and the tests.
 */
public enum Check {
    COM_1(
            "COM-1",
            Verdict.DROP,
            "authenticated sender = claimed sender, receiver = me, session known and round current"),
    COM_2("COM-2", Verdict.BLAME, "second frame for the same slot identical to the first"),
    COM_3("COM-3", Verdict.BLAME, "exact payload length, canonical encodings, no trailing bytes"),
    COM_4("COM-4", Verdict.FAIL, "ctx equal"),
    COM_5(
            "COM-5",
            Verdict.REFUSE,
            "P sorted, distinct, 1 <= i <= n, contains me, size rule, sharing offered, new key id free"),
    COM_6("COM-6", Verdict.FAIL, "every field of AGREE equal; a common sharing exists"),
    COM_7("COM-7", Verdict.BLAME, "signature of a broadcast valid"),
    COM_8("COM-8", Verdict.BLAME, "no two signed digests of one sender for one round"),
    DKG_1("DKG-1", Verdict.BLAME, "number of coefficient points exactly t+1"),
    DKG_2("DKG-2", Verdict.BLAME, "no point = O, all decode"),
    DKG_3("DKG-3", Verdict.BLAME, "commitment opens"),
    DKG_4("DKG-4", Verdict.BLAME, "PoK verifies with ctx' = D1 and sender index"),
    DKG_5("DKG-5", Verdict.BLAME, "s_{j,i}*G == sum_k i^k A_{j,k}"),
    DKG_6("DKG-6", Verdict.FAIL, "D1, D2 equal"),
    DKG_7("DKG-7", Verdict.FAIL, "no A_k or X_j = O, pk = A_0, x_i != 0, x_i*G == X_i == sum_k i^k A_k"),
    PAIR_1("PAIR-1", Verdict.BLAME, "r_0, r_1, mB_0, mB_1 valid, not O; mA_b != O"),
    PAIR_2("PAIR-2", Verdict.FAIL, "setup_{ij} equal on both sides"),
    PAIR_3("PAIR-3", Verdict.REFUSE, "new gen > current gen on both sides"),
    BAN_1("BAN-1", Verdict.DROP, "a returned ban carries my own valid signature: obeyed"),
    OTE_1("OTE-1", Verdict.BLAME, "message length"),
    OTE_2("OTE-2", Verdict.BAN, "hash of folded columns equal"),
    VOLE_1("VOLE-1", Verdict.BLAME, "scalars < q, length"),
    VOLE_2("VOLE-2", Verdict.BAN, "muh equal"),
    SIG_1("SIG-1", Verdict.BLAME, "nonce p2p == nonce broadcast"),
    SIG_2("SIG-2", Verdict.FAIL, "D1 equal"),
    SIG_3("SIG-3", Verdict.BLAME, "R_j decodes, commitment opens to it"),
    SIG_4("SIG-4", Verdict.BAN, "chi*R_j == Gu + du*G"),
    SIG_5("SIG-5", Verdict.BAN, "chi*pk_j == Gv + dv*G"),
    SIG_6("SIG-6", Verdict.FAIL, "sum pk_k == pk; R != O; x(R) mod q != 0"),
    SIG_7("SIG-7", Verdict.FAIL, "D3 equal"),
    SIG_8(
            "SIG-8",
            Verdict.REFUSE,
            "right key, sharing, P; h 1..64 bytes; requestNonce 0 or 32 bytes; path valid; claim granted before anything is"
                    + " computed"),
    SIG_9("SIG-9", Verdict.FAIL, "denominators non-zero, r' != 0, s != 0, point equation with R'"),
    SIG_10("SIG-10", Verdict.FAIL, "all partials carry the same presigId and request, equal to mine"),
    SIG_11("SIG-11", Verdict.BLAME, "nonces of the items of one sender pairwise different"),
    FRO_1("FRO-1", Verdict.BLAME, "own commitment unchanged in CL, CL sorted, distinct, valid points"),
    FRO_2("FRO-2", Verdict.REFUSE, "claim of the nonce pair granted before anything is computed"),
    FRO_3("FRO-3", Verdict.BLAME, "aggregate verifies; else the per-share equation names the culprit"),
    FRO_4("FRO-4", Verdict.FAIL, "presigId and request of a share equal mine, before it is checked"),
    FRO_5("FRO-5", Verdict.FAIL, "batch digests equal"),
    RSH_1("RSH-1", Verdict.FAIL, "all n nodes chose the same shareId; newEpoch right"),
    RSH_2("RSH-2", Verdict.BLAME, "exactly t points (5.2: t'+1), none = O, no constant term present in a refresh"),
    RSH_3("RSH-3", Verdict.FAIL, "pk and cc unchanged, new shares match new X"),
    RSH_4("RSH-4", Verdict.BLAME, "A_{i,0} == lag*X_i from the agreed old record; sum == pk"),
    RSH_5("RSH-5", Verdict.FAIL, "old record equal from all dealers, A_0 = pk, pk equals requested pk"),
    TPC_1(
            "TPC-1",
            Verdict.REFUSE,
            "certificate complete: all participants, prepared, same S, setup entries match pairwise, valid signatures"),
    TPC_2("TPC-2", Verdict.REFUSE, "no open record or running session of these kinds for the key"),
    TPC_3("TPC-3", Verdict.REFUSE, "ACTIVE.shareId = baseShareId at commit"),
    TPC_4("TPC-4", Verdict.REFUSE, "own statements shown by peers are known to my database; dbi as listed"),
    TPC_5("TPC-5", Verdict.REFUSE, "no CLEAN proof or adoption record against my sharing"),
    REP_0("REP-0", Verdict.REFUSE, "1 <= r <= n, r not in H, operator approval"),
    REP_1("REP-1", Verdict.FAIL, "records equal, A_0 = pk; pk matches own/operator value"),
    REP_2("REP-2", Verdict.BLAME, "sum_j Dl_{i,j} == l_i*X_i"),
    REP_3("REP-3", Verdict.BLAME, "delta_{i,j}*G == Dl_{i,j}"),
    REP_4("REP-4", Verdict.BLAME, "sigma_j*G == sum_i Dl_{i,j}; x_r*G == X_r"),
    REP_5("REP-5", Verdict.BLAME, "commitment opens to exactly t+1 points"),
    REP_6("REP-6", Verdict.FAIL, "D1, D2 equal"),
    EXP_1(
            "EXP-1",
            Verdict.REFUSE,
            "policy approval at this node for exactly this request; custodian key on custodianKeys"),
    EXP_2("EXP-2", Verdict.FAIL, "Y on degree-t polynomial through pk; headers equal except index and SPKI hash"),
    EXP_3(
            "EXP-3",
            Verdict.REFUSE,
            "move: every (index, key) of the vector on the allow list, moduli pairwise different"),
    EXP_4("EXP-4", Verdict.FAIL, "D2 equal before output"),
    EXP_5("EXP-5", Verdict.FAIL, "unwrapped y_i*G == Y_i"),
    IMP_1("IMP-1", Verdict.FAIL, "unwrap, header fields, own index, wrapping key, y_i*G == Y_i, Y through pk"),
    IMP_2("IMP-2", Verdict.BLAME, "A_{i,0} == lag*Y_i (RSH-4 with Y for X), PoK"),
    IMP_3(
            "IMP-3",
            Verdict.REFUSE,
            "expected pk, cc, exportId, application, expiry, signatures of t+1 source nodes (or unsigned), not imported"
                    + " before; key id free or tombstoned"),
    PSG_1("PSG-1", Verdict.REFUSE, "claim finds the record FREE; never FREE again"),
    PSG_2("PSG-2", Verdict.DROP, "every inc in the record is current"),
    PSG_3("PSG-3", Verdict.REFUSE, "both locks held, owner is mine, durability settings"),
    PSG_4("PSG-4", Verdict.REFUSE, "at most one current inc per player; startNo not smaller"),
    PSG_5("PSG-5", Verdict.DROP, "pool digests equal, else intersect"),
    PSG_6("PSG-6", Verdict.REFUSE, "caps, standing order, refill rate"),
    PSG_7("PSG-7", Verdict.DROP, "clocks diverge by at most 30 s");

    /** The abort classes of protocols.md 0.7. */
    public enum Verdict {
        DROP,
        FAIL,
        BLAME,
        BAN,
        REFUSE
    }

    private final String id;
    private final Verdict verdict;
    private final String condition;

    Check(String id, Verdict verdict, String condition) {
        this.id = id;
        this.verdict = verdict;
        this.condition = condition;
    }

    /** As in Appendix A: {@code "DKG-5"}. */
    public String id() {
        return id;
    }

    public Verdict verdict() {
        return verdict;
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
