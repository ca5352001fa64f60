package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** TPC-1: Appendix B 8 of protocols.md. Each case breaks one thing in a good certificate. */
class CertificateTest {
    private final Operation refresh = Cast.refresh(3);

    private static Certificate check(List<Statement> statements) throws Refused {
        return Certificate.check(statements, Cast.keys(), Cast.VERIFIER);
    }

    private List<Statement> with(int party, UnaryOperator<Statement> change) {
        var statements = new ArrayList<>(Cast.everyPrepared(refresh));
        statements.set(party - 1, change.apply(statements.get(party - 1)));
        return statements;
    }

    private static void assertNoCertificate(List<Statement> statements, String reason) {
        assertThatThrownBy(() -> check(statements))
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.TPC_1))
                .satisfies(refused -> assertThat(refused).hasMessageContaining(reason));
    }

    /** The statement as its signer would have made it with other content. */
    private static Statement resigned(Statement statement, Operation operation, SetupVector setups) {
        return Statement.sign(
                statement.verb(),
                new Subject(operation, setups, statement.seat()),
                Cast.signer(statement.seat().index()));
    }

    @Test
    void isVerifiedFromItsBytesAndTheConfiguredPlayersAlone() throws Refused, DecodingException {
        var bytes = check(Cast.everyPrepared(refresh)).encode();

        var certificate = check(Certificate.decode(bytes));

        assertThat(certificate.operation()).isEqualTo(refresh);
        assertThat(certificate.encode()).isEqualTo(bytes);
    }

    @Test
    void refusesARefusalOfferedAsPrepared() {
        assertNoCertificate(
                with(2, statement -> Cast.statement(Verb.REFUSED, refresh, 2)), "refused of party 2");
    }

    @Test
    void refusesARefusalUnderTheVerbOfPrepared() throws DecodingException {
        var refused = Cast.statement(Verb.REFUSED, refresh, 2).encode();
        refused[0] = (byte) Verb.PREPARED.code();
        var relabelled = Statement.decode(refused);

        assertNoCertificate(with(2, statement -> relabelled), "signature of party 2");
    }

    @Test
    void refusesWhenAParticipantIsMissing() {
        assertNoCertificate(Cast.everyPrepared(refresh).subList(0, 2), "not one statement of each");
    }

    @Test
    void refusesOneParticipantTwiceInPlaceOfAnother() {
        assertNoCertificate(
                with(3, statement -> Cast.everyPrepared(refresh).get(1)), "not one statement of each");
    }

    @Test
    void refusesNothing() {
        assertNoCertificate(List.of(), "no statement");
    }

    @Test
    void refusesAnotherEpoch() {
        var later = new Operation(
                refresh.protocolId(),
                refresh.opId(),
                refresh.keyId(),
                refresh.baseShareId(),
                refresh.newEpoch() + 1,
                refresh.newShareId(),
                refresh.participants(),
                refresh.confirmation());

        assertNoCertificate(
                with(2, statement -> resigned(statement, later, statement.subject().setups())),
                "party 2 prepared something else");
    }

    @Test
    void refusesADifferingConfirmation() {
        var other = new Operation(
                refresh.protocolId(),
                refresh.opId(),
                refresh.keyId(),
                refresh.baseShareId(),
                refresh.newEpoch(),
                refresh.newShareId(),
                refresh.participants(),
                Cast.name("other K", 1));

        assertNoCertificate(
                with(3, statement -> resigned(statement, other, statement.subject().setups())),
                "party 3 prepared something else");
    }

    @Test
    void refusesADifferingSetupEntry() {
        assertNoCertificate(
                with(3, statement -> {
                    var setups = new TreeMap<>(statement.subject().setups().setups());
                    setups.put(1, Cast.name("other setup", 1));
                    return resigned(statement, refresh, new SetupVector(setups));
                }),
                "setup between party 1 and party 3 differs");
    }

    @Test
    void refusesASetupThatOnlyOneSideHas() {
        assertNoCertificate(
                with(2, statement -> resigned(statement, refresh, SetupVector.NONE)),
                "setup between party 1 and party 2 differs");
    }

    @Test
    void refusesPairStateWithSomeOnly() {
        var statements = Cast.everyPrepared(refresh).stream()
                .map(statement -> {
                    var setups = new TreeMap<>(statement.subject().setups().setups());
                    setups.remove(3);
                    return resigned(
                            statement,
                            refresh,
                            statement.seat().index() == 3 ? SetupVector.NONE : new SetupVector(setups));
                })
                .toList();

        assertNoCertificate(statements, "party 1 names setups with [2]");
    }

    @Test
    void refusesABadSignature() throws DecodingException {
        var bytes = Cast.everyPrepared(refresh).get(1).encode();
        bytes[bytes.length - 1] ^= 1;
        var forged = Statement.decode(bytes);

        assertNoCertificate(with(2, statement -> forged), "signature of party 2");
    }

    @Test
    void refusesTheSignatureOfAnotherPlayer() {
        assertNoCertificate(
                with(2, statement -> Statement.sign(Verb.PREPARED, statement.subject(), Cast.signer(3))),
                "signature of party 2");
    }

    @Test
    void refusesAPlayerThatIsNotConfigured() {
        StatementKeys withoutPlayerThree = id -> id.equals(Cast.id(3)) ? java.util.Optional.empty() : Cast.keys().of(id);

        assertThatThrownBy(() -> Certificate.check(Cast.everyPrepared(refresh), withoutPlayerThree, Cast.VERIFIER))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("TPC-1")
                .hasMessageContaining("signature of party 3");
    }

    @Test
    void acceptsAKeyWithoutPairState() throws Refused {
        var statements = Cast.everyPrepared(refresh).stream()
                .map(statement -> resigned(statement, refresh, SetupVector.NONE))
                .toList();

        assertThat(check(statements).prepared()).hasSize(3);
    }

    @Test
    void comparesSetupsWithinEachCommittee() throws Refused {
        assertThat(check(Cast.everyPrepared(Cast.redistribution(2, 3, 4, 5))).prepared()).hasSize(7);
    }

    @Test
    void countsAsTopOnlyWithMoreOtherPartiesThanMayBeCorrupt() throws Refused {
        var certificate = check(Cast.everyPrepared(refresh));
        var parties = Set.of(Cast.id(1), Cast.id(2), Cast.id(3));

        assertThat(certificate.countsFor(Cast.id(1), parties, 1)).isTrue();
        assertThat(certificate.countsFor(Cast.id(1), parties, 2)).isFalse();
        assertThat(certificate.countsFor(Cast.id(1), Set.of(Cast.id(1), Cast.id(2), Cast.id(4)), 1))
                .isFalse();
    }
}
