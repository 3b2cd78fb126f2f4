package dev.firstline.bench;

import dev.firstline.wire.Envelope;
import dev.firstline.wire.EnvelopeReader;
import dev.firstline.wire.LineDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Splitting bytes into lines, and reading one line each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class WireBenchmark {
    private static final int REPLY_BYTES = 1 << 20;

    /** Reading one line each. */
    @State(Scope.Thread)
    public static class Lines {
        private final byte[] text = AgentLines.reply(1).get(0);
        private final byte[] asciiText = AgentLines.text(0, "Hello! Are you after a festive dress under US$ 100?");
        private final byte[] recommendation = AgentLines.recommendation(4);
    }

    /** How many bytes come at once: a piece of a line, a network packet, a full read. */
    @Param({"64", "1448", "65536"})
    private int chunkBytes;

    private ByteBuffer reply = ByteBuffer.allocateDirect(0);

    /** JMH starts it. */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(WireBenchmark.class.getSimpleName())
                        .build())
                .run();
    }

    /** A reply of the size, in memory as Netty hands it over. */
    @Setup
    public void prepare() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        while (lines.size() < REPLY_BYTES) {
            for (byte[] line : AgentLines.reply(20)) {
                lines.writeBytes(line);
                lines.write('\n');
            }
        }
        reply = ByteBuffer.allocateDirect(REPLY_BYTES).put(lines.toByteArray(), 0, REPLY_BYTES);
    }

    /** 1 MiB into lines: microseconds for all of it, which is about nanoseconds a KiB. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public void split(Blackhole sink) {
        LineDecoder decoder = new LineDecoder();
        for (int at = 0; at < REPLY_BYTES; at += chunkBytes) {
            decoder.feed(reply.clear().position(at).limit(Math.min(REPLY_BYTES, at + chunkBytes)), sink::consume);
        }
    }

    /** A text of some 300 bytes with a few letters beyond ASCII. */
    @Benchmark
    public Envelope readText(Lines lines) {
        return EnvelopeReader.read(lines.text);
    }

    /** The same in ASCII. */
    @Benchmark
    public Envelope readAsciiText(Lines lines) {
        return EnvelopeReader.read(lines.asciiText);
    }

    /** Three products, about a kilobyte. */
    @Benchmark
    public Envelope readRecommendation(Lines lines) {
        return EnvelopeReader.read(lines.recommendation);
    }
}
