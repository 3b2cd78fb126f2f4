package dev.firstline.run;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a run ends a process in which nobody waits for it: under {@code mvn gatling:test} Gatling's own main is the whole
 * program, and its exit code knows nothing of a verdict.
 *
 * <p>Gatling calls {@code System.exit} when its report is written. The hook registered here then prints what is left to
 * say and halts with the verdict's code, so that Gatling's cannot overrule it. The command line claims the exit for
 * itself and none of this happens.
 */
public final class Exit {
    /** The exit code of a misuse. */
    static final int MISUSE = 2;

    private static final AtomicBoolean CLAIMED = new AtomicBoolean();
    private static final AtomicReference<@Nullable Last> LAST = new AtomicReference<>();

    private Exit() {}

    private record Last(Supplier<String> words, int code) {}

    /** The caller prints the verdict and ends the process itself. */
    public static void claim() {
        CLAIMED.set(true);
    }

    /** Whether {@link #claim} was called. */
    static boolean claimed() {
        return CLAIMED.get();
    }

    /** Once Gatling is done with the process: prints the words and ends with the code. */
    static void with(int code, Supplier<String> words) {
        if (!claimed() && LAST.getAndSet(new Last(words, code)) == null) {
            Runtime.getRuntime().addShutdownHook(new Thread(Exit::end, "firstline-exit"));
        }
    }

    /** Ends at once: nothing has been started yet that must be ended first. */
    static void now(int code, String words) {
        System.err.println(words);
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    /** Says it at once, whoever ends the process. */
    static void say(String words) {
        System.out.println(words);
        System.out.flush();
    }

    private static void end() {
        Last last = LAST.get();
        if (last != null) {
            System.out.println(last.words().get());
            System.out.flush();
            Runtime.getRuntime().halt(last.code());
        }
    }
}
