package dev.firstline.cli;

import dev.firstline.stats.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How far a long reading is: one line that is written over, on a terminal only. Nothing that takes less than a second
 * shows any.
 */
final class Progress {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long FIRST_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double BYTES_A_MB = 1e6;

    private final PrintStream terminal;
    private final BooleanSupplier isTerminal;
    private final Clock clock;
    private final long startNanos;
    private long dueNanos;
    private boolean asked;
    private boolean off;
    private int shownChars;

    /** @param isTerminal asked once, and only if there is something to show */
    Progress(PrintStream terminal, BooleanSupplier isTerminal, Clock clock) {
        this.terminal = terminal;
        this.isTerminal = isTerminal;
        this.clock = clock;
        this.startNanos = clock.nanoTime();
        this.dueNanos = startNanos + FIRST_AFTER_NANOS;
    }

    /**
     * Whether one of this process's streams is a terminal: 1 is standard output, 2 standard error. The JDK can only
     * tell of all of them together, and from version 22 on not even that; so the system is asked.
     */
    static boolean isTerminal(int stream) {
        try {
            return new ProcessBuilder("test", "-t", String.valueOf(stream))
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether {@link #show} would show something now. */
    boolean isDue() {
        if (off || clock.nanoTime() - dueNanos < 0) {
            return false;
        }
        if (!asked) {
            asked = true;
            off = !isTerminal.getAsBoolean();
        }
        return !off;
    }

    /** Writes over what was shown before. */
    void show(long bytes, OptionalDouble share) {
        long nowNanos = clock.nanoTime();
        double seconds = (nowNanos - startNanos) / 1e9;
        String percent = share.isPresent() ? String.format(Locale.ROOT, ", %.0f %%", 100 * share.getAsDouble()) : "";
        String text =
                String.format(Locale.ROOT, "%,.0f MB, %,.0f MB/s", bytes / BYTES_A_MB, bytes / BYTES_A_MB / seconds);
        write(text + percent);
        dueNanos = nowNanos + EVERY_NANOS;
    }

    /** Leaves no trace of what was shown, so that something else can be printed there. */
    void erase() {
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
}
