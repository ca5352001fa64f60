package quorate.sdk;

import java.net.URI;
import quorate.api.Bytes;

/**
 * Where the API of one node is, and the SHA-256 of the SubjectPublicKeyInfo that its certificate must have. Nothing
 * else about the certificate matters: not its names, not its issuer, not its dates.
 */
public record NodeEndpoint(int player, URI api, Bytes apiSha256) {
    public NodeEndpoint {
        if (player < 1) {
            throw new IllegalArgumentException("players are numbered from 1, not " + player);
        }
        if (!"https".equals(api.getScheme()) || api.getHost() == null) {
            throw new IllegalArgumentException("the address of node " + player + " must be https://host:port");
        }
        if (apiSha256.size() != 32) {
            throw new IllegalArgumentException("the fingerprint of node " + player + " must have 32 bytes");
        }
    }
}
