package quorate.sdk;

import quorate.api.Bytes;

/** What is to be signed. */
public sealed interface ToSign {
    Bytes bytes();

    /** The message itself; the nodes hash it as the scheme says. */
    record Message(Bytes bytes) implements ToSign {}

    /** Of ECDSA: a hash that the caller made, signed as it is. Keys for messages only refuse it. */
    record Hash(Bytes bytes) implements ToSign {}
}
