package quorate.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.ProblemCode;
import quorate.api.Signable;
import quorate.cli.key.KeyKind;
import quorate.cli.terminal.CommandFailed;
import quorate.sdk.KeyDerivation;
import quorate.sdk.Signing;
import quorate.sdk.Tsm;

/** Has a quorum sign, in each way there is, and has other people's code check every signature. */
final class Signatures {
    private static final Bytes MESSAGE =
            Bytes.of("Keys that nobody holds and nobody loses.".getBytes(StandardCharsets.UTF_8));

    private final Tsm tsm;
    private final SignatureVerifier verifier;

    Signatures(Tsm tsm, SignatureVerifier verifier) {
        this.tsm = tsm;
        this.verifier = verifier;
    }

    /** Interactively. */
    void sign(KeyInfo key, String path, List<Integer> signers) {
        var signed = tsm.sign(signing(key, path, signers));
        require(key, path, signers, signed.publicKey(), signed.signature(), signed.recoveryId());
    }

    /** From any presignature of these signers; answers which was used up. */
    Bytes signPresigned(KeyInfo key, List<Integer> signers) {
        var path = Signable.ROOT_PATH;
        var signed = tsm.signWithPresignature(signing(key, path, signers));
        require(key, path, signers, signed.publicKey(), signed.signature(), signed.recoveryId());
        return signed.presignatureId();
    }

    static Signing signing(KeyInfo key, String path, List<Integer> signers) {
        return Signing.of(key.keyId(), MESSAGE).at(path).with(signers);
    }

    /** The public key is computed here, from what was answered when the key was generated. */
    private void require(
            KeyInfo key,
            String path,
            List<Integer> signers,
            Bytes publicKey,
            Bytes signature,
            @Nullable Integer recoveryId) {
        var expected = KeyDerivation.publicKey(key, path);
        var kind = KeyKind.of(key);
        if (!publicKey.equals(expected) || !verifier.verifies(kind, expected, MESSAGE, signature, recoveryId)) {
            throw new CommandFailed(
                    ProblemCode.INTERNAL,
                    "the signature of nodes " + signers + " with the " + kind + " key at path " + path
                            + " does not verify with an independent implementation");
        }
    }
}
