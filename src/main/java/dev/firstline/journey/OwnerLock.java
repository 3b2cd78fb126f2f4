package dev.firstline.journey;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that a ledger has a living owner: the operating system frees the lock when the process dies, however it dies.
 *
 * <p>The lock is on a file of its own, for a POSIX lock is lost as soon as its process closes any other descriptor of
 * the same file, which a mere reader of the ledger would do. For the same reason no process asks for a lock it already
 * holds: it looks into {@link #OWN} first.
 */
final class OwnerLock {
    private static final String SUFFIX = ".lock";

    /** The lock files that this process holds; as many as it has ledgers. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private OwnerLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Whether a ledger has not been released for good: its owner lives, or died, or left something open. */
    static boolean left(Path ledger) {
        return Files.exists(beside(ledger)) && Files.exists(ledger);
    }

    /** Takes the lock, or nothing if somebody has it. */
    static Optional<OwnerLock> take(Path ledger) throws IOException {
        Path path = beside(ledger);
        if (!OWN.add(path)) {
            return Optional.empty();
        }
        boolean taken = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            taken = channel.tryLock() != null;
            return taken ? Optional.of(new OwnerLock(path, channel)) : Optional.empty();
        } finally {
            if (!taken) {
                OWN.remove(path);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** Lets others take it. */
    void release() throws IOException {
        channel.close();
        OWN.remove(path);
    }

    /** Lets go of it and leaves no trace: there is nothing to take over. */
    void releaseForGood() throws IOException {
        release();
        Files.deleteIfExists(path);
    }

    private static Path beside(Path ledger) {
        return ledger.toAbsolutePath().normalize().resolveSibling(ledger.getFileName() + SUFFIX);
    }
}
