package dev.firstline.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnLogMergeTest {
    @TempDir
    private Path root;

    private int folders;

    private Path folder() throws IOException {
        return Files.createDirectory(root.resolve("log" + folders++));
    }

    /** A log of rows told as {@code end:number}, in milliseconds. */
    private Path log(List<String> rows) throws IOException {
        Path folder = folder();
        try (TurnLog log = TurnLog.create(folder, Calls.RUN)) {
            for (String row : rows) {
                String[] told = row.split(":", -1);
                log.write(Calls.close(Long.parseLong(told[1]), 0, Long.parseLong(told[0]), Outcome.OK));
            }
        }
        return folder;
    }

    private Path merged(List<Path> logs) throws IOException {
        Path out = folder();
        TurnLogMerge.merge(logs, out, Calls.RUN);
        return out;
    }

    private static List<String> rows(Path folder) throws IOException {
        List<String> rows = new ArrayList<>();
        TurnLog.read(
                folder, call -> rows.add(call.timing().endNanos() / 1_000_000 + ":" + call.number()), journey -> {});
        return rows;
    }

    private static List<String> list(String rows) {
        return rows.isBlank() ? List.of() : Arrays.asList(rows.trim().split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            1:0 3:0     | 2:1 4:1     | 1:0 2:1 3:0 4:1     # in turns
            5:0 2:0 7:0 | 3:1 6:1     | 3:1 5:0 2:0 6:1 7:0 # a row that came late follows the one that it came after
            4:1         | 4:0         | 4:0 4:1             # at the same time the lower journey's
            1:0         | ''          | 1:0
            """)
    void rows_come_by_when_they_ended(String one, String other, String all) throws IOException {
        Path a = log(list(one));
        Path b = log(list(other));
        List<String> expected = list(all.replaceFirst(" *#.*", ""));

        assertThat(rows(merged(List.of(a, b)))).isEqualTo(expected);
        assertThat(rows(merged(List.of(b, a)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_is_a_stable_sort_by_the_latest_end_so_far_however_it_is_bracketed(long seed) throws IOException {
        Random random = new Random(seed);
        List<Path> logs = new ArrayList<>();
        for (int k = 0; k < 3 + random.nextInt(3); k++) {
            List<String> rows = new ArrayList<>();
            for (int row = 0; row < 50; row++) {
                rows.add((row + random.nextInt(8)) + ":" + (1000 * k + row));
            }
            logs.add(log(rows));
        }
        List<String> atOnce = rows(merged(logs));
        Collections.shuffle(logs, random);
        int cut = 1 + random.nextInt(logs.size() - 1);
        Path left = merged(logs.subList(0, cut));
        Path right = merged(logs.subList(cut, logs.size()));

        assertThat(atOnce).hasSize(50 * logs.size());
        assertThat(rows(merged(List.of(right, left)))).isEqualTo(atOnce);
    }

    @Test
    void a_row_goes_through_as_it_stands_whatever_it_holds() throws IOException {
        Path newer = folder();
        String row = "{\"call\":\"close\",\"journey\":\"a\",\"number\":3,\"due\":1,\"new\":{\"end\":[7]},\"end\":2}";
        try (TurnLog log = TurnLog.create(newer, Calls.RUN)) {
            log.append(row);
        }
        Path out = merged(List.of(newer, log(List.of("1:0"))));
        try (TurnLogRows rows = TurnLogRows.open(out.resolve(TurnLog.NAME))) {
            assertThat(rows.next()).isEqualTo(row);
            assertThat(rows.next()).contains("\"number\":0");
            assertThat(rows.next()).isNull();
            assertThat(rows.isWhole()).isTrue();
        }
    }

    @Test
    void a_log_without_an_end_is_merged_as_far_as_it_goes_and_told() throws IOException {
        Path torn = log(List.of("1:0", "2:0", "3:0"));
        byte[] bytes = Files.readAllBytes(torn.resolve(TurnLog.NAME));
        Files.write(torn.resolve(TurnLog.NAME), Arrays.copyOf(bytes, bytes.length - 12));
        Path empty = log(List.of());
        Files.write(empty.resolve(TurnLog.NAME), Arrays.copyOf(bytes, 5));
        Path none = folder();
        Path whole = log(List.of("9:1"));
        Path out = folder();

        List<TurnLogMerge.Source> sources = TurnLogMerge.merge(List.of(torn, empty, none, whole), out, Calls.RUN);

        assertThat(sources).extracting(TurnLogMerge.Source::whole).containsExactly(false, false, false, true);
        assertThat(sources)
                .extracting(TurnLogMerge.Source::rows)
                .startsWith(sources.get(0).rows(), 0L, 0L, 1L);
        assertThat(rows(out)).hasSize((int) sources.get(0).rows() + 1).endsWith("9:1");
    }

    @Test
    void a_row_that_is_none_is_told_by_its_place() throws IOException {
        Path broken = folder();
        try (TurnLog log = TurnLog.create(broken, Calls.RUN)) {
            log.append("{\"due\":\"soon\"}");
            log.append("{}");
        }
        assertThatThrownBy(() -> merged(List.of(broken)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(TurnLog.NAME + ":2");
    }
}
