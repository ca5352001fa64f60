package quorate.rounds;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Transcript;

/** Parties for tests: the stand-ins of vectors/quorate/project-kat.json, and signatures that anybody can make. */
final class Example {
    static final byte[] SESSION = KnownAnswers.hex(KnownAnswers.field("ctx"), "sessionId");
    static final byte[] SHARE_ID = sha256(ascii("sharing"));
    static final byte[] PUBLIC_KEY = sha256(ascii("public key"));

    private Example() {}

    static Entry entry(int party) {
        return new Entry(
                0, party, named("identity", party), named("incarnation", party), named("database", party), named("key", party));
    }

    static List<Entry> entries(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(Example::entry).toList();
    }

    static byte[] roster(int n) {
        var roster = Transcript.of("roster");
        entries(n).forEach(entry -> roster.add(entry.id()));
        return roster.hash();
    }

    /** The key generation whose ctx the known answers have, as party {@code me} proposes it. */
    static Proposal keygen(int me) {
        return keygen(me, new byte[0]);
    }

    static Proposal keygen(int me, byte[] attributes) {
        return new Proposal(
                Operation.KEYGEN,
                Groups.SECP256K1,
                1,
                ascii("key-1"),
                3,
                1,
                roster(3),
                entries(3),
                entry(me),
                SESSION,
                List.of(attributes),
                List.of(),
                new byte[0],
                new byte[0],
                new byte[0]);
    }

    static Proposal signing(int me, Offer... offers) {
        return new Proposal(
                Operation.FROST_INTERACTIVE,
                Groups.SECP256K1,
                2,
                ascii("key-1"),
                3,
                1,
                roster(3),
                entries(3),
                entry(me),
                SESSION,
                List.of(),
                List.of(offers),
                PUBLIC_KEY,
                new byte[0],
                new byte[0]);
    }

    /** The "signature" of a party is a hash of its public key and the digest. */
    static StatementSigner signer(int party) {
        return digest -> sign(entry(party).statementKey(), digest);
    }

    static final StatementVerifier VERIFIER =
            (publicKey, digest, signature) -> Arrays.equals(signature, sign(publicKey, digest));

    private static byte[] sign(byte[] publicKey, byte[] digest) {
        var half = sha256(Encoding.concat(publicKey, digest));
        return Encoding.concat(half, half);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] named(String what, int party) {
        return sha256(Encoding.concat(ascii(what), Encoding.i2osp(party, 2)));
    }

    static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
