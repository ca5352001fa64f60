package quorate.api;

/**
 * A key whose stored record contradicts itself or does not belong to the node. Nothing in the record is to be
 * trusted, so none of it is shown; the node does not sign with it.
 *
 * @param check the check of the protocol specification that failed
 */
public record UnsoundKey(String keyId, String check, String defect) {
    public UnsoundKey {
        Require.present("keyId", keyId);
        Require.present("check", check);
        Require.present("defect", defect);
    }
}
