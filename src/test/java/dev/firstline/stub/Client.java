package dev.firstline.stub;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of somebody else's that talks HTTP, wherever this machine has it. */
enum Client {
    CURL("curl", "--version", "there is no curl: apt-get install curl"),
    // The first Python on the path may be another than Debian's, which is the one that has Debian's packages.
    PYTHON(
            "python3 /usr/bin/python3",
            "-c import requests",
            "no python3 has the package requests: apt-get install python3 python3-requests");

    private static final long WAIT_MAX_SECONDS = 30;

    private final String candidates;
    private final String trial;
    private final String missing;

    /**
     * A program.
     *
     * @param candidates what it may be called here, with blanks between
     * @param trial an option, and after a blank its value, with which it ends at once and well
     * @param missing what to say and do where it is not
     */
    Client(String candidates, String trial, String missing) {
        this.candidates = candidates;
        this.trial = trial;
        this.missing = missing;
    }

    /** The program that works here. */
    Optional<String> program() {
        return Arrays.stream(candidates.split(" ", -1)).filter(this::works).findFirst();
    }

    /** What to say where there is none. */
    Optional<String> missing() {
        return program().isPresent() ? Optional.empty() : Optional.of(missing);
    }

    /** Starts it; what it says on either stream comes out of the process's one. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program().orElseThrow()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        return builder.start();
    }

    private boolean works(String candidate) {
        List<String> command = new ArrayList<>(List.of(candidate));
        command.addAll(List.of(trial.split(" ", 2)));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(WAIT_MAX_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
