package quorate.cli.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.sdk.TsmException;

/** How every failure of every command is reported: as a problem on standard error, and by the exit code. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final String TRACE = "QUORATE_TRACE";

    private final Host host;

    public Failures(Host host) {
        this.host = host;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        host.terminal().problem(problem(failure), wantsJson(command));
        if (host.environment().containsKey(TRACE)) {
            failure.printStackTrace(host.terminal().err());
        }
        return failure instanceof IllegalArgumentException ? Action.WRONG_USAGE : Action.FAILED;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        var command = failure.getCommandLine();
        var problem = Problem.of(ProblemCode.USAGE, String.valueOf(failure.getMessage()))
                .advising("See: " + command.getCommandSpec().qualifiedName() + " --help");
        boolean json = List.of(arguments).contains("--json");
        host.terminal().problem(problem, json);
        if (!json) {
            UnmatchedArgumentException.printSuggestions(failure, host.terminal().err());
        }
        return Action.WRONG_USAGE;
    }

    private static Problem problem(Exception failure) {
        return switch (failure) {
            case CommandFailed failed -> failed.problem();
            case TsmException failed -> failed.problem();
            case InterruptedException interrupted -> Problem.of(ProblemCode.INTERRUPTED, "the command was interrupted");
            case UncheckedIOException io -> Problem.of(ProblemCode.FILE_SYSTEM, String.valueOf(io.getMessage()));
            case IOException io -> Problem.of(ProblemCode.FILE_SYSTEM, describe(io));
            case IllegalArgumentException usage -> Problem.of(ProblemCode.USAGE, String.valueOf(usage.getMessage()));
            default ->
                Problem.of(ProblemCode.INTERNAL, failure.getClass().getSimpleName() + ": " + failure.getMessage())
                        .advising("Run it again with " + TRACE + "=1 and report what it prints.");
        };
    }

    /** The messages of file system exceptions are often a bare path. */
    private static String describe(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case FileSystemException bare when bare.getReason() == null ->
                bare.getFile() + ": " + bare.getClass().getSimpleName().replace("Exception", "");
            default -> String.valueOf(failure.getMessage());
        };
    }

    private static boolean wantsJson(CommandLine command) {
        return command.getParseResult().hasMatchedOption("--json");
    }
}
