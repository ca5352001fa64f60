package quorate.recovery.key;

import java.util.Arrays;
import java.util.HexFormat;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.rsa.Pem;

/**
 * A private key of an elliptic curve in PEM: ECPrivateKey of RFC 5915, bare or in PKCS#8. The public key is left out.
 */
final class EcPrivateKey {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xa0;
    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final byte[] SECP256K1 = HexFormat.of().parseHex("06052b8104000a");
    private static final byte[] P256 = HexFormat.of().parseHex("06082a8648ce3d030107");
    private static final int SHORT_FORM = 128;

    private EcPrivateKey() {}

    static byte[] pkcs8(Group group, byte[] scalar) {
        var inner = privateKey(scalar, new byte[0]);
        var octets = der(OCTET_STRING, inner);
        var algorithm = der(SEQUENCE, Encoding.concat(EC_PUBLIC_KEY, curve(group)));
        var whole = der(SEQUENCE, Encoding.concat(der(INTEGER, new byte[1]), algorithm, octets));
        return pem(Pem.PRIVATE_KEY, whole, inner, octets);
    }

    static byte[] sec1(Group group, byte[] scalar) {
        return pem("EC PRIVATE KEY", privateKey(scalar, der(PARAMETERS, curve(group))));
    }

    private static byte[] privateKey(byte[] scalar, byte[] parameters) {
        var octets = der(OCTET_STRING, scalar);
        try {
            return der(SEQUENCE, Encoding.concat(der(INTEGER, new byte[] {1}), octets, parameters));
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static byte[] curve(Group group) {
        return (group.equals(Groups.P256) ? P256 : SECP256K1).clone();
    }

    private static byte[] der(int tag, byte[] content) {
        if (content.length >= SHORT_FORM) {
            throw new IllegalArgumentException("no key of " + content.length + " bytes is written here");
        }
        return Encoding.concat(new byte[] {(byte) tag, (byte) content.length}, content);
    }

    private static byte[] pem(String label, byte[] der, byte[]... alsoSecret) {
        try {
            return Pem.encode(label, der);
        } finally {
            Arrays.fill(der, (byte) 0);
            for (var secret : alsoSecret) {
                Arrays.fill(secret, (byte) 0);
            }
        }
    }
}
