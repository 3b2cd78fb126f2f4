package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.wire.Endpoint;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the calls that pass a proxy into conversations, and writes each anew when one of its answers is complete.
 *
 * <p>On a thread of its own, so that no stream waits for a disk.
 */
final class SessionRecorder implements AutoCloseable {
    /** The most conversations that it has in mind; the one that nobody has spoken in for longest goes first. */
    static final int SESSIONS_MAX = 1_000;

    private static final int CLOSE_SECONDS_MAX = 30;

    private final RecordedStubs stubs;
    private final String journey;
    private final Consumer<String> says;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread writer = new Thread(task, "stub-recorder");
        writer.setDaemon(true);
        return writer;
    });

    // From here on, the thread's own.
    private final Map<String, Session> sessions = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
            return size() > SESSIONS_MAX;
        }
    };
    private @Nullable Call health;
    private int names;

    private static final class Call {
        private final Endpoint endpoint;
        private final byte[] request;
        private final Take take;

        Call(Endpoint endpoint, byte[] request, Take take) {
            this.endpoint = endpoint;
            this.request = request;
            this.take = take;
        }

        void addTo(Conversation conversation) {
            conversation.add(endpoint, request, take);
        }
    }

    private static final class Session {
        private final Conversation conversation;
        private int turns;
        private boolean refused;

        Session(Conversation conversation) {
            this.conversation = conversation;
        }
    }

    SessionRecorder(RecordedStubs stubs, String journey, Consumer<String> says) {
        this.stubs = stubs;
        this.journey = journey;
        this.says = says;
    }

    /**
     * Takes an answer that is complete.
     *
     * @param sessionId the session that the request names, or that an answer to init opened
     */
    void add(Endpoint endpoint, String sessionId, byte[] request, Take take) {
        execute(() -> record(new Call(endpoint, request, take), sessionId));
    }

    /** Says that an answer was not recorded. */
    void say(String what) {
        execute(() -> says.accept(what));
    }

    /** A turn of a session is missing: what comes after it is not recorded, for it would take that turn's place. */
    void giveUp(String sessionId, String why) {
        execute(() -> {
            Session session = sessions.computeIfAbsent(sessionId, id -> begun());
            if (!session.refused) {
                refuse(session, why);
            }
        });
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            // An answer that broke because the proxy was closed.
        }
    }

    private void record(Call call, String sessionId) {
        if (call.endpoint == Endpoint.HEALTH) {
            health = call;
            return;
        }
        if (sessionId.isEmpty()) {
            says.accept(
                    call.endpoint.wireName() + " without a session, answered " + call.take.status() + ": not recorded");
            return;
        }
        Session session = sessions.computeIfAbsent(sessionId, id -> begun());
        if (session.refused) {
            return;
        }
        try {
            call.addTo(session.conversation);
            stubs.write(session.conversation);
            stubs.writeDraft(session.conversation);
            says.accept("recorded " + name(session, call));
        } catch (Misuse e) {
            refuse(session, System.lineSeparator() + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            // Nothing that a target may send ends the recording of all others.
            refuse(
                    session,
                    "an answer that is beyond this program (" + e.getClass().getSimpleName() + ")");
        }
        if (call.endpoint == Endpoint.CLOSE && call.take.isWhole()) {
            sessions.remove(sessionId);
        }
    }

    /** What was written before stays: it was fit to be written. */
    private void refuse(Session session, String why) {
        session.refused = true;
        says.accept("not recorded from here on: " + session.conversation.journey() + ": " + why);
    }

    private Session begun() {
        names++;
        Session session = new Session(new Conversation(names == 1 ? journey : journey + "-" + names));
        Call asked = health;
        if (asked != null) {
            asked.addTo(session.conversation);
        }
        return session;
    }

    private static String name(Session session, Call call) {
        boolean turn = call.endpoint.isTurn();
        session.turns += turn ? 1 : 0;
        return String.format(
                Locale.ROOT,
                "%s%s of %s: %d line%s, the first after %.1f ms%s",
                call.endpoint.wireName(),
                turn ? " as turn " + session.turns : "",
                session.conversation.journey(),
                call.take.arrivals().size(),
                call.take.arrivals().size() == 1 ? "" : "s",
                call.take.firstLineNanos() / 1e6,
                call.take.breach().map(how -> ", then " + how).orElse(""));
    }

    /** Writes what is complete, and ends. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                says.accept("not recorded: " + (thread.shutdownNow().size() + 1) + " answers, not written within "
                        + CLOSE_SECONDS_MAX + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
