package dev.firstline.run;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstline.gate.Slo;
import dev.firstline.gate.Slos;
import dev.firstline.gatling.Schedule;
import dev.firstline.stats.Clock;
import io.gatling.javaapi.core.PopulationBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One injector at the barrier, between its warm-up and its load: tells that it is there, hears when the load begins,
 * and finds out by how much its clocks differ from injector 0's. Waits on a thread of its own.
 */
final class Meeting implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Meeting.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration EVERY_OF_MANY = Duration.ofMillis(500);
    private static final int MANY = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TELL_EVERY = Duration.ofSeconds(10);

    /** How often Gatling looks whether the waiting is over. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** So often a clock is asked each time; the quickest answer of all tells it best. */
    private static final int CLOCK_QUESTIONS = 10;

    private static final double WELL_KNOWN_MS = 1;

    private static final int OK = 200;
    private static final int CONFLICT = 409;

    private final Sharing sharing;
    private final Sharing.Address address;
    private final Barrier.Arrival me;
    private final Schedule schedule;
    private final Clock clock;
    private final @Nullable Barrier mine;
    private final @Nullable BarrierServer server;
    private final Consumer<Met> onMet;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile @Nullable String failure;
    private volatile boolean over;

    /**
     * All have met.
     *
     * @param whole the name of the run that they make up
     * @param lateMs how much later than agreed this injector's schedule begins; 0 as a rule
     * @param clockAheadMs how far its time of day is ahead of injector 0's
     * @param clockWithinMs give or take so much
     */
    record Met(String whole, double lateMs, double clockAheadMs, double clockWithinMs) {}

    /** How injector 0's clocks read beside ours. */
    private record Offset(long nanosBehind, double dayAheadMs, double withinMs) {
        static final Offset NONE = new Offset(0, 0, 0);
        static final Offset UNKNOWN = new Offset(0, 0, Double.POSITIVE_INFINITY);

        Offset orSurer(Offset other) {
            return other.withinMs < withinMs ? other : this;
        }
    }

    private Meeting(Prepared prepared, Sharing.Address address, Schedule schedule, Clock clock, Consumer<Met> onMet) {
        this.sharing = prepared.sharing();
        this.address = address;
        this.schedule = schedule;
        this.clock = clock;
        this.onMet = onMet;
        Map<String, String> load = new TreeMap<>(prepared.fingerprint());
        load.remove(Identity.MACHINE);
        load.put("address", String.valueOf(prepared.target().baseUrl()));
        load.put("promises", promises(prepared.slos()));
        for (String setting : List.of("http2", "max-duration")) {
            load.put(setting, prepared.settings().text(setting, "none"));
        }
        int injector = sharing.share().injector();
        this.me = new Barrier.Arrival(injector, UUID.randomUUID().toString(), load, schedule.leadNanos());
        this.mine = injector == 0 ? new Barrier(prepared.name(), sharing.share().injectors(), load, clock) : null;
        this.server = mine == null ? null : BarrierServer.open(address, mine, clock);
    }

    /** What turns are counted for: a promise that half of the injectors know cannot be judged. */
    private static String promises(Slos slos) {
        return slos.promises().stream().map(Slo::text).collect(joining(", ")) + "; "
                + new TreeMap<>(slos.health().limits());
    }

    /**
     * A meeting of those who share a load; empty where there is nobody to meet. Injector 0 opens the door at once.
     *
     * @param onMet is told when all are there, before the load begins, not on an event loop
     * @throws dev.firstline.Misuse if the port is taken
     */
    static Optional<Meeting> of(Prepared prepared, Schedule schedule, Clock clock, Consumer<Met> onMet) {
        return Optional.ofNullable(prepared.sharing().meeting())
                .map(address -> new Meeting(prepared, address, schedule, clock, onMet));
    }

    /** One user who waits, while nobody else is there. */
    PopulationBuilder population() {
        return scenario("barrier")
                .exec(session -> {
                    begin();
                    return session;
                })
                .asLongAs(session -> !over)
                .on(pause(LOOK_EVERY))
                .injectOpen(atOnceUsers(1));
    }

    /** Why they did not meet, if they did not. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void begin() {
        if (!begun.getAndSet(true)) {
            Thread thread = new Thread(this::meet, "firstline-meeting");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void meet() {
        try {
            meetBefore(clock.nanoTime() + sharing.patience().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = "interrupted at the barrier";
        } catch (RuntimeException e) {
            failure = sharing.share() + " failed at the barrier: " + e;
            log.error("event=barrier_failed", e);
        } finally {
            over = true;
        }
    }

    private void meetBefore(long untilNanos) throws InterruptedException {
        String why = "";
        long tellNanos = clock.nanoTime() + TELL_EVERY.toNanos();
        Offset offset = mine == null ? Offset.UNKNOWN : Offset.NONE;
        while (clock.nanoTime() < untilNanos) {
            try {
                offset = mine == null && offset.withinMs() > WELL_KNOWN_MS ? offset.orSurer(offset()) : offset;
                Barrier.Answer answer = mine == null ? ask() : mine.ask(me);
                if (answer.refused() != null) {
                    failure = sharing.share() + " was refused at the barrier " + address + ": " + answer.refused();
                    return;
                }
                if (answer.beginNanos() != null && answer.whole() != null) {
                    Offset known = mine == null ? surer(offset) : offset;
                    met(answer.whole(), answer.beginNanos() - known.nanosBehind(), known);
                    return;
                }
                why = "without "
                        + answer.missing().stream().map(it -> "injector " + it).collect(joining(", "));
            } catch (IOException e) {
                why = "and did not reach injector 0: " + e;
            }
            if (clock.nanoTime() > tellNanos) {
                log.warn("event=barrier {} waits at {} {}", sharing.share(), address, why);
                tellNanos += TELL_EVERY.toNanos();
            }
            TimeUnit.NANOSECONDS.sleep(every().toNanos());
        }
        String refused =
                mine == null ? "" : mine.lastRefused().map(last -> "; " + last).orElse("");
        failure = "%s waited %d s at the barrier %s %s%s"
                .formatted(sharing.share(), sharing.patience().toSeconds(), address, why, refused);
    }

    /** Seldom enough for injector 0, often enough that all hear in time. */
    private Duration every() {
        return sharing.share().injectors() > MANY ? EVERY_OF_MANY : EVERY;
    }

    private void met(String whole, long agreedNanos, Offset offset) {
        long beginNanos = Math.max(agreedNanos, clock.nanoTime() + schedule.leadNanos());
        schedule.begin(beginNanos);
        onMet.accept(new Met(whole, (beginNanos - agreedNanos) / 1e6, offset.dayAheadMs(), offset.withinMs()));
    }

    /**
     * Both clocks by the quickest of some questions, as if the way there took as long as the way back (RFC 5905, §8).
     */
    private Offset offset() throws IOException, InterruptedException {
        Offset best = Offset.UNKNOWN;
        for (int i = 0; i < CLOCK_QUESTIONS; i++) {
            BarrierServer.Time sent = BarrierServer.Time.of(clock);
            BarrierServer.Time there = read(send(request(BarrierServer.CLOCK).GET()), BarrierServer.Time.class);
            long wayNanos = clock.nanoTime() - sent.nanos();
            double halfMs = wayNanos / 2e6;
            best = best.orSurer(new Offset(
                    there.nanos() - (sent.nanos() + wayNanos / 2),
                    rounded(sent.dayMicros() / 1e3 + halfMs - there.dayMicros() / 1e3),
                    rounded(halfMs)));
        }
        return best;
    }

    /** Who came last has not asked often. There is time: a second until it must be known when to begin. */
    private Offset surer(Offset offset) throws IOException, InterruptedException {
        Offset best = offset;
        for (int again = 0; again < CLOCK_QUESTIONS && best.withinMs() > WELL_KNOWN_MS; again++) {
            best = best.orSurer(offset());
        }
        return best;
    }

    private static double rounded(double ms) {
        return Math.round(ms * 1e3) / 1e3;
    }

    private Barrier.Answer ask() throws IOException, InterruptedException {
        byte[] question = JSON.writeValueAsBytes(me);
        HttpRequest.Builder request =
                request(BarrierServer.BARRIER).POST(HttpRequest.BodyPublishers.ofByteArray(question));
        return read(send(request), Barrier.Answer.class);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(TIMEOUT);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static <T> T read(HttpResponse<byte[]> answer, Class<T> type) throws IOException {
        if (!List.of(OK, CONFLICT).contains(answer.statusCode())) {
            throw new IOException("whoever is there answered " + answer.statusCode());
        }
        T read = JSON.readValue(answer.body(), type);
        if (read == null) {
            throw new IOException("whoever is there answered nothing");
        }
        return read;
    }

    /** Nobody is told anything any more. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
