package quorate.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.cli.backup.BackupFiles;
import quorate.cli.cluster.NodeStarter;
import quorate.cli.node.Founding;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.TsmException;

/** {@code demo}: the whole story on this machine. */
@Command(
        name = "demo",
        description = {
            "Run three nodes on this machine, make keys, sign, back up, lose a database, and bring it back.",
            "Every signature is checked by an independent verifier. Nothing stays behind, unless --keep is given."
        },
        footer = {"  quorate demo", "  quorate demo --keep my-demo"})
public final class DemoCommand extends Action {
    private final Founding founding;
    private final NodeStarter starter;
    private final BackupFiles backups;
    private final SignatureVerifier verifier;

    @Option(names = "--keep", paramLabel = "DIR", description = "Make the cluster in this folder and keep it.")
    private @Nullable Path keep;

    private record Report(List<Steps.Step> steps, boolean ok) {}

    public DemoCommand(
            Host host, Founding founding, NodeStarter starter, BackupFiles backups, SignatureVerifier verifier) {
        super(host);
        this.founding = founding;
        this.starter = starter;
        this.backups = backups;
        this.verifier = verifier;
    }

    @Override
    protected Outcome run() throws IOException {
        var place = keep == null ? Files.createTempDirectory("quorate-demo-") : host.resolve(keep);
        long began = System.nanoTime();
        try (var progress = progress()) {
            var steps = new Steps(progress, line -> {
                if (speaksToPeople()) {
                    host.terminal().say(line);
                }
            });
            var demo = new Demo(host, founding, starter, backups, verifier);
            Problem failure = null;
            try {
                demo.tell(place.resolve("cluster"), steps, progress);
            } catch (TsmException e) {
                failure = e.problem();
            } catch (CommandFailed e) {
                failure = e.problem();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = Problem.of(ProblemCode.INTERRUPTED, "interrupted; no node runs any more");
            } finally {
                if (keep == null) {
                    Folders.delete(place);
                }
            }
            return report(steps, failure, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        }
    }

    private Outcome report(Steps steps, @Nullable Problem failure, long seconds) {
        var outcome = Outcome.of(
                new Report(steps.all(), failure == null),
                List.of((failure == null ? "The demo took " : "The demo failed after ") + seconds + " s."));
        if (failure != null) {
            return outcome.failing(failure);
        }
        return keep == null
                ? outcome.suggesting("quorate cluster init quorate-cluster --nodes 3 --threshold 2")
                : outcome.suggesting("quorate cluster up " + keep.resolve("cluster") + " --detach");
    }
}
