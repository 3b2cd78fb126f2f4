package dev.firstline.stub;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.firstline.Misuse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that a stub answers from: one of the user's, or the one on the class path, in a jar or not. */
final class StubRoot {
    private static final String SHIPPED = "stubs";

    private final @Nullable Path folder;
    private final String onClassPath;

    /** @param folder a WireMock root, or null for the one that travels with the jar */
    StubRoot(@Nullable Path folder) {
        this(folder, SHIPPED);
    }

    private StubRoot(@Nullable Path folder, String onClassPath) {
        this.folder = folder;
        this.onClassPath = onClassPath;
    }

    static StubRoot onClassPath(String name) {
        return new StubRoot(null, name);
    }

    /** Whether it is a root for the stub at all: one file at least begins like a recording. */
    boolean holdsRecordings() {
        if (folder == null) {
            return StubRoot.class.getClassLoader().getResource(onClassPath + "/" + Recordings.FOLDER) != null;
        }
        Path recordings = folder.resolve(Recordings.FOLDER);
        if (!Files.isDirectory(recordings)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(recordings)) {
            return files.filter(file -> file.toString().endsWith(Recordings.ENDING))
                    .anyMatch(StubRoot::isRecording);
        } catch (IOException e) {
            throw new UncheckedIOException("looking for recordings in " + recordings, e);
        }
    }

    private static boolean isRecording(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.anyMatch(line -> line.startsWith("{\"recording\""));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** @throws Misuse if the folder is none, or a recording in it is not as it should be */
    Recordings recordings() {
        if (folder == null) {
            return readOnClassPath();
        }
        if (!Files.isDirectory(folder)) {
            throw new Misuse("a folder with mappings/ and __files/", "none", folder.toString(), "name another folder");
        }
        return Recordings.read(folder, folder.toString());
    }

    WireMockConfiguration configure(WireMockConfiguration configuration) {
        return folder == null
                ? configuration.usingFilesUnderClasspath(onClassPath)
                : configuration.usingFilesUnderDirectory(folder.toString());
    }

    @Override
    public String toString() {
        return folder == null ? onClassPath : folder.toString();
    }

    private Recordings readOnClassPath() {
        URL found = StubRoot.class.getClassLoader().getResource(onClassPath);
        if (found == null) {
            throw new IllegalStateException("the class path holds no " + onClassPath);
        }
        try {
            if (!(found.openConnection() instanceof JarURLConnection inJar)) {
                return Recordings.read(Path.of(found.toURI()), onClassPath);
            }
            try (FileSystem jar =
                    FileSystems.newFileSystem(Path.of(inJar.getJarFileURL().toURI()))) {
                return Recordings.read(jar.getPath("/" + onClassPath), onClassPath);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path with no legal address: " + found, e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + found, e);
        }
    }
}
