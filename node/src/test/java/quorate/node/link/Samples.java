package quorate.node.link;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import quorate.node.identity.Bytes32;
import quorate.node.identity.NodeIdentity;

/** Identities are made once: only their being different matters. */
final class Samples {
    static final SecureRandom RANDOM = new SecureRandom();
    private static final List<NodeIdentity> IDENTITIES = IntStream.rangeClosed(1, 4)
            .mapToObj(player -> NodeIdentity.generate(player, List.of(), RANDOM))
            .toList();

    private Samples() {}

    static NodeIdentity identity(int player) {
        return IDENTITIES.get(player - 1);
    }

    static Bytes32 random32() {
        var bytes = new byte[Bytes32.LENGTH];
        RANDOM.nextBytes(bytes);
        return Bytes32.of(bytes);
    }

    /** A fresh process on a fresh database. */
    static Incarnation incarnation() {
        return new Incarnation(random32(), random32(), 1);
    }

    /** The next start on the same database. */
    static Incarnation restarted(Incarnation before) {
        return new Incarnation(random32(), before.dbi(), before.startNo() + 1);
    }

    static SignedLink link(int from, int to, Incarnation incarnation, long linkNo) {
        var signer = identity(from).statements();
        return SignedLink.sign(identity(from).id(), identity(to).id(), incarnation, linkNo, 1_000 + linkNo, signer);
    }
}
