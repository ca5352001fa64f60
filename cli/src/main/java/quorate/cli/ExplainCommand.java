package quorate.cli;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import quorate.api.ErrorPages;
import quorate.api.ProblemCode;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code explain}: the page of a problem code. */
@Command(
        name = "explain",
        description = "Explain a problem code: what it means, why it happens, what to do.",
        footer = {"  quorate explain PEERS_DISAGREE", "  quorate explain"})
public final class ExplainCommand extends Action {
    @Parameters(arity = "0..1", paramLabel = "CODE", description = "The code; without it, all codes are listed.")
    private @Nullable ProblemCode code;

    private record Page(String code, String title, int status, String remedy, String page) {}

    private record Codes(List<Code> codes) {}

    private record Code(String code, String title) {}

    public ExplainCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        if (code == null) {
            var codes = Arrays.stream(ProblemCode.values())
                    .map(each -> new Code(each.name(), each.title()))
                    .toList();
            return Outcome.of(
                    new Codes(codes),
                    codes.stream().map(each -> "%-24s %s".formatted(each.code(), each.title())).toList());
        }
        var page = ErrorPages.read(code);
        return Outcome.of(
                new Page(code.name(), code.title(), code.status(), code.remedy(), page), List.of(page.stripTrailing()));
    }
}
