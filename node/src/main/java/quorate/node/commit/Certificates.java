package quorate.node.commit;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import quorate.algebra.DecodingException;
import quorate.commit.Certificate;
import quorate.commit.Octets;
import quorate.commit.OperationRecord;
import quorate.commit.StatementKeys;
import quorate.rounds.CertifiedEpoch;
import quorate.rounds.Refused;
import quorate.rounds.StatementVerifier;
import quorate.store.Database;

/**
 * The certificates of operations that this node knows, and what those of others prove: the epoch of a new sharing is
 * above every certified one (protocols.md 5.1).
 */
public final class Certificates {
    private final Octets me;
    private final Database database;
    private final Records records;
    private final StatementKeys keys;
    private final StatementVerifier verifier;

    /**
     * @param me this node's id
     * @param keys the statement keys of the configured players
     */
    public Certificates(Octets me, Database database, StatementKeys keys, StatementVerifier verifier) {
        this.me = me;
        this.database = database;
        this.records = new Records(database);
        this.keys = keys;
        this.verifier = verifier;
    }

    /** {@code top} of AGREE: the certificate with the highest newEpoch of the key, if that is above {@code offered}. */
    public byte[] top(String keyId, long offered) {
        return highest(keyId)
                .filter(certificate -> certificate.operation().newEpoch() > offered)
                .map(Certificate::encode)
                .orElseGet(() -> new byte[0]);
    }

    /** The certificate with the highest newEpoch of the key that this node holds. */
    public Optional<Certificate> highest(String keyId) {
        return database.operations().ofKey(keyId).stream()
                .flatMap(stored -> records
                        .find(Records.key(keyId), Records.octets(stored.operation().opId()))
                        .flatMap(OperationRecord::certificate)
                        .stream())
                .max(Comparator.comparingLong(certificate -> certificate.operation().newEpoch()));
    }

    /**
     * What the {@code top} of others prove to this node.
     *
     * @param parties ids of the parties of this node's record of the key
     * @param degree of its sharing
     */
    public CertifiedEpoch judge(Octets keyId, Set<Octets> parties, int degree) {
        return top -> {
            if (top.length == 0) {
                return OptionalLong.empty();
            }
            try {
                var certificate = Certificate.check(Certificate.decode(top), keys, verifier);
                boolean counts = certificate.operation().keyId().equals(keyId)
                        && certificate.countsFor(me, parties, degree);
                return counts ? OptionalLong.of(certificate.operation().newEpoch()) : OptionalLong.empty();
            } catch (DecodingException | Refused e) {
                return OptionalLong.empty();
            }
        };
    }
}
