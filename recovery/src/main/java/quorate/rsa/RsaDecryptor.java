package quorate.rsa;

import java.util.Optional;

/** An RSA private key at the place where its owner keeps it: a file, or a token that never gives it out. */
public interface RsaDecryptor extends AutoCloseable {
    /** That of its public half. */
    Fingerprint fingerprint();

    /**
     * The k of {@link RsaWrap#KEY_BYTES} bytes in an OAEP ciphertext; the caller wipes it. Empty if it is not one for
     * this
     * key: what is wrong with it is not said.
     *
     * @throws IllegalStateException if the key cannot be used at all: a token that is gone, or does not allow
     * decryption
     */
    Optional<byte[]> unwrap(byte[] kem);

    /** Ends the session with a token; nothing for a file. */
    @Override
    void close();
}
