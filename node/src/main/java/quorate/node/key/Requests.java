package quorate.node.key;

import java.util.Optional;
import java.util.function.LongSupplier;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.api.Signable;
import quorate.derive.Derivations;
import quorate.derive.DerivedKey;
import quorate.derive.Path;
import quorate.ecdsa.EcdsaRequest;
import quorate.ecdsa.MessageHash;
import quorate.frost.SigningRequest;
import quorate.frost.Taproot;
import quorate.key.Scheme;
import quorate.node.problem.ProblemException;
import quorate.rounds.Refused;

/**
 * Reads what a caller wants signed, and refuses what the attributes of the key do not allow, before anything is claimed or
 * said to a peer (SIG-8). Keys on the way of a path are remembered.
 */
public final class Requests {
    /** About 500 bytes each. */
    private static final int REMEMBERED_KEYS = 10_000;

    private final Derivations derivations;

    /** @param nanos monotonic */
    public Requests(LongSupplier nanos) {
        derivations = new Derivations(REMEMBERED_KEYS, new DerivationRate(nanos));
    }

    /** By an ECDSA key. */
    public EcdsaRequest ecdsa(LoadedKey key, Signable request) {
        if (request.taproot() != null) {
            throw noTaproot();
        }
        var derived = derive(key, request);
        var nonce = request.requestNonce();
        try {
            return EcdsaRequest.of(
                    hash(key, request),
                    derived.path().encode(),
                    derived.tweak(),
                    nonce == null ? new byte[0] : nonce.toArray());
        } catch (Refused e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /** By a Schnorr key. */
    public SigningRequest frost(LoadedKey key, Signable request) {
        var message = request.message();
        if (message == null) {
            throw new ProblemException(ProblemCode.HASH_REFUSED, "a Schnorr key signs messages, not hashes");
        }
        if (request.requestNonce() != null) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "requestNonce is for ecdsa keys");
        }
        var taproot = Optional.ofNullable(request.taproot());
        if (taproot.isPresent() && key.sharing().scheme() != Scheme.BIP340) {
            throw noTaproot();
        }
        var tweak = taproot.map(Requests::taproot).orElse(Taproot.NONE);
        try {
            var signing = SigningRequest.of(derive(key, request), message.toArray(), tweak);
            signing.publicKey(key.sharing().scheme(), key.sharing().publicKey());
            return signing;
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static Taproot taproot(quorate.api.Taproot asked) {
        var root = asked.merkleRoot();
        return root == null ? Taproot.keyPath() : Taproot.scriptTree(root.toArray());
    }

    private static ProblemException noTaproot() {
        return new ProblemException(
                ProblemCode.BAD_REQUEST, "only a bip340 key has a Taproot output; leave taproot away");
    }

    private byte[] hash(LoadedKey key, Signable request) {
        var hash = request.hash();
        if (hash == null) {
            return MessageHash.sha256(Optional.ofNullable(request.message()).orElse(Bytes.of(new byte[0])).toArray());
        }
        if (key.attributes().messagesOnly()) {
            throw new ProblemException(
                    ProblemCode.HASH_REFUSED, "key " + key.description().keyId() + " signs messages only");
        }
        return hash.toArray();
    }

    private DerivedKey derive(LoadedKey key, Signable request) {
        try {
            var path = Path.parse(request.pathOrRoot());
            int least = key.attributes().minPathLength();
            if (path.depth() < least) {
                throw new ProblemException(
                        ProblemCode.PATH_REFUSED,
                        "key " + key.description().keyId() + " signs for paths of at least " + least + " steps, not "
                                + path);
            }
            return derivations.of(key.sharing(), path);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.PATH_REFUSED, String.valueOf(e.getMessage()));
        }
    }
}
