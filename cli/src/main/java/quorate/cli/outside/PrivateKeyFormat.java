package quorate.cli.outside;

/** The formats of private keys that are read. */
public enum PrivateKeyFormat {
    /** 32 bytes, or 64 hexadecimal digits; big-endian, of edwards25519 little-endian. */
    RAW("raw"),
    /** PKCS#8 ({@code PRIVATE KEY}) or SEC1 ({@code EC PRIVATE KEY}). */
    PEM("pem"),
    /** Wallet import format of Bitcoin: Base58Check. */
    WIF("wif"),
    /** Keystore version 3 of Ethereum, under a password. */
    KEYSTORE("keystore"),
    /** The 32-byte private key of RFC 8032, from which Ed25519 expands its scalar. */
    ED25519_SEED("ed25519-seed");

    private final String text;

    PrivateKeyFormat(String text) {
        this.text = text;
    }

    /** As options name it. */
    @Override
    public String toString() {
        return text;
    }
}
