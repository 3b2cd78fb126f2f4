package dev.firstline.contract;

import dev.firstline.Misuse;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the contracts are: the ones that travel with the harness, or a folder of the user's. A folder that has no
 * schema for a YAML file borrows the shipped one, since what the harness can read does not depend on what was promised.
 */
public final class ContractFiles {
    private static final String ROOT = "contracts/";
    private static final String SLO = "slo.yaml";
    private static final String SCHEMAS = "schemas/v1";
    private static final int SCHEMAS_MAX = 1_000;

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

    /** The same text for the same schemas of the API, and for no others. */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            schemas().forEach((path, schema) -> {
                digest.update(path.getBytes(StandardCharsets.UTF_8));
                digest.update(schema);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * The same, of a folder that must have schemas of its own.
     *
     * @throws Misuse if it has none
     */
    public ContractFiles withSchemas() {
        if (folder != null && !Files.isDirectory(folder.resolve(SCHEMAS))) {
            throw new Misuse(
                    SCHEMAS + " in the folder of contracts",
                    "none",
                    folder.toString(),
                    "name a folder in the form of contracts/, or drop --contracts");
        }
        return this;
    }

    /** The API's schemas: their bytes by their path below {@code schemas/v1}. A folder has all of them or none. */
    SortedMap<String, byte[]> schemas() {
        if (folder != null && Files.isDirectory(folder.resolve(SCHEMAS))) {
            return all(folder.resolve(SCHEMAS));
        }
        URL shipped = ContractFiles.class.getClassLoader().getResource(ROOT + SCHEMAS);
        if (shipped == null) {
            throw new IllegalStateException("the harness was built without " + ROOT + SCHEMAS);
        }
        try {
            if (!(shipped.openConnection() instanceof JarURLConnection inJar)) {
                return all(Path.of(shipped.toURI()));
            }
            try (FileSystem jar =
                    FileSystems.newFileSystem(Path.of(inJar.getJarFileURL().toURI()))) {
                return all(jar.getPath("/" + ROOT + SCHEMAS));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path with no legal address: " + shipped, e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + shipped, e);
        }
    }

    private static SortedMap<String, byte[]> all(Path schemas) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(schemas)) {
            for (Path file : (Iterable<Path>) paths.filter(ContractFiles::isMeant)::iterator) {
                String path = schemas.relativize(file).toString().replace(File.separatorChar, '/');
                if (!path.endsWith(Schemas.ENDING)) {
                    throw new Misuse(
                            "schemas, whose names end with " + Schemas.ENDING, path, schemas.toString(), "remove it");
                }
                if (files.put(path, bytes(file)) == null && files.size() > SCHEMAS_MAX) {
                    throw new Misuse("at most " + SCHEMAS_MAX + " schemas", "more", schemas.toString(), "remove some");
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new Misuse(
                    "a readable folder", String.valueOf(e.getMessage()), schemas.toString(), "see its permissions");
        }
        return files;
    }

    /** What a desktop leaves in every folder is nobody's schema. */
    private static boolean isMeant(Path file) {
        return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".");
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
