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
import org.jspecify.annotations.Nullable;

/** The folder that a stub answers from: one of the user's, or the one on the class path, in a jar or not. */
final class StubRoot {
    private static final String ON_CLASS_PATH = "stubs";

    private final @Nullable Path folder;

    /** @param folder a WireMock root, or null for the one on the class path */
    StubRoot(@Nullable Path folder) {
        this.folder = folder;
    }

    /** @throws Misuse if the folder is none, or a recording in it is not as it should be */
    Recordings recordings() {
        if (folder == null) {
            return shipped();
        }
        if (!Files.isDirectory(folder)) {
            throw new Misuse("a folder with mappings/ and __files/", "none", folder.toString(), "name another folder");
        }
        return Recordings.read(folder, folder.toString());
    }

    WireMockConfiguration configure(WireMockConfiguration configuration) {
        return folder == null
                ? configuration.usingFilesUnderClasspath(ON_CLASS_PATH)
                : configuration.usingFilesUnderDirectory(folder.toString());
    }

    @Override
    public String toString() {
        return folder == null ? ON_CLASS_PATH : folder.toString();
    }

    private static Recordings shipped() {
        URL found = StubRoot.class.getClassLoader().getResource(ON_CLASS_PATH);
        if (found == null) {
            throw new IllegalStateException("the class path holds no " + ON_CLASS_PATH);
        }
        try {
            if (!(found.openConnection() instanceof JarURLConnection inJar)) {
                return Recordings.read(Path.of(found.toURI()), ON_CLASS_PATH);
            }
            try (FileSystem jar =
                    FileSystems.newFileSystem(Path.of(inJar.getJarFileURL().toURI()))) {
                return Recordings.read(jar.getPath("/" + ON_CLASS_PATH), ON_CLASS_PATH);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path with no legal address: " + found, e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + found, e);
        }
    }
}
