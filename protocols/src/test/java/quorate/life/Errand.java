package quorate.life;

import java.util.List;
import java.util.stream.Stream;
import quorate.commit.Octets;

/** What administrators ask nodes to do together; each node is asked by itself. Parties are nodes in this order. */
sealed interface Errand {
    Octets session();

    /** The key that changes. */
    String keyId();

    /** Who is asked. */
    List<Integer> nodes();

    record Generate(Octets session, String keyId, List<Integer> nodes, int threshold) implements Errand {}

    record Reshare(Octets session, String keyId, List<Integer> nodes) implements Errand {}

    /**
     * A repair of the share of {@code target}.
     *
     * @param committee all parties of the key
     */
    record Mend(
            Octets session,
            String keyId,
            List<Integer> committee,
            int threshold,
            int target,
            List<Integer> helpers,
            byte[] publicKey)
            implements Errand {
        @Override
        public List<Integer> nodes() {
            return committee.stream().filter(node -> node == target || helpers.contains(node)).toList();
        }
    }

    /**
     * A copy under another id.
     *
     * @param committee all parties of the old key; {@code dealers} of them give it to {@code nodes}
     */
    record Copy(
            Octets session,
            String oldKeyId,
            String keyId,
            List<Integer> committee,
            int oldThreshold,
            List<Integer> dealers,
            List<Integer> receivers,
            int threshold,
            byte[] publicKey)
            implements Errand {
        @Override
        public List<Integer> nodes() {
            return Stream.concat(dealers.stream(), receivers.stream()).distinct().toList();
        }
    }
}
