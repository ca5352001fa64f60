package quorate.cli.drill;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.ProblemCode;
import quorate.api.SignResult;
import quorate.cli.demo.SignatureVerifier;
import quorate.cli.key.KeyKind;
import quorate.cli.terminal.CommandFailed;
import quorate.sdk.KeyDerivation;
import quorate.sdk.Signing;
import quorate.sdk.Tsm;
import quorate.sdk.TsmException;

/**
 * Has restored nodes sign a message that says of itself that it is nothing but a drill: text with a random number, which
 * is no transaction and no order in any format. The signature is checked by other people's code and thrown away.
 */
final class DrillSignatures {
    private static final int NUMBER_BYTES = 32;

    /** What passes by itself on a busy machine. */
    private static final Set<ProblemCode> WORTH_ANOTHER_TRY = EnumSet.of(
            ProblemCode.PEER_SILENT,
            ProblemCode.PEER_ABORTED,
            ProblemCode.NODE_UNREACHABLE,
            ProblemCode.NOT_ENOUGH_NODES);

    private final Tsm tsm;
    private final SignatureVerifier verifier;
    private final SecureRandom random;

    DrillSignatures(Tsm tsm, SignatureVerifier verifier, SecureRandom random) {
        this.tsm = tsm;
        this.verifier = verifier;
        this.random = random;
    }

    /**
     * Interactively, by exactly these nodes, at the shortest path that the key allows.
     *
     * @throws TsmException if they do not sign
     * @throws CommandFailed if what they answer is no signature of the key
     */
    void sign(KeyInfo key, List<Integer> signers) {
        var path = "m" + "/0".repeat(key.minPathLength());
        var message = message(key);
        var signing = Signing.of(key.keyId(), message).at(path).with(signers);
        var signed = signWithPatience(signing);
        var expected = KeyDerivation.publicKey(key, path);
        if (!signed.publicKey().equals(expected)
                || !verifier.verifies(KeyKind.of(key), expected, message, signed.signature(), signed.recoveryId())) {
            throw new CommandFailed(
                    ProblemCode.SIGNATURE_INVALID,
                    "the signature of nodes " + signers + " does not verify with an independent implementation");
        }
    }

    private SignResult signWithPatience(Signing signing) {
        try {
            return tsm.sign(signing);
        } catch (TsmException e) {
            if (WORTH_ANOTHER_TRY.contains(e.code())) {
                return tsm.sign(signing);
            }
            throw e;
        }
    }

    private Bytes message(KeyInfo key) {
        var number = new byte[NUMBER_BYTES];
        random.nextBytes(number);
        var text = """
                This signature proves that a backup of Quorate can be restored. It orders nothing and agrees to nothing.
                key %s
                drill %s
                """.formatted(key.keyId(), HexFormat.of().formatHex(number));
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
