package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A YAML file as JSON that still knows its lines.
 *
 * @param source the file's name, for messages
 * @param root what it says; an empty file is a null node
 * @param lines the line of each value, counted from 1, by its JSON pointer
 */
public record YamlFile(String source, JsonNode root, Map<String, Integer> lines) {
    /** How long a file may be. */
    public static final int BYTES_MAX = 1 << 20;

    public YamlFile {
        lines = Map.copyOf(lines);
    }

    /**
     * Reads a file: one document of YAML 1.2's core schema in UTF-8, so that {@code no} and {@code 2026-12-01} are
     * text.
     *
     * @throws Misuse if it is not that, has a key twice, or is too long, too deep or too wide; with the line
     */
    public static YamlFile parse(String source, byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw tooLong(source, bytes.length);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Misuse("text in UTF-8", "bytes that are not", source, "save the file as UTF-8");
        }
        return new YamlTree(source).read(text);
    }

    /** Where a value stands: {@code slo.yaml:12}; where it is missing, the line of what should hold it. */
    public String where(String pointer) {
        return source + ":" + line(pointer);
    }

    int line(String pointer) {
        String at = pointer;
        while (!at.isEmpty() && !lines.containsKey(at)) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }

    static Misuse tooLong(String source, long bytes) {
        return new Misuse("a file of at most " + BYTES_MAX + " bytes", bytes + " bytes", source, "split it");
    }
}
