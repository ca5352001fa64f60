package quorate.presign;

/** What a presignature can become. */
public enum Kind {
    ECDSA,
    FROST
}
