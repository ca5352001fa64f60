package quorate.commit;

import quorate.algebra.Transcript;

/**
 * What K of protocols.md 5.4 confirms: all of the new key record that must be the same on every node.
 *
 * @param n players of the new record
 * @param degree t' of the new record: threshold - 1
 * @param roster of the new record, 32 bytes
 * @param publicKey ser(pk)
 * @param chainCode 32 bytes
 * @param transcript D2 of the session, 32 bytes
 */
public record Confirmation(
        int protocolId,
        Octets opId,
        Octets keyId,
        int curveId,
        int scheme,
        int n,
        int degree,
        Octets roster,
        Octets publicKey,
        Octets chainCode,
        Octets newShareId,
        Octets transcript) {

    /** K, 32 bytes. */
    public Octets digest() {
        return Octets.of(Transcript.of("2pc/K")
                .addU8(protocolId)
                .add(opId.bytes())
                .add(keyId.bytes())
                .addU8(curveId)
                .addU8(scheme)
                .addU16(n)
                .addU16(degree)
                .add(roster.bytes())
                .add(publicKey.bytes())
                .add(chainCode.bytes())
                .add(newShareId.bytes())
                .add(transcript.bytes())
                .hash());
    }
}
