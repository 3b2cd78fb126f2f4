package dev.firstline.cli;

import static dev.firstline.cli.Checks.GOOD;
import static dev.firstline.cli.Checks.line;
import static dev.firstline.cli.Checks.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.wire.LineDecoder;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code firstline check} does with bytes that nobody would write by hand, and with many of them. */
final class CheckBytesIT {
    private final Checks checks;

    CheckBytesIT(@TempDir Path folder) {
        checks = new Checks(folder);
    }

    @Test
    void bytes_are_taken_as_they_come() throws Exception {
        byte[] notUtf8 = GOOD.getBytes(UTF_8);
        notUtf8[GOOD.indexOf("e-1")] = (byte) 0xC3;
        Files.write(checks.file("not-utf8"), notUtf8);
        checks.write(
                "crlf",
                GOOD.replace("\n", "\r\n") + "\r\n" + GOOD.replace("e-1", "e-2").replace("\n", "\r\n"));
        checks.write("no-line-feed", GOOD.strip());
        checks.write("half-a-line", GOOD + "{'result':{'resp");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(checks.file("packed.gz")))) {
            packed.write(GOOD.getBytes(UTF_8));
        }

        assertThat(told(checks.check("--format json not-utf8 crlf no-line-feed packed.gz half-a-line")))
                .containsSequence("not-utf8 1 violation not-utf8", "crlf 1 ok", "crlf 2 ok", "crlf 3 ok")
                .containsSequence("no-line-feed 1 ok", "packed.gz 1 ok", "half-a-line 1 ok")
                .last()
                .asString()
                .startsWith("half-a-line ")
                .contains(" violation truncated");
    }

    @Test
    void standard_input_is_read_too() throws Exception {
        checks.write("answer", GOOD);

        Jar.Ended ended = checks.end(checks.process(checks.command(List.of(), List.of("-")))
                .redirectInput(checks.file("answer").toFile()));

        assertThat(ended.out()).isEqualTo("PASS  1 line, 0 violations, 0 drifts\n");
    }

    @Test
    void a_line_that_is_too_long_is_passed_over() throws Exception {
        String long16 = "{'result':'" + "x".repeat(LineDecoder.LINE_BYTES_MAX) + "'}\n";
        checks.write("answer", GOOD + long16 + line("s-2", "{'sessionCloseEvent':{}}"));

        Jar.Ended ended = checks.check("--format json answer");

        assertThat(told(ended))
                .containsExactly(
                        "1 ok", "2 violation line-too-long", "3 violation foreign-session /result/response/sessionId");
        assertThat(ended.out()).hasSizeLessThan(2_000);
    }

    @Test
    void what_a_server_sends_commands_no_terminal_and_floods_no_log() throws Exception {
        String evil = "\\u001b[2J\\u202e\\ud800";
        checks.write("evil", line("s-1", "{'agentHandoverEvent':{'" + evil + "x".repeat(1 << 20) + "':1}}"));

        for (String format : List.of("text", "json")) {
            Jar.Ended ended = checks.check("--format " + format + " evil");

            assertThat(ended.out()).containsIgnoringCase("\\u001b").hasSizeBetween(100, 10_000);
            assertThat(ended.out().replace("\n", "").chars().filter(Character::isISOControl))
                    .isEmpty();
            assertThat(ended.out()).doesNotContain("\u202e");
        }
    }

    @Test
    void it_ends_quietly_when_its_reader_goes() throws Exception {
        checks.write("many", GOOD.repeat(100_000));
        String command = String.join(" ", checks.command(List.of(), List.of("--lines", "--format", "json", "many")));

        Jar.Ended ended =
                checks.end(checks.process(List.of("sh", "-c", "{ " + command + "; echo $? > code; } | head -1")));

        assertThat(ended.out()).isEqualTo("{\"line\":1,\"result\":\"ok\",\"findings\":[]}\n");
        assertThat(ended.err()).isEmpty();
        assertThat(Jar.text(checks.file("code")).strip()).isEqualTo("141");
    }

    /** Each line is another session's, so that nothing but the reading itself could grow. */
    @Test
    void two_hundred_megabytes_fit_through_a_small_heap() throws Exception {
        int lines = 200_000;
        Process check = checks.process(checks.command(List.of("-Xmx64m"), List.of("--lines", "-")))
                .start();
        try (OutputStream input = check.getOutputStream()) {
            String padding = "x".repeat(900);
            for (int i = 0; i < lines; i++) {
                input.write(line("s-" + i, "{'storeHandoverEvent':{'storeId':'" + padding + "'}}")
                        .getBytes(UTF_8));
            }
        }
        Jar.Ended ended = checks.end(check);

        assertThat(ended.out()).isEqualTo("PASS  200,000 lines, 0 violations, 0 drifts\n");
        assertThat(ended.err()).isEmpty();
    }
}
