package quorate.commit;

import java.util.Optional;

/** The statement keys of the configured players (protocols.md 0.4): all that judging a statement needs besides its bytes. */
@FunctionalInterface
public interface StatementKeys {
    /** The Ed25519 public key, 32 bytes, of the configured node with this id. */
    Optional<byte[]> of(Octets id);
}
