package quorate.node.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quorate.api.Bytes;
import quorate.api.ExportKey;
import quorate.api.ExportMode;
import quorate.api.ProblemCode;
import quorate.node.config.Caller;
import quorate.node.config.ExportLists;
import quorate.node.config.Role;
import quorate.node.identity.Bytes32;
import quorate.node.problem.ProblemException;

/** EXP-1 and EXP-3: whom a node lets a key go to. */
class ExportPolicyTest {
    private static final Bytes32 KEY = Bytes32.sha256(new byte[0]);
    private static final Caller ADMINISTRATOR = new Caller("admin", Set.of(Role.ADMINISTRATOR), KEY);
    private static final Caller EXPORTER = new Caller("custodian", Set.of(Role.CUSTODIAN_EXPORTER), KEY);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static List<RSAPublicKey> keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = IntStream.range(0, 3)
                .mapToObj(i -> (RSAPublicKey) generator.generateKeyPair().getPublic())
                .toList();
    }

    @Test
    void movesToListedDestinations() {
        var approved = policy(listed()).approve(ADMINISTRATOR, move(spki(0), spki(1), spki(2)), 3);
        assertThat(approved).extracting(key -> Bytes.of(key.spki())).containsExactly(spki(0), spki(1), spki(2));
    }

    @Test
    void refusesWhatIsNotListed() {
        refuses(ExportLists.NONE, ADMINISTRATOR, move(spki(0), spki(1), spki(2)), ProblemCode.DESTINATION_REFUSED, "EXP-3");
        // A list of custodians allows no move, and the other way round.
        refuses(custodian(), ADMINISTRATOR, move(spki(0), spki(1), spki(2)), ProblemCode.DESTINATION_REFUSED, "EXP-3");
        refuses(listed(), EXPORTER, disclosure(spki(0)), ProblemCode.DESTINATION_REFUSED, "EXP-1");
    }

    @Test
    void refusesListedKeysAtOtherIndices() {
        refuses(listed(), ADMINISTRATOR, move(spki(1), spki(0), spki(2)), ProblemCode.DESTINATION_REFUSED, "EXP-3");
    }

    @Test
    void refusesOneKeyAtTwoIndicesEvenIfItIsListedSo() {
        var twice = new ExportLists(
                Set.of(destination(1, 0), destination(2, 0), destination(3, 2)), Set.of());
        refuses(twice, ADMINISTRATOR, move(spki(0), spki(0), spki(2)), ProblemCode.DESTINATION_REPEATED, "EXP-3");
    }

    /** Another exponent is another key for the list, and the same for whoever has the factors. */
    @Test
    void refusesOneModulusUnderTwoExponents() throws Exception {
        var other = new RSAPublicKeySpec(keys.getFirst().getModulus(), BigInteger.valueOf(65539));
        var spki = Bytes.of(KeyFactory.getInstance("RSA").generatePublic(other).getEncoded());
        var lists = new ExportLists(
                Set.of(
                        destination(1, 0),
                        new ExportLists.Destination(2, Bytes32.sha256(spki.toArray())),
                        destination(3, 2)),
                Set.of());
        refuses(lists, ADMINISTRATOR, move(spki(0), spki, spki(2)), ProblemCode.DESTINATION_REPEATED, "EXP-3");
    }

    @Test
    void refusesWeakKeysAndAnotherNumberOfThem() {
        refuses(listed(), ADMINISTRATOR, move(Bytes.of(new byte[9]), spki(1), spki(2)), ProblemCode.DESTINATION_REFUSED, "EXP-3");
        assertThatThrownBy(() -> policy(listed()).approve(ADMINISTRATOR, move(spki(0), spki(1)), 3))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.BAD_REQUEST));
    }

    @Test
    void disclosesToListedCustodiansForTheRoleOfThat() {
        assertThat(policy(custodian()).approve(EXPORTER, disclosure(spki(0)), 3)).hasSize(3);
        refuses(custodian(), ADMINISTRATOR, disclosure(spki(0)), ProblemCode.FORBIDDEN, "EXP-1");
        refuses(listed(), EXPORTER, move(spki(0), spki(1), spki(2)), ProblemCode.FORBIDDEN, "EXP-1");
        refuses(custodian(), EXPORTER, disclosure(spki(1)), ProblemCode.DESTINATION_REFUSED, "EXP-1");
    }

    private static ExportPolicy policy(ExportLists lists) {
        return new ExportPolicy(1, lists);
    }

    private static void refuses(ExportLists lists, Caller caller, ExportKey request, ProblemCode code, String check) {
        assertThatThrownBy(() -> policy(lists).approve(caller, request, 3))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(code);
                    assertThat(e.problem().check()).isEqualTo(check);
                });
    }

    private static ExportLists listed() {
        return new ExportLists(Set.of(destination(1, 0), destination(2, 1), destination(3, 2)), Set.of());
    }

    private static ExportLists custodian() {
        return new ExportLists(Set.of(), Set.of(Bytes32.sha256(spki(0).toArray())));
    }

    private static ExportLists.Destination destination(int index, int key) {
        return new ExportLists.Destination(index, Bytes32.sha256(spki(key).toArray()));
    }

    private static Bytes spki(int key) {
        return Bytes.of(keys.get(key).getEncoded());
    }

    private static ExportKey move(Bytes... wrappingKeys) {
        return request(ExportMode.MOVE, List.of(wrappingKeys));
    }

    private static ExportKey disclosure(Bytes key) {
        return request(ExportMode.CUSTODIAN, List.of(key, key, key));
    }

    private static ExportKey request(ExportMode mode, List<Bytes> wrappingKeys) {
        return new ExportKey(
                Bytes.of(new byte[32]), List.of(1, 2, 3), mode, wrappingKeys, "default", Instant.EPOCH, null, null);
    }
}
