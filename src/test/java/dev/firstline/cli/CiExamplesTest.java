package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The examples for CI say what the command line understands. */
final class CiExamplesTest {
    private static final String COMMAND = "java -jar target/firstline.jar ";

    @ParameterizedTest
    @ValueSource(strings = {"github-actions.yml", "gitlab-ci.yml"})
    void every_command_of_an_example_is_understood(String example) throws IOException {
        String text = Files.readString(Path.of("src/main/ci", example));
        List<String> commands = text.lines()
                .filter(line -> line.contains(COMMAND))
                .map(line -> line.substring(line.indexOf(COMMAND) + COMMAND.length()))
                .toList();

        assertThat(new YAMLMapper().readTree(text).isObject()).isTrue();
        assertThat(commands)
                .extracting(command -> command.split(" ", 2)[0])
                .containsExactly("run", "run", "run", "run", "gate", "certify", "capacity");
        for (String command : commands) {
            assertThatCode(() -> new CommandLine(new Main())
                            .setCaseInsensitiveEnumValuesAllowed(true)
                            .parseArgs(command.split(" ")))
                    .as(command)
                    .doesNotThrowAnyException();
        }
    }
}
