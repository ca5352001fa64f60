package quorate.derive;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA512 under one chain code: 64 bytes, I_L and I_R. */
@FunctionalInterface
interface Hmac {
    byte[] of(byte[] data);

    static Hmac keyed(byte[] chainCode) {
        return data -> {
            try {
                var mac = Mac.getInstance("HmacSHA512");
                mac.init(new SecretKeySpec(chainCode, "HmacSHA512"));
                return mac.doFinal(data);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA512", e);
            }
        };
    }
}
