package quorate.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import quorate.api.Bytes;
import quorate.api.PlayerCard;
import quorate.api.ProblemCode;
import quorate.cli.node.Founding;
import quorate.cli.terminal.CommandFailed;
import quorate.testkit.http.FakeCluster;

/** Makes cluster folders whose nodes are the fake ones, whatever ports are asked for. */
final class FakeFounding implements Founding {
    private final FakeCluster nodes;

    FakeFounding(FakeCluster nodes) {
        this.nodes = nodes;
    }

    @Override
    public List<Founded> cluster(Path folder, int count, int threshold, int basePort) {
        if (threshold > count) {
            throw new CommandFailed(ProblemCode.CONFIGURATION, "threshold must be 2 to " + count);
        }
        write(folder, threshold);
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Founded(
                        i,
                        folder.resolve("node-" + i + "/node.toml"),
                        "127.0.0.1:" + (basePort + i),
                        "127.0.0.1:" + (basePort + 100 + i)))
                .toList();
    }

    @Override
    public Card node(Path folder, int player, String mpc, String api) {
        return card(folder.resolve("node.toml"));
    }

    @Override
    public Card card(Path config) {
        var json = JsonNodeFactory.instance.objectNode().put("id", "ab12").put("player", 1);
        return new Card(1, "ab12 cd34", "# card\nplayer = 1\n", json, playerCard(1));
    }

    private static PlayerCard playerCard(int player) {
        var key = Bytes.of(new byte[32]);
        return new PlayerCard(player, "127.0.0.1:9201", "127.0.0.1:9101", key, key, key);
    }

    @Override
    public Founded add(Path folder) {
        return new Founded(4, folder.resolve("node-4/node.toml"), "127.0.0.1:9104", "127.0.0.1:9204");
    }

    @Override
    public Card read(Path card) {
        var json = JsonNodeFactory.instance.objectNode().put("id", "ef56").put("player", 4);
        return new Card(4, "ef56 7890", "# card\nplayer = 4\n", json, playerCard(4));
    }

    @Override
    public String allowShareBackup(Path config, Path publicKey) {
        return "cd34";
    }

    @Override
    public String allowRecovery(Path config, Path publicKey) {
        return "cd90";
    }

    @Override
    public String allowDestination(Path config, int index, Bytes spki) {
        return "ef56";
    }

    @Override
    public String allowCustodian(Path config, Path publicKey) {
        return "ab78";
    }

    @Override
    public List<Card> assemble(List<Path> cards, int threshold, Path folder) {
        return cards.stream().map(this::card).toList();
    }

    void write(Path folder, int threshold) {
        var toml = new StringBuilder("threshold = " + threshold
                + "\n[credentials]\nuser = \"credentials/user.key\"\nadmin = \"credentials/admin.key\"\n");
        var user = new StringBuilder("# secret\n");
        var admin = new StringBuilder();
        for (var node : nodes.nodes()) {
            toml.append("\n[[node]]\nindex = ").append(node.player());
            toml.append("\napi = \"").append(node.api());
            toml.append("\"\napi-sha256 = \"").append(node.apiSha256());
            toml.append("\"\nconfig = \"node-").append(node.player()).append("/node.toml\"\n");
            user.append(node.player()).append(" = \"").append(FakeCluster.USER_KEY).append("\"\n");
            admin.append(node.player()).append(" = \"").append(FakeCluster.ADMIN_KEY).append("\"\n");
        }
        try {
            Files.createDirectories(folder.resolve("credentials"));
            Files.writeString(folder.resolve("cluster.toml"), toml);
            Files.writeString(folder.resolve("credentials/user.key"), user);
            Files.writeString(folder.resolve("credentials/admin.key"), admin);
            CommandLineFixture.ownerOnly(folder.resolve("credentials/user.key"));
            CommandLineFixture.ownerOnly(folder.resolve("credentials/admin.key"));
            for (var node : nodes.nodes()) {
                var own = Files.createDirectories(folder.resolve("node-" + node.player()));
                Files.writeString(own.resolve("node.toml"), "player = " + node.player() + "\n");
                Files.createDirectories(own.resolve("data"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
