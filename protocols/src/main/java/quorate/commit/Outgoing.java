package quorate.commit;

import java.util.List;
import java.util.Optional;

/**
 * What a node says to all other participants, its own statements, with the certificate where the table
 * asks for it. Sending it more than once is harmless, losing it too.
 */
public record Outgoing(List<Statement> statements, Optional<Certificate> certificate) {
    static final Outgoing NOTHING = new Outgoing(List.of(), Optional.empty());

    public Outgoing {
        statements = List.copyOf(statements);
    }

    public boolean isSilent() {
        return statements.isEmpty();
    }
}
