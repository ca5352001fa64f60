package quorate.cli.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.cli.cluster.Clients;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.sdk.TsmException;

/** The nodes to which a key moves: cards, folders of cards, or a cluster folder, whose nodes are asked. */
final class Destinations {
    private Destinations() {}

    /** The wrapping keys of nodes 1 to {@code players}, in this order. */
    static List<Bytes> of(Collection<Path> places, int players, Host host) {
        var keys = new TreeMap<Integer, Bytes>();
        for (var place : places) {
            var path = host.resolve(place);
            if (Files.exists(path.resolve("cluster.toml"))) {
                ask(path, host).forEach((index, key) -> put(keys, index, key));
            } else {
                cards(path).forEach(card -> put(keys, card.index(), card.publicKey()));
            }
        }
        for (int index = 1; index <= players; index++) {
            if (!keys.containsKey(index)) {
                throw new CommandFailed(
                        ProblemCode.CONFIGURATION,
                        "no wrapping key of destination node " + index + " was given; the key has " + players + " shares",
                        "Get the card of that node with: quorate node wrapping-key --node " + index + " --out FILE");
            }
        }
        return List.copyOf(keys.headMap(players, true).values());
    }

    private static void put(Map<Integer, Bytes> keys, int index, Bytes key) {
        var other = keys.put(index, key);
        if (other != null && !other.equals(key)) {
            throw new CommandFailed(
                    ProblemCode.CONFIGURATION, "two different wrapping keys of destination node " + index + " were given");
        }
    }

    private static Map<Integer, Bytes> ask(Path folder, Host host) {
        try (var clients = new Clients(ClusterFile.load(folder), host)) {
            var answers = clients.tsm().wrappingKeys();
            answers.failure().ifPresent(failure -> {
                throw failure;
            });
            var keys = new TreeMap<Integer, Bytes>();
            answers.given().forEach((index, key) -> keys.put(index, key.publicKey()));
            return keys;
        } catch (TsmException e) {
            throw new CommandFailed(e.problem());
        }
    }

    private static List<WrappingCard> cards(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(WrappingCard.read(path));
        }
        try (var files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().map(WrappingCard::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
