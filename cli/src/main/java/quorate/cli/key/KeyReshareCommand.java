package quorate.cli.key;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.ProblemCode;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.TsmException;

/** {@code key reshare}: new shares of the same key. */
@Command(
        name = "reshare",
        description = {
            "Give every node of a key a new share. The public key stays, signing goes on meanwhile.",
            "Shares of the former epoch are worthless afterwards, also those in older backups.",
            "Administrators of different nodes run it at the same time, with one --session."
        },
        footer = {"  quorate key reshare treasury"})
public final class KeyReshareCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @Option(
            names = "--session",
            paramLabel = "HEX",
            description = "32 bytes that all administrators give; default new ones, for all nodes.")
    private @Nullable String session;

    public KeyReshareCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        try (var clients = cluster.open(host); var progress = progress()) {
            progress.show("resharing key " + id + " on the nodes");
            var key = session == null
                    ? clients.tsm().reshare(id, clients.admins())
                    : clients.tsm().reshare(id, clients.admins(), HexOption.parse("--session", session));
            return KeyReport.of(key)
                    .outcome()
                    .noting("Backups made before hold shares that are worthless now.")
                    .suggesting("quorate backup create --out DIR" + cluster.suffix());
        } catch (TsmException.Interrupted e) {
            throw new CommandFailed(
                    ProblemCode.INTERRUPTED,
                    "interrupted while the key was being reshared; the nodes finish or undo it by themselves",
                    "See with: quorate key show " + id + cluster.suffix());
        }
    }
}
