package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What counts as top of AGREE: Appendix B 7 and 8 of protocols.md. */
class CertifiedEpochsTest {
    private final Operation refresh = Cast.refresh(3);

    /** Node 1 of a 2-of-3 key. */
    private static CertifiedEpochs epochs(Octets keyId, Set<Octets> parties) {
        return new CertifiedEpochs(keyId, Cast.id(1), parties, 1, Cast.keys(), Cast.VERIFIER);
    }

    private static CertifiedEpochs epochs() {
        return epochs(Cast.KEY_ID, Set.of(Cast.id(1), Cast.id(2), Cast.id(3)));
    }

    private static byte[] cert(List<Statement> statements) {
        return Statement.encodeList(statements);
    }

    @Test
    void readsTheEpochOfACertificate() {
        assertThat(epochs().of(cert(Cast.everyPrepared(refresh)))).hasValue(1);
    }

    @Test
    void ignoresNothingAndNoise() {
        assertThat(epochs().of(new byte[0])).isEmpty();
        assertThat(epochs().of(cert(List.of()))).isEmpty();
        var bytes = cert(Cast.everyPrepared(refresh));
        for (int at = 0; at < bytes.length; at += 7) {
            var flipped = bytes.clone();
            flipped[at] ^= 1;
            assertThat(epochs().of(flipped)).as("byte %s", at).isEmpty();
        }
    }

    @Test
    void ignoresAClaimThatNotEverybodyPrepared() {
        var statements = new ArrayList<>(Cast.everyPrepared(refresh));
        statements.set(1, Cast.statement(Verb.REFUSED, refresh, 2));
        assertThat(epochs().of(cert(statements))).isEmpty();
        assertThat(epochs().of(cert(Cast.everyPrepared(refresh).subList(0, 2)))).isEmpty();
    }

    @Test
    void ignoresACertificateOfAnotherKey() {
        assertThat(epochs(Octets.of(new byte[] {'k'}), Set.of(Cast.id(2), Cast.id(3)))
                        .of(cert(Cast.everyPrepared(refresh))))
                .isEmpty();
    }

    /** A coalition of as many nodes as may be corrupt could certify any epoch. */
    @Test
    void ignoresACertificateOfTooFewOtherParties() {
        var statements = cert(Cast.everyPrepared(refresh));
        assertThat(epochs(Cast.KEY_ID, Set.of(Cast.id(1), Cast.id(2))).of(statements)).isEmpty();
        assertThat(epochs(Cast.KEY_ID, Set.of(Cast.id(2), Cast.id(3))).of(statements)).hasValue(1);
    }
}
