package quorate.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import quorate.api.ProblemCode;
import quorate.api.Requirement;
import quorate.cli.backup.BackupFiles;
import quorate.cli.cluster.NodeJvm;
import quorate.cli.node.Founding;
import quorate.cli.terminal.CommandFailed;

/** Binds the commands to the node module: the one place that knows both. */
final class Wiring {
    private Wiring() {}

    static Parts parts() {
        return new Parts(
                new UnboundFounding(),
                config -> {
                    throw unbound();
                },
                new NodeJvm(Main.class.getName()),
                new UnboundBackups(),
                (kind, publicKey, message, signature) -> {
                    throw unbound();
                });
    }

    private static CommandFailed unbound() {
        return new CommandFailed(ProblemCode.INTERNAL, "this build has no node module");
    }

    private static final class UnboundFounding implements Founding {
        @Override
        public List<Founded> cluster(Path folder, int nodes, int threshold, int basePort) {
            throw unbound();
        }

        @Override
        public Card node(Path folder, int player, String mpc, String api) {
            throw unbound();
        }

        @Override
        public Card card(Path config) {
            throw unbound();
        }

        @Override
        public List<Card> assemble(List<Path> cards, int threshold, Path folder) {
            throw unbound();
        }
    }

    private static final class UnboundBackups implements BackupFiles {
        @Override
        public Manifest check(Path file) {
            throw unbound();
        }

        @Override
        public Verification verify(List<Path> files, SortedMap<Integer, Path> configs) {
            throw unbound();
        }

        @Override
        public Restore open(Path file, Path config, boolean replace) {
            throw unbound();
        }

        @Override
        public List<Requirement> requirements(Path config) {
            throw unbound();
        }
    }
}
