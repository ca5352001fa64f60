package quorate.cli.key;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.ProblemCode;
import quorate.api.Redistribute;
import quorate.cli.cluster.Clients;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Confirmation;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.NewCommittee;
import quorate.sdk.Redistribution;
import quorate.sdk.TsmException;

/** {@code key reshare}: new shares of the same key, for the same nodes or for others. */
@Command(
        name = "reshare",
        description = {
            "Give every node of a key a new share. The public key stays, signing goes on meanwhile.",
            "Shares of the former epoch are worthless afterwards, also those in older backups.",
            "With --players or --threshold the key is given to these nodes; the others lose their shares.",
            "Administrators of different nodes run it at the same time, with one --session."
        },
        footer = {
            "  quorate key reshare treasury",
            "  quorate key reshare treasury --players 1,2,3,4,5 --threshold 3",
            "  quorate key reshare treasury --players 1,2,4 --dead 3"
        })
public final class KeyReshareCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @Option(
            names = "--players",
            paramLabel = "I",
            split = ",",
            description = "Which nodes hold a share afterwards; default those that do.")
    private List<Integer> players = List.of();

    @Option(names = "--threshold", paramLabel = "T", description = "How many of them sign; default as it is.")
    private @Nullable Integer threshold;

    @Option(
            names = "--dead",
            paramLabel = "I",
            split = ",",
            description = "Nodes of the key that are gone for good: they are not asked, and get no share.")
    private List<Integer> dead = List.of();

    @Option(
            names = "--public-key",
            paramLabel = "HEX",
            description = "The public key as you know it, not as a node shows it; new nodes take no other.")
    private @Nullable String publicKey;

    @Option(
            names = "--session",
            paramLabel = "HEX",
            description = "32 bytes that all administrators give; default new ones, for all nodes.")
    private @Nullable String session;

    public KeyReshareCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        try (var clients = cluster.open(host)) {
            boolean sameNodes = players.isEmpty() && threshold == null && dead.isEmpty();
            if (session != null && !sameNodes) {
                throw new IllegalArgumentException("--session is for a reshare among the nodes that hold the key: who gives it"
                        + " to others has the credentials of all administrators");
            }
            return (sameNodes ? refresh(clients) : redistribute(clients))
                    .noting("Backups made before hold shares that are worthless now.")
                    .suggesting("quorate backup create --out DIR" + cluster.suffix());
        } catch (TsmException.Interrupted e) {
            throw new CommandFailed(
                    ProblemCode.INTERRUPTED,
                    "interrupted while the key was being reshared; the nodes finish or undo it by themselves",
                    "See with: quorate key show " + id + cluster.suffix());
        }
    }

    private Outcome refresh(Clients clients) {
        try (var progress = progress()) {
            progress.show("resharing key " + id + " on the nodes");
            var key = session == null
                    ? clients.tsm().reshare(id, clients.admins())
                    : clients.tsm().reshare(id, clients.admins(), HexOption.parse("--session", session));
            return KeyReport.of(key).outcome();
        }
    }

    private Outcome redistribute(Clients clients) throws IOException {
        var redistribution = new Redistribution(clients.admins(), host.random());
        var request = redistribution.plan(new NewCommittee(
                id,
                Optional.empty(),
                players,
                Optional.ofNullable(threshold),
                dead,
                Optional.ofNullable(publicKey).map(hex -> HexOption.parse("--public-key", hex))));
        confirmation.requireOnTerminal(host.terminal(), consequence(request), id);
        try (var progress = progress()) {
            progress.show("giving key " + id + " to nodes " + request.newPlayers());
            return KeyReport.of(redistribution.run(id, request)).outcome();
        }
    }

    private String consequence(Redistribute request) {
        var leaving = request.players().stream()
                .filter(player -> !request.newPlayers().contains(player))
                .toList();
        return "This gives key " + id + " to nodes " + request.newPlayers() + ", of which " + request.newThreshold()
                + " sign."
                + (leaving.isEmpty() ? "" : " Nodes " + leaving + " lose their shares.");
    }
}
