package dev.firstline.gatling;

import io.gatling.app.Gatling$;
import java.io.OutputStream;
import java.nio.file.Path;
import scala.Console;

/** Gatling's own main, without the end of the process. Relies on {@code Gatling.fromArgs}, as its sbt plugin does. */
public final class GatlingMain {
    private GatlingMain() {}

    /**
     * Runs a simulation class and waits for it. Gatling's own HTML is left out: the library that draws it may not be
     * passed on, so it is not beside the jar. So is what it prints while it runs: who calls this tells of that.
     *
     * @param simulation the class's name
     * @param results where Gatling keeps its log
     * @return Gatling's exit code: 0, or 2 where one of its assertions failed
     */
    public static int run(String simulation, Path results) {
        System.setProperty("gatling.data.writers.0", "file");
        String[] arguments = {"-s", simulation, "-rf", results.toString(), "-nr"};
        return Console.withOut(OutputStream.nullOutputStream(), () -> (Integer) Gatling$.MODULE$.fromArgs(arguments));
    }
}
