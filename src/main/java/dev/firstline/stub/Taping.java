package dev.firstline.stub;

import dev.firstline.stats.Clock;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Tapes one answer while Java's HTTP client reads it: stamps what came, lets a listener have it, then looks at it.
 *
 * <p>{@link java.net.http.HttpResponse.BodyHandlers#ofLines()} would do neither: it hides when a line came, and that
 * the last one has no end.
 */
final class Taping implements HttpResponse.BodyHandler<Take>, HttpResponse.BodySubscriber<Take> {

    /** Is handed an answer as it comes, before anything else is done with it. Called by one thread after the other. */
    interface Listener {
        /** One who does not listen. */
        Listener NOBODY = new Listener() {
            @Override
            public void headers(HttpResponse.ResponseInfo response) {}

            @Override
            public void body(List<ByteBuffer> chunks) {}
        };

        void headers(HttpResponse.ResponseInfo response);

        /** Bytes of the body, to be read without moving their positions. */
        void body(List<ByteBuffer> chunks);
    }

    private final Clock clock;
    private final Listener listener;
    private final Tape tape;
    private final CompletableFuture<Take> whole = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;

    /**
     * To be made when the request is about to be sent: times are counted from now on.
     *
     * @param ownNanos how much of every time is not the target's, see {@link TapingClient#leaveOutOwn}
     */
    Taping(Clock clock, long ownNanos, Listener listener) {
        this.clock = clock;
        this.listener = listener;
        this.tape = new Tape(clock.nanoTime() + ownNanos);
    }

    @Override
    public HttpResponse.BodySubscriber<Take> apply(HttpResponse.ResponseInfo response) {
        long nowNanos = clock.nanoTime();
        listener.headers(response);
        synchronized (tape) {
            tape.headers(response, nowNanos);
        }
        return this;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        goOn(newSubscription);
    }

    @Override
    public void onNext(List<ByteBuffer> chunks) {
        long nowNanos = clock.nanoTime();
        listener.body(chunks);
        synchronized (tape) {
            if (!whole.isDone()) {
                chunks.forEach(chunk -> tape.body(chunk, nowNanos));
            }
        }
        Flow.Subscription current = subscription;
        if (current != null) {
            goOn(current);
        }
    }

    private void goOn(Flow.Subscription current) {
        if (cancelled) {
            current.cancel();
        } else {
            current.request(1);
        }
    }

    /** Lets go of the answer: nobody needs the rest of it. */
    void cancel() {
        cancelled = true;
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void onComplete() {
        long nowNanos = clock.nanoTime();
        synchronized (tape) {
            whole.complete(tape.ended(nowNanos));
        }
    }

    @Override
    public void onError(Throwable why) {
        broken(why);
    }

    @Override
    public CompletionStage<Take> getBody() {
        return whole;
    }

    /** The answer broke off; nothing if it had not begun. */
    Optional<Take> broken(Throwable why) {
        long nowNanos = clock.nanoTime();
        synchronized (tape) {
            if (!tape.hasBegun()) {
                return Optional.empty();
            }
            if (!whole.isDone()) {
                whole.complete(tape.broken(nowNanos, why));
            }
            return Optional.of(whole.join());
        }
    }

    /** Nobody waits any longer; nothing if the answer had not begun. */
    Optional<Take> silent() {
        long nowNanos = clock.nanoTime();
        synchronized (tape) {
            if (!tape.hasBegun()) {
                return Optional.empty();
            }
            if (!whole.isDone()) {
                whole.complete(tape.silent(nowNanos));
            }
            return Optional.of(whole.join());
        }
    }

    /** Why no recording can be made of the answer; empty if one can. */
    String unfit() {
        synchronized (tape) {
            return tape.unfit();
        }
    }
}
