package quorate.acceptance;

import java.nio.file.Path;
import java.util.Map;

/** One backup of all nodes: the file of each. */
record Backup(Map<Integer, Path> files) {
    Backup {
        files = Map.copyOf(files);
    }

    String file(int node) {
        var file = files.get(node);
        if (file == null) {
            throw new AssertionError("no backup of node " + node);
        }
        return file.toString();
    }
}
