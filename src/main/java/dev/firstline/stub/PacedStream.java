package dev.firstline.stub;

import java.io.IOException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import wiremock.jakarta.servlet.AsyncContext;
import wiremock.jakarta.servlet.AsyncEvent;
import wiremock.jakarta.servlet.AsyncListener;
import wiremock.jakarta.servlet.ServletOutputStream;
import wiremock.jakarta.servlet.WriteListener;
import wiremock.jakarta.servlet.http.HttpServletRequest;

/**
 * Plays a plan to one client, without a thread while it waits.
 *
 * <p>{@link #run()} goes as far as it can and is called again by the one who has something new: the container, once
 * there is room to write, or the timer, once the next step is due. There is at most one of the two at a time. Due times
 * are counted from the arrival of the request, so a late step delays no other.
 */
final class PacedStream implements WriteListener, AsyncListener, Runnable {
    private final Plan plan;
    private final long arrivalNanos;
    private final Pacer pacer;
    private final AsyncContext async;
    private final ServletOutputStream out;
    private final ClientConnection connection;

    private boolean headersDue;
    private boolean unflushed;
    private boolean pieceWritten;
    private int written;
    private int offset;
    private int flushed;
    private boolean waiting;
    private boolean over;
    private @Nullable Future<?> wakeUp;

    PacedStream(Plan plan, long arrivalNanos, Pacer pacer, HttpServletRequest request) throws IOException {
        this.plan = plan;
        this.arrivalNanos = arrivalNanos;
        this.pacer = pacer;
        this.async = request.startAsync();
        // A recording may be longer than any time-out of the container.
        async.setTimeout(0);
        this.out = async.getResponse().getOutputStream();
        this.connection = new ClientConnection(request, this, this::leave);
    }

    void begin() {
        pacer.began();
        async.addListener(this);
        out.setWriteListener(this);
    }

    @Override
    public void onWritePossible() {
        run();
    }

    @Override
    public synchronized void run() {
        wakeUp = null;
        try {
            waiting = false;
            while (!over && !waiting && out.isReady()) {
                step(pacer.clock().nanoTime() - arrivalNanos);
            }
        } catch (IOException clientLeft) {
            leave();
        }
    }

    private void step(long nowNanos) throws IOException {
        int steps = plan.steps().size();
        if (!headersDue && plan.headersNanos() <= nowNanos) {
            headersDue = true;
            unflushed = plan.streamed() || plan.ending() != Plan.Ending.CLEAN;
        } else if (written < steps && !pieceWritten && nextDueNanos() <= nowNanos) {
            write(plan.steps().get(written));
        } else if (unflushed) {
            unflushed = false;
            pieceWritten = false;
            out.flush();
            stamp();
        } else if (written == steps && plan.endNanos() <= nowNanos) {
            end();
        } else {
            await(nextDueNanos() - nowNanos);
        }
    }

    private void write(Step step) throws IOException {
        int length = step.pieceLength(offset);
        out.write(step.bytes(), offset, length);
        offset += length;
        if (offset == step.bytes().length) {
            offset = 0;
            written++;
        }
        pieceWritten = step.inPieces();
        unflushed |= pieceWritten || plan.streamed();
    }

    private long nextDueNanos() {
        if (!headersDue) {
            // Headers that are never sent come after the end.
            return Math.min(plan.headersNanos(), plan.endNanos());
        }
        return written < plan.steps().size() ? plan.steps().get(written).dueNanos(offset) : plan.endNanos();
    }

    private void await(long waitNanos) {
        if (connection.isLost()) {
            leave();
            return;
        }
        waiting = true;
        wakeUp = pacer.wake(this, connection.watch(waitNanos));
    }

    private void stamp() {
        long nowNanos = pacer.clock().nanoTime() - arrivalNanos;
        for (; flushed < written; flushed++) {
            Step step = plan.steps().get(flushed);
            if (step.bytes().length > 0) {
                pacer.sent(nowNanos - step.lastDueNanos());
            }
        }
    }

    private void end() {
        stamp();
        over = true;
        pacer.ended(false);
        connection.unwatch();
        if (plan.ending() != Plan.Ending.CLEAN) {
            connection.abort(plan.ending() == Plan.Ending.RESET);
        }
        async.complete();
    }

    private synchronized void leave() {
        if (over) {
            return;
        }
        over = true;
        if (wakeUp != null) {
            wakeUp.cancel(false);
        }
        pacer.ended(true);
        connection.abort(false);
        async.complete();
    }

    @Override
    public void onError(Throwable clientLeft) {
        leave();
    }

    @Override
    public void onError(AsyncEvent clientLeft) {
        leave();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
