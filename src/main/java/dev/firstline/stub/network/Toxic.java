package dev.firstline.stub.network;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done to one direction of a connection. A toxic is its values; what it has to remember of a connection is kept
 * by a {@link Stage}, so it can be exchanged while data is on its way.
 *
 * <p>Meaning, names and units are those of Toxiproxy 2. A time of 0 or less is none.
 */
sealed interface Toxic {
    /** Never: what {@link #pass} returns where no time alone will bring anything. */
    long NEVER = Long.MAX_VALUE;

    ToxicKind kind();

    /** Its values, in the order of {@link ToxicKind#attributes()}. */
    List<Long> values();

    /**
     * Gives on what may go on by now, in order, and keeps the rest.
     *
     * @return when to ask again, though nothing more has come by then; {@link #NEVER} if that would be in vain
     */
    long pass(Stage stage, long nowNanos);

    /** How many bytes on their way it holds beside what any pipe may. */
    default int roomBytes() {
        return 0;
    }

    /**
     * How a connection ends when the toxic is taken away, since it would go on with a gap in it; null if it does not.
     */
    default Chunk.@Nullable End endWhenTaken(Stage stage) {
        return null;
    }

    /** A delay line: everything comes so much later, in order, and as much at once as before. */
    record Latency(long latencyMillis, long jitterMillis) implements Toxic {
        /** Enough for 20 MB/s at 200 ms. */
        private static final int LINE_BYTES_MAX = 8 << 20;

        @Override
        public ToxicKind kind() {
            return ToxicKind.LATENCY;
        }

        @Override
        public List<Long> values() {
            return List.of(latencyMillis, jitterMillis);
        }

        @Override
        public int roomBytes() {
            return LINE_BYTES_MAX;
        }

        @Override
        public long pass(Stage stage, long nowNanos) {
            for (Chunk head = stage.head(); head != null; head = stage.head()) {
                long dueNanos = head.isEnd() ? head.atNanos() : later(head.atNanos(), delayNanos(stage.headLuck()));
                if (dueNanos > nowNanos) {
                    return dueNanos;
                }
                stage.give(stage.take().at(dueNanos));
            }
            return NEVER;
        }

        private long delayNanos(double luck) {
            double millis = latencyMillis + (jitterMillis <= 0 ? 0 : (2 * luck - 1) * jitterMillis);
            return (long) (Math.max(0, millis) * MILLISECONDS.toNanos(1));
        }
    }

    /** So many thousand bytes a second at most; with 0 nothing passes, and nothing is lost. */
    record Bandwidth(long rate) implements Toxic {
        /** A large chunk goes in pieces that take so long each. */
        private static final long PIECE_MILLIS = 100;

        @Override
        public ToxicKind kind() {
            return ToxicKind.BANDWIDTH;
        }

        @Override
        public List<Long> values() {
            return List.of(rate);
        }

        @Override
        public long pass(Stage stage, long nowNanos) {
            for (Chunk head = stage.head(); head != null; head = stage.head()) {
                if (head.isEnd()) {
                    stage.give(stage.take());
                    return NEVER;
                }
                if (rate <= 0) {
                    return NEVER;
                }
                // A kilobyte a second is a byte a millisecond.
                int piece = (int) Math.min(head.length(), Math.min(rate, Integer.MAX_VALUE) * PIECE_MILLIS);
                long startNanos = Math.max(stage.freeNanos(), head.atNanos());
                long dueNanos = startNanos + (long) ((double) piece / rate * MILLISECONDS.toNanos(1));
                if (dueNanos > nowNanos) {
                    return dueNanos;
                }
                stage.free(dueNanos);
                stage.give(stage.take(piece).at(dueNanos));
            }
            return NEVER;
        }
    }

    /** The end comes so much later than the last byte. */
    record SlowClose(long delayMillis) implements Toxic {
        @Override
        public ToxicKind kind() {
            return ToxicKind.SLOW_CLOSE;
        }

        @Override
        public List<Long> values() {
            return List.of(delayMillis);
        }

