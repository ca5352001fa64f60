package quorate.commit;

import java.util.OptionalLong;
import java.util.Set;
import quorate.algebra.DecodingException;
import quorate.rounds.CertifiedEpoch;
import quorate.rounds.Refused;
import quorate.rounds.StatementVerifier;

/**
 * Judges {@code top} of AGREE (protocols.md 5.1, 5.4): it counts if it is a certificate for this key that one honest other
 * party has signed.
 *
 * @param me this node's id
 * @param parties the ids of the parties of this node's own record, or of all players without a record
 * @param degree of the key: threshold - 1
 */
public record CertifiedEpochs(
        Octets keyId, Octets me, Set<Octets> parties, int degree, StatementKeys keys, StatementVerifier verifier)
        implements CertifiedEpoch {
    public CertifiedEpochs {
        parties = Set.copyOf(parties);
    }

    @Override
    public OptionalLong of(byte[] top) {
        try {
            var prepared = Certificate.decode(top);
            // Cheap questions first: anybody can send a long list.
            if (prepared.isEmpty() || !prepared.getFirst().operation().keyId().equals(keyId)) {
                return OptionalLong.empty();
            }
            var certificate = Certificate.check(prepared, keys, verifier);
            return certificate.countsFor(me, parties, degree)
                    ? OptionalLong.of(certificate.operation().newEpoch())
                    : OptionalLong.empty();
        } catch (DecodingException | Refused e) {
            return OptionalLong.empty(); // A claim without certificate is ignored.
        }
    }
}
