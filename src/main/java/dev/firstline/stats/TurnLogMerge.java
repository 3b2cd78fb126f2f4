package dev.firstline.stats;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.firstline.Misuse;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One turn log of several that were written side by side: their rows as they stand, interleaved by when each ended.
 *
 * <p>Of the rows that are next in their logs, the one that ended first is taken; where two ended in the same
 * microsecond, the lower journey's, then the lower text. A log holds its rows nearly in that order, and never quite,
 * since several threads wrote. So the merged log is a stable sort by the latest end so far, which makes merging
 * associative and commutative as long as no two logs hold the same row. Memory is a row of each log.
 */
public final class TurnLogMerge {
    private TurnLogMerge() {}

    /**
     * What became of one log.
     *
     * @param folder where it was
     * @param rows how many rows it had, the first one apart
     * @param whole whether it was there and has an end
     */
    public record Source(Path folder, long rows, boolean whole) {}

    /**
     * Merges.
     *
     * @param folders each has a log, whole or torn, or none
     * @param out the folder of the merged log
     * @param identity the merged run
     * @return what became of each, in the order of the folders
     * @throws Misuse if one of them is not a log of a version that this harness knows
     */
    public static List<Source> merge(List<Path> folders, Path out, RunIdentity identity) throws IOException {
        List<Head> heads = new ArrayList<>();
        try (TurnLog merged = TurnLog.create(out, identity)) {
            PriorityQueue<Head> queue = new PriorityQueue<>(Head.FIRST);
            for (Path folder : folders) {
                Head head = Head.open(folder);
                heads.add(head);
                if (head.advance()) {
                    queue.add(head);
                }
            }
            for (Head first = queue.poll(); first != null; first = queue.poll()) {
                merged.append(first.row);
                if (first.advance()) {
                    queue.add(first);
                }
            }
        } finally {
            for (Head head : heads) {
                head.close();
            }
        }
        return heads.stream().map(Head::source).toList();
    }

    /** The next row of a log. */
    private static final class Head implements Closeable {
        static final Comparator<Head> FIRST = Comparator.<Head>comparingLong(head -> head.end)
                .thenComparingLong(head -> head.number)
                .thenComparing(head -> head.row);

        private final Path folder;
        private final @Nullable TurnLogRows rows;
        private String row = "";
        private long end;
        private long number;
        private long count;

        private Head(Path folder, @Nullable TurnLogRows rows) {
            this.folder = folder;
            this.rows = rows;
        }

        static Head open(Path folder) throws IOException {
            Path file = folder.resolve(TurnLog.NAME);
            return new Head(folder, Files.exists(file) ? TurnLogRows.open(file) : null);
        }

        boolean advance() throws IOException {
            String next = rows == null ? null : rows.next();
            if (rows == null || next == null) {
                return false;
            }
            row = next;
            count++;
            key(rows.where());
            return true;
        }

        /** Reads what the order needs and nothing else. */
        private void key(String where) throws IOException {
            long due = 0;
            long took = 0;
            number = 0;
            try (JsonParser json = Json.MAPPER.createParser(row)) {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    throw unreadable(where, "no object");
                }
                for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                    json.nextToken();
                    switch (name) {
                        case "due" -> due = json.getLongValue();
                        case "end" -> took = json.getLongValue();
                        case "number" -> number = json.getLongValue();
                        default -> json.skipChildren();
                    }
                }
            } catch (JacksonException e) {
                throw unreadable(where, e.getOriginalMessage());
            }
            end = due + took;
        }

        private static Misuse unreadable(String where, String saw) {
            return new Misuse("a row of a turn log", saw, where, "another run's folder");
        }

        Source source() {
            return new Source(folder, count, rows != null && rows.isWhole());
        }

        @Override
        public void close() throws IOException {
            if (rows != null) {
                rows.close();
            }
        }
    }
}
