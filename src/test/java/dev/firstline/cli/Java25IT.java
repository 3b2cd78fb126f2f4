package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jar on the Java that the environment variable {@code FIRSTLINE_JDK25} points at. */
@Epic("Command line")
@Feature("Java 25")
final class Java25IT {
    private static final Logger log = LoggerFactory.getLogger(Java25IT.class);
    private static final String HOME = "FIRSTLINE_JDK25";

    @Test
    void smoke_passes_there_and_so_does_the_stub_that_it_starts(@TempDir Path folder) throws Exception {
        String home = System.getenv(HOME);
        if (home == null) {
            log.warn(
                    "event=skipped test={} because={} is not set: the home of a JDK 25",
                    getClass().getName(),
                    HOME);
        }
        assumeTrue(home != null, "set " + HOME + " to the home of a JDK 25");

        Jar.Ended ended =
                new Jar(folder, Map.of(), Path.of(home)).run(Duration.ofMinutes(2), "run", "smoke", "--rounds", "1");

        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out()).contains("PASS", "contract: 0 violations");
        assertThat(ended.err()).doesNotContain("WARNING");
    }
}
