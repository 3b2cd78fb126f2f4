package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchLockTest {
    @Test
    void a_search_is_carried_on_by_one_at_a_time(@TempDir Path folder) throws IOException {
        try (SearchLock first = SearchLock.take(folder)) {
            assertThatThrownBy(() -> SearchLock.take(folder))
                    .as("beside %s", first)
                    .isInstanceOf(Misuse.class)
                    .hasMessageContaining("another process");
        }

        assertThatCode(() -> SearchLock.take(folder).close()).doesNotThrowAnyException();
    }
}
