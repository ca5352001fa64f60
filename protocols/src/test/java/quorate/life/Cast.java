package quorate.life;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.commit.Octets;
import quorate.commit.StatementKeys;
import quorate.rounds.Entry;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;

/**
 * The nodes of a simulated installation; everything about them follows from their numbers. A signature here is the signer's
 * public key and the digest: any bit of it that changes makes it invalid, which is all that sessions and commits ask of one.
 */
final class Cast {
    static final int NODES = 9;
    static final StatementVerifier VERIFIER = (publicKey, digest, signature) ->
            Arrays.equals(publicKey, 0, 32, signature, 0, 32) && Arrays.equals(digest, 0, 32, signature, 32, 64);

    private static final Map<Octets, Integer> NUMBERS = IntStream.rangeClosed(1, NODES)
            .boxed()
            .collect(Collectors.toUnmodifiableMap(node -> name("id", node), Function.identity()));

    private Cast() {}

    static Octets name(String what, long number) {
        return Octets.of(Transcript.of("test")
                .add(what.getBytes(StandardCharsets.UTF_8))
                .addU64(number)
                .hash());
    }

    static Octets id(int node) {
        return name("id", node);
    }

    /** The node with this id. */
    static int node(Octets id) {
        return Optional.ofNullable(NUMBERS.get(id)).orElseThrow();
    }

    static byte[] statementKey(int node) {
        return name("statement key", node).bytes();
    }

    static StatementSigner signer(int node) {
        return digest -> Encoding.concat(statementKey(node), digest);
    }

    static StatementKeys keys() {
        return id -> Optional.ofNullable(NUMBERS.get(id)).map(Cast::statementKey);
    }

    static byte[] roster(List<Integer> nodes) {
        var transcript = Transcript.of("roster");
        nodes.forEach(node -> transcript.add(id(node).bytes()));
        return transcript.hash();
    }

    static List<byte[]> ids(List<Integer> nodes) {
        return nodes.stream().map(node -> id(node).bytes()).toList();
    }

    /** A process of a node, as a participant. */
    static Entry entry(int role, int index, Node node) {
        return new Entry(
                role,
                index,
                id(node.number()).bytes(),
                node.incarnation().bytes(),
                node.disk().database().bytes(),
                statementKey(node.number()));
    }
}
