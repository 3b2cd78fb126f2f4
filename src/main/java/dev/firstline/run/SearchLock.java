package dev.firstline.run;

import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Says that a search has a living owner, so that nobody carries it on beside it. The operating system frees the lock
 * when the process dies, however it dies.
 */
final class SearchLock implements AutoCloseable {
    private static final String FILE_NAME = "search.lock";

    private final FileChannel channel;

    private SearchLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes it.
     *
     * @throws Misuse if another process carries the search on
     */
    static SearchLock take(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // This very process has it.
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw new Misuse(
                    "a search that nobody carries on",
                    "another process that does",
                    folder.toString(),
                    "wait for its end, or end it first");
        }
        return new SearchLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
