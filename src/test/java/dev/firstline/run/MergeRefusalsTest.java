package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.stats.Clock;
import dev.firstline.stats.SharesFile;
import dev.firstline.stats.SummaryFile;
import dev.firstline.stats.TurnLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that do not belong together, or are not what they were: no figure is made of them. */
class MergeRefusalsTest {
    @TempDir
    private Path root;

    private SharedLoad load;

    @BeforeEach
    void three_injectors() throws IOException {
        load = new SharedLoad(root, 3, 1).walk();
    }

    @ParameterizedTest
    @ValueSource(strings = {SummaryFile.NAME, TurnLog.NAME})
    void a_file_of_another_injector_is_refused_and_the_same_command_works_when_it_is_mended(String file)
            throws Exception {
        Path mine = load.folder(1).resolve(file);
        byte[] was = Files.readAllBytes(mine);
        Files.copy(load.folder(0).resolve(file), mine, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(this::merge)
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("the files of one injector")
                .hasMessageContaining(load.folder(1).toString());

        Files.write(mine, was);
        assertThat(merge()).isZero();
    }

    @Test
    void a_log_that_is_none_leaves_nothing_behind() throws Exception {
        Path log = load.folder(1).resolve(TurnLog.NAME);
        byte[] was = Files.readAllBytes(log);
        byte[] damaged = was.clone();
        damaged[damaged.length / 2] ^= 0x55;
        Files.write(log, damaged);

        assertThatThrownBy(this::merge).isInstanceOf(Misuse.class);

        Files.write(log, was);
        assertThat(merge()).isZero();
    }

    @Test
    void injectors_that_counted_for_other_promises_are_refused() throws Exception {
        edit(load.folder(1).resolve(SummaryFile.NAME), "ttfl<=900ms", "ttfl<=300ms");

        assertThatThrownBy(this::merge)
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("injectors that counted for the same promises");
    }

    @ParameterizedTest
    @CsvSource({
        "\"injectors\" : 3, \"injectors\" : 0",
        "\"injectors\" : 3, \"injectors\" : 2000000000",
        "\"injector\" : 1, \"injector\" : -1",
        "\"injector\" : 1, \"injector\" : 3",
        "\"late_ms\" : 0.4, \"late_ms\" : \"NaN\"",
        "\"late_ms\" : 0.4, \"late_ms\" : -1",
        "\"whole\" :, \"hole\" :",
    })
    void shares_that_cannot_be_are_refused_by_the_file(String was, String is) throws Exception {
        edit(load.folder(1).resolve(SharesFile.NAME), was, is);

        assertThatThrownBy(this::merge).isInstanceOf(Misuse.class).hasMessageContaining("shares.json");
    }

    @Test
    void histograms_that_are_none_are_refused() throws Exception {
        Path summary = load.folder(1).resolve(SummaryFile.NAME);
        Files.writeString(
                summary,
                Files.readString(summary).replaceFirst("\"histogram\" : \"[^\"]+\"", "\"histogram\" : \"xxxx\""));

        assertThatThrownBy(this::merge).isInstanceOf(Misuse.class).hasMessageContaining("histogram");
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws Exception {
        Path file = Files.writeString(root.resolve("a-file"), "");

        assertThatThrownBy(() -> merge(file.resolve("out")))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("--out");
    }

    private static void edit(Path file, String was, String is) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(was);
        Files.writeString(file, text.replace(was, is));
    }

    private int merge() throws IOException, InterruptedException {
        return merge(root.resolve("out"));
    }

    private int merge(Path out) throws IOException, InterruptedException {
        Merge.Order order = new Merge.Order(load.folders(), out, load.contracts(), false, 0, Duration.ZERO);
        return Merge.merge(order, Clock.system(), said -> {}).orElseThrow().exitCode();
    }
}
