package dev.firstline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.Misuse;
import dev.firstline.gate.capacity.StepResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Steps as files: {@code step.json} of one run, {@code steps.jsonl} of a search. */
final class StepFiles {
    /** The log of a search, from which it goes on. */
    static final String LOG = "steps.jsonl";

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private StepFiles() {}

    /** Writes the whole file or nothing. */
    static void write(Path file, Object value) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Reads what {@link #write} wrote. */
    static <T> T read(Path file, Class<T> type) throws IOException {
        return JSON.readValue(Files.readAllBytes(file), type);
    }

    /** Reads names and values. */
    static Map<String, String> readNames(Path file) throws IOException {
        return JSON.readValue(Files.readAllBytes(file), new TypeReference<Map<String, String>>() {});
    }

    /** Appends a step to the log; when this has returned, it is on the disk. */
    static void append(Path folder, StepResult step) throws IOException {
        byte[] row = (JSON.writeValueAsString(step) + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel log =
                FileChannel.open(folder.resolve(LOG), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(row);
            while (bytes.hasRemaining()) {
                log.write(bytes);
            }
            log.force(true);
        }
    }

    /**
     * The steps so far. A last row that is torn is as if it had not been written, and is cut off.
     *
     * @throws Misuse if another row cannot be read
     */
    static List<StepResult> log(Path folder) throws IOException {
        Path file = folder.resolve(LOG);
        List<StepResult> steps = new ArrayList<>();
        if (!Files.exists(file)) {
            return steps;
        }
        String text = Files.readString(file);
        int whole = text.lastIndexOf('\n') + 1;
        if (whole < text.length()) {
            Files.writeString(file, text.substring(0, whole));
        }
        for (String row : text.substring(0, whole).lines().toList()) {
            try {
                steps.add(JSON.readValue(row, StepResult.class));
            } catch (JsonProcessingException e) {
                throw new Misuse("a log of steps", e.getOriginalMessage(), file.toString(), "begin the search anew");
            }
        }
        return steps;
    }
}
