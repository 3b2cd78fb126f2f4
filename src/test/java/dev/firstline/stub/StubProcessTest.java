package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.stub.Orders.Order;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class StubProcessTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path folder;

    @Test
    void it_serves_tells_its_lag_ends_and_has_nothing_to_say() throws IOException {
        Path log = folder.resolve("stub.log");
        StubProcess stub =
                StubProcess.launch(StubOptions.defaults().withSpeed(20).withLog(log));
        try (stub) {
            Customer customer = new Customer(stub.baseUrl());
            String session = customer.init();
            customer.ask(Endpoint.INVOKE, Customer.says(session, "I need billing"), Order.FAULT.header(), "reset;at=2");
            customer.ask(Endpoint.INVOKE, Customer.says(session, "Yes please"));

            assertThat(stub.openSessions()).isEqualTo(1);
            assertThat(stub.lag().lines()).isEqualTo(6);
            assertThat(stub.lag().maxMs())
                    .isGreaterThanOrEqualTo(stub.lag().p50Ms())
                    .isPositive();

            stub.resetLag();
            assertThat(stub.lag()).isEqualTo(new StubLag(0, 0, 0, 0));
            assertThat(stub.openSessions()).isEqualTo(1);
        }

        assertThat(stub.isAlive()).isFalse();
        assertThat(Files.readString(log)).isEmpty();
    }

    @Test
    void why_it_does_not_serve_is_quoted() {
        assertThatThrownBy(() -> StubProcess.launch(StubOptions.defaults().withRoot(folder)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("a folder __files/recordings")
                .hasMessageNotContaining("\tat ");
    }

    @Test
    void a_machine_without_a_folder_for_temporary_files_is_told() {
        Path nothing = folder.resolve("nothing");

        assertThatThrownBy(() -> StubProcess.temporaryFolder(nothing))
                .isInstanceOf(Misuse.class)
                .hasMessageContainingAll("a folder for temporary files", "in " + nothing, "java.io.tmpdir");
    }

    @Test
    void it_goes_with_a_parent_that_is_killed() throws Exception {
        Path told = folder.resolve("told");
        Process parent = new ProcessBuilder(
                        JAVA, "-cp", System.getProperty("java.class.path"), StubParent.class.getName(), told.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("parent.log").toFile())
                .start();
        try {
            while (!Files.exists(told)) {
                assertThat(parent.waitFor(20, TimeUnit.MILLISECONDS))
                        .as("the parent has ended: see its log")
                        .isFalse();
            }
            String[] pidAndUrl = Files.readString(told).split(" ", 2);
            ProcessHandle stub = ProcessHandle.of(Long.parseLong(pidAndUrl[0])).orElseThrow();
            assertThat(new Customer(URI.create(pidAndUrl[1])).init()).isNotEmpty();

            // On Unix this is SIGKILL.
            parent.destroyForcibly();

            stub.onExit().get(30, TimeUnit.SECONDS);
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void it_answers_out_of_a_jar() throws Exception {
        Path jar = folder.resolve("a jar.jar");
        pack(Path.of("target/classes"), jar);
        String libraries = Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .filter(entry -> entry.endsWith(".jar"))
                .reduce("", (all, entry) -> all + System.getProperty("path.separator") + entry);
        List<String> arguments = StubProcessMain.arguments(StubOptions.defaults(), folder);
        ProcessBuilder command = new ProcessBuilder(JAVA, "-cp", jar + libraries, StubProcessMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        command.command().addAll(arguments);
        Process process = command.start();
        try (OutputStream whileOpen = process.getOutputStream()) {
            Path address = folder.resolve(StubProcessMain.ADDRESS);
            while (!Files.exists(address)) {
                assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                        .as("it has ended: see its log")
                        .isFalse();
            }
            Customer customer = new Customer(URI.create(Files.readString(address)));

            assertThat(customer.ask(Endpoint.INVOKE, Customer.says(customer.init(), "Oi!"), Order.SPEED.header(), "0")
                            .lines())
                    .hasSize(2);
            assertThat(whileOpen).isNotNull();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> !f.equals(folder)).toList()) {
                boolean isFolder = Files.isDirectory(file);
                zip.putNextEntry(new ZipEntry(folder.relativize(file) + (isFolder ? "/" : "")));
                if (!isFolder) {
                    Files.copy(file, zip);
                }
            }
        }
    }
}
