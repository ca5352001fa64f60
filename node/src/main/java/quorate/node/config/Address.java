package quorate.node.config;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/**
 * A host and a port: {@code node1.example.org:9201}, {@code 127.0.0.1:9201}, {@code [::1]:9201}. The name is
 * resolved whenever it is used, so that a peer may move.
 *
 * @param host a name, or a literal address without brackets
 * @param port 0 only to listen on any free port
 */
public record Address(String host, int port) {
    private static final Pattern TEXT =
            Pattern.compile("(?:\\[(?<v6>[0-9a-fA-F:.]{2,45})]"
                    + "|(?<name>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?))"
                    + ":(?<port>[0-9]{1,5})");
    private static final int LARGEST_PORT = 65535;

    public Address {
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("no port: " + port);
        }
    }

    /** The inverse of {@link #toString}. */
    public static Address parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not host:port");
        }
        var v6 = match.group("v6");
        return new Address(v6 != null ? v6 : match.group("name"), Integer.parseInt(match.group("port")));
    }

    /** Looks the name up; unresolved if it is not known now. */
    public InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
