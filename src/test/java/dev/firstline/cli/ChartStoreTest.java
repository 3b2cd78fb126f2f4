package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What travels through an object store, by the script that the chart brings. A few lines of shell stand in for rclone,
 * with folders as the store.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script runs in containers, and needs a POSIX shell")
final class ChartStoreTest {
    private static final long SOON_SECONDS = 20;

    /** {@code copy} and {@code rcat} into folders, and {@code lsf} of one; 3 is rclone's code for "no such folder". */
    private static final String RCLONE = """
            #!/bin/sh
            set -eu
            verb=$1; shift
            while [ "$1" = --exclude ]; do shift 2; done
            left=$(cat "$0.refuses" 2>/dev/null || echo 0)
            if [ "$left" -gt 0 ]; then echo $((left - 1)) > "$0.refuses"; echo "no store" >&2; exit 1; fi
            case $verb in
            copy) [ -d "$1" ] || exit 3; mkdir -p "$2"; cp -r "$1/." "$2/" ;;
            rcat) mkdir -p "$(dirname "$1")"; cat > "$1" ;;
            lsf) [ -d "$1" ] || exit 3; ls "$1" ;;
            esac
            """;

    @TempDir
    private Path folder;

    private Path store = Path.of("");
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void standInForRclone() throws IOException {
        Path rclone =
                Files.writeString(Files.createDirectory(folder.resolve("bin")).resolve("rclone"), RCLONE);
        assertThat(rclone.toFile().setExecutable(true)).isTrue();
        store = folder.resolve("store");
    }

    @AfterEach
    void nobodyStays() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void an_injectors_files_travel_when_it_has_ended_and_not_before() throws Exception {
        write("results/0/runs/load/summary.json");
        Process upload = script("upload", at("results/0"), at("store/0"), at("store/ended/0"));

        assertThat(upload.inputReader().readLine()).startsWith("waits for the end");
        assertThat(store).doesNotExist();
        ended(upload);

        assertThat(exitCode(upload)).isZero();
        assertThat(store.resolve("0/runs/load/summary.json")).exists();
        assertThat(store.resolve("ended/0")).exists();
    }

    /** Refused or evicted before it began, say: whoever merges need not wait for it. */
    @Test
    void an_injector_that_left_nothing_has_ended_too() throws Exception {
        Process upload = script("upload", at("results/1"), at("store/1"), at("store/ended/1"));
        assertThat(upload.inputReader().readLine()).startsWith("waits for the end");

        ended(upload);

        assertThat(exitCode(upload)).isZero();
        assertThat(store.resolve("ended/1")).exists();
    }

    @Test
    void a_store_that_is_away_for_a_moment_gets_everything_nevertheless() throws Exception {
        write("results/0/summary.json");
        refuses(2);
        Process upload = script("upload", at("results/0"), at("store/0"), at("store/ended/0"));
        assertThat(upload.inputReader().readLine()).startsWith("waits for the end");

        ended(upload);

        assertThat(exitCode(upload)).isZero();
        assertThat(store.resolve("0/summary.json")).exists();
        assertThat(store.resolve("ended/0")).exists();
    }

    @Test
    void what_a_store_did_not_take_is_said_to_be_lost_and_never_marked() throws Exception {
        write("results/0/summary.json");
        refuses(3);
        Process upload = script("upload", at("results/0"), at("store/0"), at("store/ended/0"));
        assertThat(upload.inputReader().readLine()).startsWith("waits for the end");

        ended(upload);

        assertThat(exitCode(upload)).isEqualTo(1);
        assertThat(upload.inputReader().lines())
                .contains("try 3 of 3 failed: rclone copy " + at("results/0") + " " + at("store/0"))
                .last()
                .asString()
                .startsWith("LOST: " + at("results/0"));
        assertThat(store.resolve("ended/0")).doesNotExist();
    }

    @Test
    void the_report_waits_for_all_injectors() throws Exception {
        write("store/0/summary.json");
        write("store/ended/0");
        Process download = script("download", at("store"), at("results"), "2", "60");
        assertThat(download.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(folder.resolve("results")).doesNotExist();

        write("store/1/summary.json");
        write("store/ended/1");

        assertThat(exitCode(download)).isZero();
        assertThat(folder.resolve("results/0/summary.json")).exists();
        assertThat(folder.resolve("results/1/summary.json")).exists();
    }

    @Test
    void the_report_waits_no_longer_than_it_may_and_says_who_is_missing() throws Exception {
        write("store/0/summary.json");
        write("store/ended/0");

        Process download = script("download", at("store"), at("results"), "3", "0");

        assertThat(exitCode(download)).isZero();
        assertThat(said(download)).contains("1 of 3 injectors have ended after 0 s");
        assertThat(folder.resolve("results/0/summary.json")).exists();
    }

    @Test
    void a_store_with_nothing_in_it_is_for_the_merge_to_tell() throws Exception {
        Process download = script("download", at("store"), at("results"), "3", "0");

        assertThat(exitCode(download)).isZero();
        assertThat(said(download)).contains("0 of 3 injectors have ended");
        assertThat(folder.resolve("results")).isEmptyDirectory();
    }

    private Process script(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "src/main/k8s/firstline/files/store.sh"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("FIRSTLINE_STORE_PAUSE", "0.1");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private void write(String file) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "x");
    }

    /** So many times the store takes nothing. */
    private void refuses(int times) throws IOException {
        Files.writeString(folder.resolve("bin/rclone.refuses"), times + "\n");
    }

    private String at(String place) {
        return folder.resolve(place).toString();
    }

    /** Unlike {@link Process#destroy} it leaves open what the script writes to. */
    private static void ended(Process process) {
        assertThat(process.toHandle().destroy()).isTrue();
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(SOON_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
