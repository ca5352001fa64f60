package quorate.api;

import org.jspecify.annotations.Nullable;

/**
 * What is to be signed, and by which descendant of the key: the same for both ways to sign.
 *
 * <p>Exactly one of {@code message} and {@code hash} is there. Whether the key takes a hash, and the path, is for the
 * node to say: the records refuse only what is no path at all.
 */
public sealed interface Signable permits PartialRequest, SignRequest {
    int MAX_MESSAGE_BYTES = 48 * 1024;
    int MAX_HASH_BYTES = 64;
    int REQUEST_NONCE_BYTES = 32;

    /** The key itself. */
    String ROOT_PATH = "m";

    @Nullable Bytes message();

    /** Of ECDSA: signed as it is. */
    @Nullable Bytes hash();

    @Nullable String path();

    @Nullable Taproot taproot();

    /** Of ECDSA: mixed into the nonce. */
    @Nullable Bytes requestNonce();

    /** The path, that of the key itself where none was given. */
    default String pathOrRoot() {
        var path = path();
        return path == null ? ROOT_PATH : path;
    }
}
