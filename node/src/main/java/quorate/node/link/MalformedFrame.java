package quorate.node.link;

import java.io.IOException;

/** A peer sent something that is no frame, or not here. Ends its link. Never shows the bytes. */
final class MalformedFrame extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedFrame(String reason) {
        super(reason);
    }

    MalformedFrame(String reason, Throwable cause) {
        super(reason, cause);
    }
}
