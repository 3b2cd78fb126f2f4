package dev.firstline.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** On what, and by which harness, something was measured. */
public final class Machine {
    private static final String VERSION = "version.txt";

    private Machine() {}

    /** The class of this machine, as a run's fingerprint says it: {@code 2 processors, Linux amd64, Java 17}. */
    public static String kind() {
        return Runtime.getRuntime().availableProcessors() + " processors, "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", Java "
                + Runtime.version().feature();
    }

    /** This harness's version, the same in the jar and under Maven. */
    public static String harness() {
        try (InputStream in = Machine.class.getResourceAsStream(VERSION)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + VERSION);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
