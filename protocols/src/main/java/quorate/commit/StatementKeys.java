package quorate.commit;

import java.util.Optional;

/** The statement keys of the configured players (protocols.md 0.4): with them, a statement is judged from its bytes. */
@FunctionalInterface
public interface StatementKeys {
    /** The Ed25519 public key, 32 bytes, of the configured node with this id. */
    Optional<byte[]> of(Octets id);
}
