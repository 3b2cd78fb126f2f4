package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.contract.Rule;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.Shares;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedFindingsTest {
    private static final RunSummary.Contract CONTRACT =
            new RunSummary.Contract(90, 90, 21, 0, Map.of("bad-value", 21L), Set.of("bad-value"));

    @TempDir
    private Path root;

    private Parts.Folder folder(String name, int... injectors) {
        List<Shares.Part> parts = Arrays.stream(injectors)
                .mapToObj(injector -> new Shares.Part(injector, "load", 1, 0, 0, 0, null, List.of(), List.of()))
                .toList();
        return new Parts.Folder(root.resolve(name), new Shares(1, "load", 10, parts));
    }

    private Parts.Folder injector(int injector, int answers) throws IOException {
        Path place = Files.createDirectories(root.resolve(injector + "/findings/bad-value"));
        for (int n = 1; n <= answers; n++) {
            new KeptAnswer(
                            "bad-value",
                            "VIOLATION",
                            Rule.BAD_VALUE.promise(),
                            "invoke",
                            "s-" + injector,
                            "greeting",
                            n,
                            1,
                            200,
                            null,
                            "whole",
                            true,
                            1,
                            List.of(new KeptAnswer.Told(2, "/a", "1", "2", "x.json")))
                    .write(place.resolve(n + ".json"));
            Files.writeString(place.resolve(n + ".ndjson"), "first\nof " + injector + "\n");
        }
        return folder("" + injector, injector);
    }

    private Path write(String out, Parts.Folder... parts) throws IOException {
        MergedFindings findings = new MergedFindings();
        for (Parts.Folder part : parts) {
            findings.add(part);
        }
        Path folder = Files.createDirectories(root.resolve(out));
        findings.write(folder, CONTRACT);
        return folder.resolve("findings");
    }

    @Test
    void the_first_answers_of_all_are_kept_under_names_that_say_whose_they_are() throws IOException {
        Parts.Folder zero = injector(0, 10);
        Parts.Folder one = injector(1, 1);
        Parts.Folder two = injector(2, 10);
        Path atOnce = write("all", zero, one, two);

        String index = Files.readString(atOnce.resolve("index.txt"));
        assertThat(index)
                .contains("bad-value  violation, 21 in all")
                .contains("firstline check --endpoint invoke --session s-1 findings/bad-value/1-of-injector-1.ndjson")
                .contains("line 2 /a: promised 1, saw 2\n    of 1\n");
        assertThat(index.split("firstline check", -1)).hasSize(1 + FindingsFolder.ANSWERS_MAX);
        assertThat(atOnce.resolve("bad-value/4-of-injector-2.ndjson")).hasContent("first\nof 2");
        assertThat(atOnce.resolve("bad-value/5-of-injector-2.ndjson")).doesNotExist();

        write("two", two, zero);
        Path steps = write("steps", folder("two", 0, 2), one);
        assertThat(steps.resolve("index.txt")).hasSameTextualContentAs(atOnce.resolve("index.txt"));
        assertThat(steps.resolve("bad-value/1-of-injector-1.json"))
                .hasSameTextualContentAs(atOnce.resolve("bad-value/1-of-injector-1.json"));
    }

    @Test
    void where_nothing_was_kept_there_is_no_folder() throws IOException {
        assertThat(write("none", folder("9", 9))).doesNotExist();
    }
}
