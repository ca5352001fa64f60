package quorate.node.local;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import quorate.node.identity.OwnerOnly;

/** Where the socket of a node is: beside its configuration, with its name and {@code .sock}. */
public final class LocalAddress {
    /** What the systems have room for: 108 bytes on Linux, 104 on others, one of them for the end. */
    static final int LONGEST = 103;

    private LocalAddress() {}

    public static Path of(Path configuration) {
        var file = configuration.toAbsolutePath().normalize();
        return file.resolveSibling(file.getFileName() + ".sock");
    }

    /** @throws IOException naming path and limit, if no socket can have that name */
    static UnixDomainSocketAddress address(Path path) throws IOException {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST) {
            throw new IOException(path + " has " + length + " bytes, and the name of a socket at most " + LONGEST
                    + ": move the folder of the node to a shorter path");
        }
        return UnixDomainSocketAddress.of(path);
    }

    /** Refuses a socket that somebody else put there, or that others can reach: what is sent to it may be a share. */
    static void requireOwn(Path socket, Path configuration) throws IOException {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("there is no socket " + socket + ": the node does not run");
        }
        if (!Files.getOwner(socket, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(configuration))) {
            throw new IOException(socket + " is not of the owner of " + configuration);
        }
        var exposure = OwnerOnly.exposure(socket);
        if (exposure.isPresent()) {
            throw new IOException(exposure.get());
        }
    }
}
