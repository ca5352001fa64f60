package quorate.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.cli.backup.NodeBackupFiles;
import quorate.cli.cluster.NodeJvm;
import quorate.cli.drill.NodeScratchFounding;
import quorate.cli.key.KeyKind;
import quorate.cli.node.NodeFounding;
import quorate.cli.node.NodeHosting;
import quorate.cli.share.NodeShareFiles;
import quorate.cli.terminal.CommandFailed;
import quorate.ecdsa.MessageHash;
import quorate.node.Node;
import quorate.node.NodeProcess;
import quorate.node.config.ConfigException;
import quorate.node.problem.StoreProblems;
import quorate.store.StoreException;
import quorate.testkit.verify.IndependentVerifier;
import quorate.testkit.verify.IndependentVerifier.Curve;

/** Binds the commands to the node module: the one place that knows both. */
final class Wiring {
    private Wiring() {}

    static Parts parts() {
        var random = new SecureRandom();
        var starter = new NodeJvm(Main.class.getName());
        return new Parts(
                new NodeFounding(random),
                Wiring::run,
                starter,
                config -> host(config, random),
                new NodeBackupFiles(random, Clock.systemUTC()),
                new NodeScratchFounding(random),
                starter.endingWithUs(),
                new NodeShareFiles(random),
                Wiring::verifies);
    }

    private interface Start<T> {
        T start() throws ConfigException, IOException, InterruptedException;
    }

    private static int run(Path config) throws InterruptedException {
        return started(() -> NodeProcess.run(config) ? 0 : 1);
    }

    private static NodeHosting.Hosted host(Path config, SecureRandom random) {
        try {
            return started(() -> Node.start(config, random, Clock.systemUTC()))::close;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ProblemCode.INTERRUPTED, "interrupted while a node was starting");
        }
    }

    private static <T> T started(Start<T> start) throws InterruptedException {
        try {
            return start.start();
        } catch (ConfigException e) {
            throw new CommandFailed(ProblemCode.CONFIGURATION, String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            throw new CommandFailed(
                    ProblemCode.NODE_NOT_STARTED,
                    String.valueOf(e.getMessage()),
                    "See: quorate explain " + StoreProblems.code(e));
        } catch (IOException e) {
            throw new CommandFailed(ProblemCode.NODE_NOT_STARTED, String.valueOf(e.getMessage()));
        }
    }

    private static boolean verifies(
            KeyKind kind, Bytes publicKey, Bytes message, Bytes signature, @Nullable Integer recoveryId) {
        var key = publicKey.toArray();
        var signed = message.toArray();
        var bytes = signature.toArray();
        return switch (kind) {
            case ED25519 -> IndependentVerifier.ed25519(key, signed, bytes);
            case BIP340 -> IndependentVerifier.bip340(key, signed, bytes);
            case P256 -> IndependentVerifier.schnorr(Curve.P256, key, signed, bytes);
            case SECP256K1 -> IndependentVerifier.schnorr(Curve.SECP256K1, key, signed, bytes);
            case ECDSA_P256 ->
                IndependentVerifier.ecdsa(Curve.P256, key, MessageHash.sha256(signed), bytes)
                        && recovers(Curve.P256, key, MessageHash.sha256(signed), bytes, recoveryId);
            case ECDSA_SECP256K1 ->
                IndependentVerifier.lowSEcdsa(Curve.SECP256K1, key, MessageHash.sha256(signed), bytes)
                        && recovers(Curve.SECP256K1, key, MessageHash.sha256(signed), bytes, recoveryId);
        };
    }

    private static boolean recovers(
            Curve curve, byte[] key, byte[] digest, byte[] signature, @Nullable Integer recoveryId) {
        return recoveryId != null
                && IndependentVerifier.recover(curve, digest, signature, recoveryId)
                        .filter(found -> Arrays.equals(found, key))
                        .isPresent();
    }
}
