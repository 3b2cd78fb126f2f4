package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What whoever passes on the jar, the folder beside it or an image of both passes on. */
@Epic("Command line")
@Feature("What is passed on")
final class PassedOnIT {
    private static final Path JAR = Path.of(System.getProperty("firstline.jar"));

    @Test
    void what_may_not_be_passed_on_is_nowhere_in_it() throws Exception {
        List<String> files = new ArrayList<>();
        try (Stream<Path> libraries = Files.list(JAR.resolveSibling("lib"))) {
            for (Path library : libraries.toList()) {
                files.addAll(files(library));
            }
        }
        assertThat(files).as("of every library").hasSizeGreaterThan(10_000);
        files.addAll(files(JAR));

        assertThat(files).filteredOn(PassedOnIT::isHighcharts).isEmpty();
    }

    @Test
    void it_would_be_seen() throws Exception {
        // It draws Gatling's own report, for which the tests' class path has it.
        Path charts = Path.of(Class.forName("io.gatling.charts.highcharts.component.ComponentLibraryImpl")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        assertThat(files(charts)).filteredOn(PassedOnIT::isHighcharts).hasSizeGreaterThan(2);
    }

    private static boolean isHighcharts(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.contains("highcharts") || name.contains("highstock");
    }

    private static List<String> files(Path jar) throws Exception {
        try (JarFile open = new JarFile(jar.toFile())) {
            return open.stream()
                    .map(JarEntry::getName)
                    .map(name -> jar.getFileName() + "!" + name)
                    .toList();
        }
    }
}
