package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.rounds.Refused;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;

/** Three nodes, real Ed25519 signatures by the JDK, everything over the wire: a refresh from PENDING to CLEAN. */
class CommitStoryTest {
    private static final byte[] ED25519_SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Operation refresh = Cast.refresh(3);

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static StatementSigner signer(KeyPair pair) {
        return digest -> {
            try {
                var signature = Signature.getInstance("Ed25519");
                signature.initSign(pair.getPrivate());
                signature.update(digest);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        };
    }

    private static final StatementVerifier VERIFIER = (key, digest, signature) -> {
        try {
            PublicKey publicKey = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Encoding.concat(ED25519_SPKI, key)));
            var verification = Signature.getInstance("Ed25519");
            verification.initVerify(publicKey);
            verification.update(digest);
            return verification.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    };

    private static byte[] raw(PublicKey key) {
        var spki = key.getEncoded();
        return Arrays.copyOfRange(spki, ED25519_SPKI.length, spki.length);
    }

    @Test
    void threeNodesReachClean() throws Refused, TestNode.LostRace, DecodingException {
        var pairs = List.of(keyPair(), keyPair(), keyPair());
        var keys = Map.of(
                Cast.id(1), raw(pairs.get(0).getPublic()),
                Cast.id(2), raw(pairs.get(1).getPublic()),
                Cast.id(3), raw(pairs.get(2).getPublic()));
        var nodes = new ArrayList<TestNode>();
        for (int player = 1; player <= 3; player++) {
            var machine = new CommitMachine(
                    Cast.id(player),
                    Cast.database(player),
                    id -> Optional.ofNullable(keys.get(id)),
                    signer(pairs.get(player - 1)),
                    VERIFIER);
            nodes.add(new TestNode(machine, Cast.BASE));
        }

        var wire = new ArrayList<byte[]>();
        for (var node : nodes) {
            var seat = new Seat(0, nodes.indexOf(node) + 1);
            node.prepare(refresh, seat).writeTo(node).statements().forEach(said -> wire.add(said.encode()));
        }
        for (int delivered = 0; delivered < wire.size(); delivered++) {
            var statement = Statement.decode(wire.get(delivered));
            for (var node : nodes) {
                if (node != nodes.get(statement.seat().index() - 1)) {
                    node.hear(refresh, List.of(statement)).stream()
                            .filter(said -> !isOn(wire, said))
                            .forEach(said -> wire.add(said.encode()));
                }
            }
        }

        for (var node : nodes) {
            assertThat(node.state(refresh)).isEqualTo(State.CLEAN);
            assertThat(node.active).isEqualTo(refresh.newShareId());
            assertThat(node.record(refresh).orElseThrow().statements().all()).hasSize(9);
        }
        assertThat(wire).hasSize(9);
    }

    private static boolean isOn(List<byte[]> wire, Statement said) {
        return wire.stream().anyMatch(bytes -> Arrays.equals(bytes, said.encode()));
    }
}
