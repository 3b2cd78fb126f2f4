package dev.firstline.cli;

import dev.firstline.report.LiveLine;
import dev.firstline.run.Onlooker;
import dev.firstline.run.PlainLines;
import dev.firstline.stats.LiveFigures;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How a run stands, in a line of a terminal that is written over: no command to the terminal but the carriage return.
 */
final class LiveDisplay implements Onlooker {
    static final int WIDTH_UNKNOWN = 80;
    private static final int STTY_SECONDS = 2;

    private final PrintStream terminal;
    private final int width;
    private int shownChars;

    /** @param width how many characters a line of the terminal has */
    LiveDisplay(PrintStream terminal, int width) {
        this.terminal = terminal;
        // A character in the last column would make some terminals begin a new line.
        this.width = width - 1;
    }

    /** A line that is written over where standard error is a terminal, else one for the log every ten seconds. */
    static Onlooker onStandardError() {
        return Progress.isTerminal(2)
                ? new LiveDisplay(System.err, terminalWidth())
                : new PlainLines(System.err::println);
    }

    @Override
    public void say(String line) {
        write("");
        terminal.print('\r' + line + System.lineSeparator());
        terminal.flush();
        shownChars = 0;
    }

    @Override
    public void figures(LiveFigures figures) {
        write(LiveLine.of(figures, width));
    }

    @Override
    public void over() {
        if (shownChars > 0) {
            write("");
            terminal.print('\r');
            terminal.flush();
        }
    }

    private void write(String text) {
        terminal.print('\r' + text + " ".repeat(Math.max(0, shownChars - text.length())));
        terminal.flush();
        shownChars = text.length();
    }

    /** Asked once: a process every second would be felt by what is measured. */
    private static int terminalWidth() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .start();
            if (!stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return WIDTH_UNKNOWN;
            }
            return width(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return WIDTH_UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return WIDTH_UNKNOWN;
        }
    }

    /** The second of the two numbers that {@code stty size} prints; a terminal that does not know its size says 0. */
    static int width(String rowsAndColumns) {
        String[] numbers = rowsAndColumns.strip().split(" ", -1);
        try {
            int columns = numbers.length == 2 ? Integer.parseInt(numbers[1]) : 0;
            return columns > 0 ? columns : WIDTH_UNKNOWN;
        } catch (NumberFormatException e) {
            return WIDTH_UNKNOWN;
        }
    }
}
