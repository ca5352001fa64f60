package quorate.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine;
import quorate.cli.backup.BackupCreateCommand;
import quorate.cli.backup.BackupDrillCommand;
import quorate.cli.backup.BackupListCommand;
import quorate.cli.backup.BackupRequirementsCommand;
import quorate.cli.backup.BackupRestoreCommand;
import quorate.cli.backup.BackupVerifyCommand;
import quorate.cli.cluster.ClusterAddNodeCommand;
import quorate.cli.cluster.ClusterAssembleCommand;
import quorate.cli.cluster.ClusterDownCommand;
import quorate.cli.cluster.ClusterInitCommand;
import quorate.cli.cluster.ClusterStatusCommand;
import quorate.cli.cluster.ClusterUpCommand;
import quorate.cli.demo.DemoCommand;
import quorate.cli.demo.NodeRehearseCommand;
import quorate.cli.key.KeyAdoptCommand;
import quorate.cli.key.KeyCopyCommand;
import quorate.cli.key.KeyDeleteCommand;
import quorate.cli.key.KeyGenerateCommand;
import quorate.cli.key.KeyListCommand;
import quorate.cli.key.KeyPublicCommand;
import quorate.cli.key.KeyRepairCommand;
import quorate.cli.key.KeyReshareCommand;
import quorate.cli.key.KeyResolveCommand;
import quorate.cli.key.KeyShowCommand;
import quorate.cli.key.SignCommand;
import quorate.cli.node.NodeAllowCommand;
import quorate.cli.node.NodeCardCommand;
import quorate.cli.node.NodeInitCommand;
import quorate.cli.node.NodeRegisterCommand;
import quorate.cli.node.NodeRunCommand;
import quorate.cli.operate.PauseCommand;
import quorate.cli.operate.PeersUnbanCommand;
import quorate.cli.operate.ResumeCommand;
import quorate.cli.operate.StatusCommand;
import quorate.cli.presign.PresignCommand;
import quorate.cli.presign.PresignaturesCountCommand;
import quorate.cli.presign.PresignaturesDeleteAllCommand;
import quorate.cli.presign.PresignaturesDeleteCommand;
import quorate.cli.presign.PresignaturesRefillCommand;
import quorate.cli.recovery.RecoveryAnswerCommand;
import quorate.cli.recovery.RecoveryCreateCommand;
import quorate.cli.recovery.RecoveryOpenCommand;
import quorate.cli.recovery.RecoveryRehearseCommand;
import quorate.cli.recovery.RecoverySignCommand;
import quorate.cli.recovery.RecoveryVerifyCommand;
import quorate.cli.share.ShareBackupCommand;
import quorate.cli.share.ShareRestoreCommand;
import quorate.cli.share.ShareVerifyCommand;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Failures;
import quorate.cli.terminal.Host;
import quorate.cli.transfer.KeyExportCommand;
import quorate.cli.transfer.KeyImportCommand;
import quorate.cli.transfer.KeySplitCommand;
import quorate.cli.transfer.NodeWrappingKeyCommand;

/** All commands, and what is the same for all of them: examples first in the help, one way to fail. */
final class CommandTree {
    private static final int HELP_WIDTH = 110;
    private static final Map<String, String> EXIT_CODES = new TreeMap<>(Map.of(
            String.valueOf(Action.DONE), "done",
            String.valueOf(Action.FAILED), "refused or failed; the problem is on standard error",
            String.valueOf(Action.WRONG_USAGE), "wrong usage"));

    private final Host host;
    private final Parts parts;

    CommandTree(Host host, Parts parts) {
        this.host = host;
        this.parts = parts;
    }

