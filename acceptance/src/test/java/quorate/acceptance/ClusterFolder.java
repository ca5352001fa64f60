package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The files that {@code cluster init} makes. */
record ClusterFolder(Path path) {
    Path clusterFile() {
        return path.resolve("cluster.toml");
    }

    Path node(int node) {
        return path.resolve("node-" + node);
    }

    Path config(int node) {
        return node(node).resolve("node.toml");
    }

    Path data(int node) {
        return node(node).resolve("data");
    }

    /** The API key of {@code user} or {@code admin} at a node. */
    String apiKey(String person, int node) {
        var line = Pattern.compile("(?m)^" + node + " = \"(.*)\"$");
        try {
            var found = line.matcher(Files.readString(path.resolve("credentials").resolve(person + ".key")));
            assertThat(found.find()).isTrue();
            return found.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void append(Path file, String text) {
        edit(file, before -> before + text);
    }

    static void edit(Path file, UnaryOperator<String> change) {
        try {
            Files.writeString(file, change.apply(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With their permissions, as a tool that copies disks does. */
    static void copy(Path folder, Path copy) {
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(folder.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
