package quorate.node.session;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import quorate.api.ProblemCode;
import quorate.rounds.Frame;

/**
 * Abort of protocols.md 0.7 by a node whose own caller was refused: it has no session, and the others need not wait for
 * it. Layout: session id 32 || the name of the reason in ASCII.
 */
record Declined(SessionId session, ProblemCode reason) {
    byte[] encode() {
        var name = reason.name().getBytes(StandardCharsets.US_ASCII);
        var encoded = Arrays.copyOf(session.bytes(), Frame.SESSION_BYTES + name.length);
        System.arraycopy(name, 0, encoded, Frame.SESSION_BYTES, name.length);
        return encoded;
    }

    /** Total; a reason that this version does not know is a refusal. */
    static Optional<Declined> decode(byte[] encoded) {
        if (encoded.length <= Frame.SESSION_BYTES) {
            return Optional.empty();
        }
        var session = new SessionId(Arrays.copyOf(encoded, Frame.SESSION_BYTES));
        var name = new String(
                encoded, Frame.SESSION_BYTES, encoded.length - Frame.SESSION_BYTES, StandardCharsets.US_ASCII);
        return Optional.of(new Declined(
                session,
                Arrays.stream(ProblemCode.values())
                        .filter(code -> code.name().equals(name))
                        .findFirst()
                        .orElse(ProblemCode.REFUSED)));
    }
}
