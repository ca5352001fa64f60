package quorate.cli.terminal;

/** One line that says what is being waited for. Shown on standard error, only on a terminal, and gone afterwards. */
public final class Progress implements AutoCloseable {
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final String BACK_TO_START = "\r";

    private final Terminal terminal;
    private final boolean shown;
    private final boolean plain;
    private int width;

    private Progress(Terminal terminal, boolean shown, boolean plain) {
        this.terminal = terminal;
        this.shown = shown;
        this.plain = plain;
    }

    /** With {@code plain}, the line is erased with blanks instead of an escape sequence. */
    static Progress on(Terminal terminal, boolean json, boolean plain) {
        return new Progress(terminal, terminal.errorIsTerminal() && !json, plain);
    }

    public void show(String step) {
        if (shown) {
            erase();
            terminal.err().print(step);
            terminal.err().flush();
            width = step.length();
        }
    }

    @Override
    public void close() {
        if (shown) {
            erase();
            terminal.err().flush();
        }
    }

    private void erase() {
        terminal.err().print(plain ? BACK_TO_START + " ".repeat(width) + BACK_TO_START : ERASE_LINE);
    }
}
