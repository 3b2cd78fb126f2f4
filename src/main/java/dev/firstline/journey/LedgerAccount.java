package dev.firstline.journey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What a {@link Ledger} comes to that somebody else has written.
 *
 * @param began inits that the schedule's customers sent
 * @param opened sessions that they opened
 * @param closed how many of those were closed
 * @param open all sessions that are open, the warm-up's too
 * @param unknown inits that were never answered: each may have opened a session that nobody can close
 */
public record LedgerAccount(long began, long opened, long closed, long open, long unknown) {
    /**
     * Reads a ledger without taking it over, also one whose owner still lives; a torn row at its end is none.
     *
     * @param file exists
     * @param schedule the keys of those who are not the warm-up's
     * @param names is told the key of every customer, the warm-up's too, and the id of every session
     * @throws dev.firstline.Misuse if a row that is not the last one cannot be read
     */
    public static LedgerAccount read(Path file, ClientKeys schedule, Consumer<String> names) throws IOException {
        AtomicLong began = new AtomicLong();
        AtomicLong opened = new AtomicLong();
        LedgerState state = LedgerFile.read(file, (sessionId, clientKey) -> {
                    names.accept(sessionId == null ? clientKey : sessionId);
                    if (schedule.has(clientKey)) {
                        (sessionId == null ? began : opened).incrementAndGet();
                    }
                })
                .state();
        long stillOpen = state.open().stream()
                .filter(session -> schedule.has(session.clientKey()))
                .count();
        return new LedgerAccount(
                began.get(),
                opened.get(),
                opened.get() - stillOpen,
                state.open().size(),
                state.unknownCount());
    }
}
