package dev.firstline.contract;

import dev.firstline.Misuse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the contracts are: the ones that travel with the harness, or a folder of the user's. A folder that has no
 * schema for a YAML file borrows the shipped one, since what the harness can read does not depend on what was promised.
 */
public final class ContractFiles {
    private static final String ROOT = "contracts/";
    private static final String SLO = "slo.yaml";

    private final @Nullable Path folder;

    private ContractFiles(@Nullable Path folder) {
        this.folder = folder;
    }

    /** The ones that travel with the harness. */
    public static ContractFiles shipped() {
        return new ContractFiles(null);
    }

    /**
     * Those in a folder.
     *
     * @throws Misuse if it is none
     */
    public static ContractFiles in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new Misuse("a folder of contracts", folder.toString(), "--contracts", "name one that exists");
        }
        return new ContractFiles(folder);
    }

    /**
     * The promises, {@code slo.yaml}.
     *
     * @throws Misuse if the file is missing or its schema refuses it
     */
    public YamlFile slo() {
        if (folder == null) {
            return read(ROOT + SLO, shippedBytes(SLO), "slo");
        }
        Path file = folder.resolve(SLO);
        if (!Files.isRegularFile(file)) {
            throw new Misuse(SLO + " among the contracts", "none", folder.toString(), "add it, or drop --contracts");
        }
        return read(file.toString(), bytes(file), "slo");
    }

    /**
     * Reads a YAML file and lets its schema judge it.
     *
     * @param source its name, for messages
     * @param yaml its bytes, in UTF-8
     * @param schema which schema of {@code schemas/files}: {@code slo}, {@code journey}, {@code targets}
     * @throws Misuse if it is no YAML, or the schema refuses it; with the line
     */
    public YamlFile read(String source, byte[] yaml, String schema) {
        YamlFile file = YamlFile.parse(source, yaml);
        new FileSchema(schemaBytes(schema)).approve(file);
        return file;
    }

    private byte[] schemaBytes(String schema) {
        String name = "schemas/files/" + schema + ".schema.json";
        if (folder != null && Files.isRegularFile(folder.resolve(name))) {
            return bytes(folder.resolve(name));
        }
        return shippedBytes(name);
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > YamlFile.BYTES_MAX) {
                throw YamlFile.tooLong(file.toString(), Files.size(file));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Misuse("a readable file", String.valueOf(e.getMessage()), file.toString(), "see its permissions");
        }
    }

    private static byte[] shippedBytes(String name) {
        try (InputStream stream = ContractFiles.class.getClassLoader().getResourceAsStream(ROOT + name)) {
            if (stream == null) {
                throw new IllegalStateException("the harness was built without " + ROOT + name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
