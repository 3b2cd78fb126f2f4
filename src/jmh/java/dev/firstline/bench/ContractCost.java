package dev.firstline.bench;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.firstline.contract.AnswerChecker;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.Contracts;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Envelope;
import dev.firstline.wire.EnvelopeReader;
import dev.firstline.wire.Line;
import dev.firstline.wire.LineDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What it costs to check a line, in CPU of the one thread that does it: our checker, which parses too; Jackson's
 * parsing alone, as strict about keys; the events that a turn's timing reads anyhow; and a validator that we did not
 * write, over the raw schemas. They take turns of 100 ms in one process, so their ratios stand by themselves.
 */
public final class ContractCost {
    private static final Path SCHEMAS = Path.of("contracts/schemas/v1");
    private static final String BASE = "https://contracts.invalid/agent-graph/v1/";
    private static final String SESSION = "b6bed81c-5fda-486d-b96c-1ff3af36219a";
    private static final int LINES = 20;
    private static final long WINDOW_NANOS = 100_000_000;
    private static final int WARM_UP_ROUNDS = 30;

    private enum Way {
        CHECK,
        PARSE,
        EVENTS,
        VALIDATOR
    }

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ObjectMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private final Contracts contracts = Contracts.load(ContractFiles.shipped());
    private final Schema raw = raw();
    private long found;

    private ContractCost() {}

    /** {@code -Drounds=N}: windows of each way, 30 unless told. */
    public static void main(String[] args) {
        int rounds = Integer.getInteger("rounds", 30);
        ContractCost cost = new ContractCost();
        System.err.printf("load average %s%n", Fork.loadAverage());
        cost.time("80 % texts of 300 B, 20 % recommendations of 3 KB", AgentLines.longReply(LINES), rounds);
        cost.time(
                "texts", IntStream.range(0, LINES).mapToObj(ContractCost::text).toList(), rounds);
        cost.time(
                "recommendations",
                IntStream.range(0, LINES)
                        .mapToObj(i -> AgentLines.recommendation(i, 10))
                        .toList(),
                rounds);
        System.err.printf("load average %s%n", Fork.loadAverage());
    }

    private static byte[] text(int number) {
        return AgentLines.text(number, "Olá! Você procura um vestido de festa até US$ 100?");
    }

    private void time(String what, List<byte[]> bytes, int rounds) {
        List<Line> lines = lines(bytes);
        double lineBytes =
                bytes.stream().mapToInt(line -> line.length).average().orElseThrow();
        Map<Way, List<Double>> micros = new EnumMap<>(Way.class);
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            for (Way way : Way.values()) {
                double one = window(way, lines);
                if (round >= 0) {
                    micros.computeIfAbsent(way, any -> new ArrayList<>()).add(one);
                }
            }
        }
        System.err.printf("%n%s, %.0f B a line, CPU in µs a line%n", what, lineBytes);
        double check = new Spread(micros.getOrDefault(Way.CHECK, List.of())).percentile(50);
        micros.forEach((way, all) -> {
            Spread spread = new Spread(all);
            double median = spread.percentile(50);
            System.err.printf(
                    "%-9s  %s  %,9.0f lines/s  %4.0f MB/s  check/this %.2f%n",
                    way, spread, 1e6 / median, lineBytes / median, check / median);
        });
        if (found > 0) {
            throw new IllegalStateException(found + " findings in lines that have none");
        }
    }

    private double window(Way way, List<Line> lines) {
        long startNanos = threads.getCurrentThreadCpuTime();
        long endNanos = startNanos;
        long done = 0;
        while (endNanos - startNanos < WINDOW_NANOS) {
            for (int i = 0; i < 20; i++) {
                reply(way, lines);
            }
            done += 20L * lines.size();
            endNanos = threads.getCurrentThreadCpuTime();
        }
        return (endNanos - startNanos) / 1e3 / done;
    }

    /** One answer of so many lines, as a load run has it. */
    private void reply(Way way, List<Line> lines) {
        try {
            switch (way) {
                case CHECK -> {
                    AnswerChecker checker = contracts.answer(Endpoint.INVOKE, SESSION, (finding, line) -> found++);
                    checker.head(200, "application/json");
                    lines.forEach(checker::line);
                    checker.end(AnswerEnd.WHOLE);
                }
                case PARSE -> {
                    for (Line line : lines) {
                        found += json.readTree(line.bytes()).isObject() ? 0 : 1;
                    }
                }
                case EVENTS -> {
                    for (Line line : lines) {
                        found += EnvelopeReader.read(line) instanceof Envelope.Malformed ? 1 : 0;
                    }
                }
                case VALIDATOR -> {
                    for (Line line : lines) {
                        found += raw.validate(json.readTree(line.bytes())).size();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Line> lines(List<byte[]> bytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] line : bytes) {
            body.writeBytes(line);
            body.write('\n');
        }
        List<Line> lines = new ArrayList<>();
        new LineDecoder().feed(ByteBuffer.wrap(body.toByteArray()), lines::add);
        return lines;
    }

    private static Schema raw() {
        Map<String, String> byId = new HashMap<>();
        try (Stream<Path> files = Files.walk(SCHEMAS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byId.put(BASE + SCHEMAS.relativize(file), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        Schema schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemaRegistryConfig(config).schemas(byId::get))
                .getSchema(SchemaLocation.of(BASE + "wire/stream-line.schema.json"));
        schema.initializeValidators();
        return schema;
    }
}
