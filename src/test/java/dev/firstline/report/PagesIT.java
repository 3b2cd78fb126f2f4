package dev.firstline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Leaves one of each page in {@code target/pages}, where {@code .ci/browser} opens them. */
class PagesIT {
    @Test
    void one_of_each_page_is_there_for_the_browser() throws IOException {
        Path reports = Path.of("target/pages/reports");

        SamplePages.write(reports);

        for (String run : new String[] {SamplePages.FAULTY, SamplePages.COMPARED, SamplePages.CAPACITY}) {
            assertThat(Files.size(reports.resolve("runs").resolve(run).resolve("index.html")))
                    .isBetween(1_000_000L, 2_000_000L);
        }
        assertThat(reports.resolve("index.html"))
                .content()
                .contains(SamplePages.FAULTY, SamplePages.KILLED, "unreadable", "carries 12.5 journeys/s");
    }
}
