package dev.firstline.run;

import dev.firstline.Misuse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files that travel with the jar, unless a user points at a file or a folder instead. */
final class Resources {
    private static final long FILE_BYTES_MAX = 4 << 20;

    private Resources() {}

    /** A file and where it came from, as messages tell it. */
    record Text(String source, String content) {}

    /** The user's file, or the class path's. */
    static Text one(@Nullable Path file, String resource) {
        if (file != null) {
            return new Text(file.toString(), read(file));
        }
        try (InputStream in = Resources.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            return new Text(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every {@code .yaml} file of the user's folder, or of the class path's, by its source and in its order. */
    static SortedMap<String, String> yamlIn(@Nullable Path folder, String resourceFolder) {
        if (folder != null) {
            SortedMap<String, String> files = list(folder, folder.toString());
            if (files.isEmpty()) {
                throw new Misuse("a folder with .yaml files", "none", folder.toString(), "another folder");
            }
            return files;
        }
        return onClassPath(resourceFolder, shipped -> list(shipped, resourceFolder));
    }

    /** Every file in and below the class path's folder whose name ends so, by its name. */
    static List<String> shipped(String resourceFolder, String ending) {
        return onClassPath(resourceFolder, folder -> {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(file -> file.toString().endsWith(ending))
                        .sorted()
                        .map(Resources::read)
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** In a jar or not. */
    private static <T> T onClassPath(String resourceFolder, Function<Path, T> read) {
        URL url = Resources.class.getResource("/" + resourceFolder);
        if (url == null) {
            throw new IllegalStateException("not on the class path: " + resourceFolder);
        }
        try {
            URI uri = url.toURI();
            if (!uri.getScheme().equals("jar")) {
                return read.apply(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read.apply(jar.getPath("/" + resourceFolder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SortedMap<String, String> list(Path folder, String source) {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(file -> file.toString().endsWith(".yaml"))
                    .forEach(file -> files.put(source + "/" + file.getFileName(), read(file)));
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new Misuse("a folder", "no such folder", folder.toString(), "the path of one that exists");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new Misuse(
                        "at most " + FILE_BYTES_MAX + " bytes",
                        Files.size(file) + " bytes",
                        file.toString(),
                        "a smaller file");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new Misuse("a file", "no such file", file.toString(), "the path of one that exists");
        } catch (CharacterCodingException e) {
            throw new Misuse("text in UTF-8", "other bytes", file.toString(), "to save it as UTF-8");
        } catch (IOException e) {
            throw new Misuse("a readable file", e.toString(), file.toString(), "another file, or its permissions");
        }
    }
}