        @Override
        public long pass(Stage stage, long nowNanos) {
            for (Chunk head = stage.head(); head != null; head = stage.head()) {
                long dueNanos =
                        head.isEnd() ? later(head.atNanos(), MILLISECONDS.toNanos(delayMillis)) : head.atNanos();
                if (dueNanos > nowNanos) {
                    return dueNanos;
                }
                stage.give(stage.take().at(dueNanos));
            }
            return NEVER;
        }
    }

    /** Whatever comes is lost, and after so long the connection is closed; with 0 it never is. */
    record Timeout(long timeoutMillis) implements Toxic {
        @Override
        public ToxicKind kind() {
            return ToxicKind.TIMEOUT;
        }

        @Override
        public List<Long> values() {
            return List.of(timeoutMillis);
        }

        @Override
        public Chunk.@Nullable End endWhenTaken(Stage stage) {
            return Chunk.End.CUT;
        }

        @Override
        public long pass(Stage stage, long nowNanos) {
            for (Chunk head = stage.head(); head != null; head = stage.head()) {
                Chunk lost = stage.take();
                if (lost.isEnd()) {
                    stage.give(lost);
                }
            }
            return timeoutMillis <= 0 ? NEVER : stage.endAt(timeoutMillis, Chunk.End.CUT, nowNanos);
        }
    }

    /** The first that comes is lost, and so long after it both connections are reset. */
    record ResetPeer(long timeoutMillis) implements Toxic {
        @Override
        public ToxicKind kind() {
            return ToxicKind.RESET_PEER;
        }

        @Override
        public List<Long> values() {
            return List.of(timeoutMillis);
        }

        @Override
        public Chunk.@Nullable End endWhenTaken(Stage stage) {
            return stage.isStruck() ? Chunk.End.RESET : null;
        }

        @Override
        public long pass(Stage stage, long nowNanos) {
            while (stage.head() != null) {
                stage.strike(stage.take().atNanos());
            }
            return stage.isStruck() ? stage.endAt(timeoutMillis, Chunk.End.RESET, nowNanos) : NEVER;
        }
    }

    /** Bytes go in pieces of about so many, each so much later than the one before it. */
    record Slicer(long averageSize, long sizeVariation, long delayMicros) implements Toxic {
        @Override
        public ToxicKind kind() {
            return ToxicKind.SLICER;
        }

        @Override
        public List<Long> values() {
            return List.of(averageSize, sizeVariation, delayMicros);
        }

        @Override
        public long pass(Stage stage, long nowNanos) {
            for (Chunk head = stage.head(); head != null; head = stage.head()) {
                long dueNanos = Math.max(stage.freeNanos(), head.atNanos());
                if (dueNanos > nowNanos) {
                    return dueNanos;
                }
                if (head.isEnd()) {
                    stage.give(stage.take());
                    return NEVER;
                }
                double size = averageSize + (2 * stage.headLuck() - 1) * Math.max(0, sizeVariation);
                stage.give(stage.take((int) Math.max(1, Math.min(size, head.length())))
                        .at(dueNanos));
                stage.free(later(nowNanos, MICROSECONDS.toNanos(delayMicros)));
            }
            return NEVER;
        }
    }

    /** After so many bytes the connection is closed. */
    record LimitData(long bytes) implements Toxic {
        @Override
        public ToxicKind kind() {
            return ToxicKind.LIMIT_DATA;
        }

        @Override
        public List<Long> values() {
            return List.of(bytes);
        }

        @Override
        public long pass(Stage stage, long nowNanos) {
            for (Chunk head = stage.head(); head != null; head = stage.head()) {
                long left = Math.max(0, bytes - stage.passedBytes());
                if (head.isEnd()) {
                    stage.give(stage.take());
                    return NEVER;
                }
                if (left > 0) {
                    stage.give(stage.take((int) Math.min(left, head.length())));
                }
                if (stage.passedBytes() >= bytes) {
                    stage.give(Chunk.end(Chunk.End.CUT, nowNanos));
                    return NEVER;
                }
            }
            return NEVER;
        }
    }

    /** A time after another, which is far off rather than past where the sum is beyond all times. */
    static long later(long nanos, long byNanos) {
        return nanos + Math.min(Math.max(0, byNanos), Long.MAX_VALUE / 2);
    }
}