    CommandLine build() {
        var root = group("quorate", "An open threshold security module: keys that nobody holds and nobody loses.")
                .addSubcommand(new DemoCommand(
                        host, parts.founding(), parts.starter(), parts.backups(), parts.verifier()))
                .addSubcommand(group("cluster", "Make and run a cluster on this machine.")
                        .addSubcommand(new ClusterInitCommand(host, parts.founding()))
                        .addSubcommand(new ClusterUpCommand(host, parts.starter()))
                        .addSubcommand(new ClusterDownCommand(host, parts.starter()))
                        .addSubcommand(new ClusterStatusCommand(host, parts.starter()))
                        .addSubcommand(new ClusterAddNodeCommand(host, parts.founding()))
                        .addSubcommand(new ClusterAssembleCommand(host, parts.founding())))
                .addSubcommand(group("node", "Make and run one node.")
                        .addSubcommand(new NodeInitCommand(host, parts.founding()))
                        .addSubcommand(new NodeCardCommand(host, parts.founding()))
                        .addSubcommand(new NodeAllowCommand(host, parts.founding()))
                        .addSubcommand(new NodeRegisterCommand(host, parts.founding()))
                        .addSubcommand(new NodeWrappingKeyCommand(host))
                        .addSubcommand(new NodeRunCommand(host, parts.runner()))
                        .addSubcommand(new NodeRehearseCommand(host, parts.founding(), parts.hosting())))
                .addSubcommand(group("key", "Generate, list, show, derive, reshare, copy, repair, move and delete keys.")
                        .addSubcommand(new KeyGenerateCommand(host))
                        .addSubcommand(new KeyListCommand(host))
                        .addSubcommand(new KeyShowCommand(host))
                        .addSubcommand(new KeyPublicCommand(host))
                        .addSubcommand(new KeyReshareCommand(host))
                        .addSubcommand(new KeyCopyCommand(host))
                        .addSubcommand(new KeyResolveCommand(host))
                        .addSubcommand(new KeyAdoptCommand(host))
                        .addSubcommand(new KeyRepairCommand(host))
                        .addSubcommand(new KeyExportCommand(host, parts.shares()))
                        .addSubcommand(new KeyImportCommand(host))
                        .addSubcommand(new KeySplitCommand(host))
                        .addSubcommand(new KeyDeleteCommand(host)))
                .addSubcommand(new SignCommand(host))
                .addSubcommand(new PresignCommand(host))
                .addSubcommand(group("presignatures", "Count, keep and delete presignatures.")
                        .addSubcommand(new PresignaturesCountCommand(host))
                        .addSubcommand(new PresignaturesRefillCommand(host))
                        .addSubcommand(new PresignaturesDeleteCommand(host))
                        .addSubcommand(new PresignaturesDeleteAllCommand(host)))
                .addSubcommand(new PauseCommand(host))
                .addSubcommand(new ResumeCommand(host))
                .addSubcommand(new StatusCommand(host))
                .addSubcommand(group("peers", "Mend what is between two nodes.")
                        .addSubcommand(new PeersUnbanCommand(host)))
                .addSubcommand(group("backup", "Back up and restore the databases of the nodes.")
                        .addSubcommand(new BackupCreateCommand(host, parts.backups()))
                        .addSubcommand(new BackupVerifyCommand(host, parts.backups()))
                        .addSubcommand(new BackupListCommand(host))
                        .addSubcommand(new BackupRestoreCommand(host, parts.backups(), parts.starter()))
                        .addSubcommand(new BackupDrillCommand(
                                host, parts.backups(), parts.scratch(), parts.scratchStarter(), parts.verifier()))
                        .addSubcommand(new BackupRequirementsCommand(host, parts.backups())))
                .addSubcommand(group("share", "Back up and restore the share of one key on one node.")
                        .addSubcommand(new ShareBackupCommand(host, parts.shares()))
                        .addSubcommand(new ShareVerifyCommand(host, parts.shares()))
                        .addSubcommand(new ShareRestoreCommand(host, parts.shares())))
                .addSubcommand(group("recovery", "Whole keys for the holder of an RSA key, without any node.")
                        .addSubcommand(new RecoveryRehearseCommand(host))
                        .addSubcommand(new RecoveryAnswerCommand(host))
                        .addSubcommand(new RecoveryCreateCommand(host))
                        .addSubcommand(new RecoveryVerifyCommand(host))
                        .addSubcommand(new RecoveryOpenCommand(host))
                        .addSubcommand(new RecoverySignCommand(host)))
                .addSubcommand(new ExplainCommand(host))
                .addSubcommand(new CompletionCommand(host));
        root.getCommandSpec()
                .version(version())
                .addOption(OptionSpec.builder("--version").versionHelp(true).description("Print the version.").build());
        root.getCommandSpec().usageMessage().footer(
                "  quorate demo", "  quorate cluster init quorate-cluster --nodes 3 --threshold 2");
        dress(root);
        return configured(root);
    }

    private static CommandLine group(String name, String description) {
        var spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
        return new CommandLine(spec);
    }

    private static void dress(CommandLine command) {
        var spec = command.getCommandSpec();
        spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).description("Print this help.").build());
        var usage = spec.usageMessage().width(HELP_WIDTH).abbreviateSynopsis(false);
        if (usage.footer().length > 0) {
            usage.footerHeading("%nExamples:%n");
        }
        usage.synopsisHeading("%nUsage: ")
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n");
        if (command.getSubcommands().isEmpty()) {
            usage.exitCodeListHeading("%nExit codes:%n")
                    .exitCodeList(EXIT_CODES);
        }
        command.getSubcommands().values().forEach(CommandTree::dress);
    }

    private CommandLine configured(CommandLine root) {
        var failures = new Failures(host);
        var sections = new ArrayList<>(root.getHelpSectionKeys());
        sections.remove(UsageMessageSpec.SECTION_KEY_DESCRIPTION);
        sections.remove(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING);
        sections.remove(UsageMessageSpec.SECTION_KEY_FOOTER);
        sections.add(0, UsageMessageSpec.SECTION_KEY_DESCRIPTION);
        sections.add(1, UsageMessageSpec.SECTION_KEY_FOOTER_HEADING);
        sections.add(2, UsageMessageSpec.SECTION_KEY_FOOTER);
        return root.setHelpSectionKeys(sections)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAllowOptionsAsOptionParameters(false)
                .setExpandAtFiles(false)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setOut(writer(host.terminal().out()))
                .setErr(writer(host.terminal().err()))
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static String version() {
        try (var in = CommandTree.class.getResourceAsStream("/quorate/cli/version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
