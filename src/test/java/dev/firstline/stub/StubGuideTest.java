package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stub.Orders.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The guide to the stub says what is so. */
final class StubGuideTest {
    private static final Pattern RECORDING = Pattern.compile("```ndjson\n(.*?)```", Pattern.DOTALL);

    private static String guide = "";

    @BeforeAll
    static void read() throws IOException {
        guide = Files.readString(Path.of("stubs/README.md"));
    }

    @Test
    void its_recording_is_one() {
        Matcher found = RECORDING.matcher(guide);

        assertThat(found.find()).isTrue();
        assertThat(RecordingReader.read("stubs/README.md", found.group(1)).rows())
                .hasSize(4);
    }

    @Test
    void it_names_every_placeholder_and_every_order() {
        assertThat(Arrays.stream(Placeholder.values()).map(place -> "`" + place.declaredAs() + "`"))
                .allMatch(guide::contains);
        assertThat(Arrays.stream(Order.values()).map(Order::header)).allMatch(guide::contains);
    }
}
