package quorate.cli.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quorate.cli.terminal.Host;
import quorate.sdk.AdminClient;
import quorate.sdk.Timeouts;
import quorate.sdk.Tsm;
import quorate.sdk.TsmClient;

/** The clients that one command needs, made when they are asked for and closed together. */
public final class Clients implements AutoCloseable {
    private final ClusterFile cluster;
    private final Host host;
    private final Timeouts timeouts;
    private @Nullable Tsm tsm;
    private @Nullable List<AdminClient> admins;
    private @Nullable List<AdminClient> custodians;
    private @Nullable List<TsmClient> users;

    public Clients(ClusterFile cluster, Host host) {
        this(cluster, host, host.timeouts());
    }

    public Clients(ClusterFile cluster, Host host, Timeouts timeouts) {
        this.cluster = cluster;
        this.host = host;
        this.timeouts = timeouts;
    }

    public ClusterFile cluster() {
        return cluster;
    }

    /** All nodes as a key user. */
    public Tsm tsm() {
        if (tsm == null) {
            tsm = new Tsm(
                    cluster.nodes().stream().map(node -> user(node.index())).toList(), host.random());
        }
        return tsm;
    }

    /** One node as a key user; whoever asks closes it. */
    public TsmClient user(int index) {
        var keys = CredentialsFile.load(cluster.userKeys());
        return new TsmClient(cluster.node(index).endpoint(), keys.keyFor(index), timeouts);
    }

    /** All nodes for which this user has a key user's credentials; none if he has no such file. */
    public List<TsmClient> users() {
        if (users == null) {
            users = Files.exists(cluster.userKeys()) ? allUsers() : List.of();
        }
        return users;
    }

    private List<TsmClient> allUsers() {
        var keys = CredentialsFile.load(cluster.userKeys());
        return cluster.nodes().stream()
                .filter(node -> keys.has(node.index()))
                .map(node -> new TsmClient(node.endpoint(), keys.keyFor(node.index()), timeouts))
                .toList();
    }

    /** All nodes for which this user has an administrator's credentials. */
    public List<AdminClient> admins() {
        if (admins == null) {
            admins = administrators(cluster.adminKeys());
        }
        return admins;
    }

    /** All nodes for which this user has the credentials to disclose keys to custodians. */
    public List<AdminClient> custodians() {
        if (custodians == null) {
            custodians = administrators(cluster.custodianKeys());
        }
        return custodians;
    }

    private List<AdminClient> administrators(Path credentials) {
        var keys = CredentialsFile.load(credentials);
        return cluster.nodes().stream()
                .filter(node -> keys.has(node.index()))
                .map(node -> new AdminClient(node.endpoint(), keys.keyFor(node.index()), timeouts))
                .toList();
    }

    /** One node as its administrator. */
    public AdminClient admin(int index) {
        cluster.node(index);
        return admins().stream()
                .filter(admin -> admin.player() == index)
                .findFirst()
                .orElseThrow(() -> {
                    CredentialsFile.load(cluster.adminKeys()).keyFor(index);
                    return new IllegalStateException("node " + index + " has a key and no client");
                });
    }

    /** The named node, or all nodes for which there are credentials. */
    public List<AdminClient> admins(Optional<Integer> index) {
        return index.map(only -> List.of(admin(only))).orElseGet(this::admins);
    }

    @Override
    public void close() {
        Stream.ofNullable(tsm).forEach(Tsm::close);
        Stream.of(Optional.ofNullable(admins), Optional.ofNullable(custodians))
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .forEach(AdminClient::close);
        Stream.ofNullable(users).flatMap(List::stream).forEach(TsmClient::close);
    }
}
