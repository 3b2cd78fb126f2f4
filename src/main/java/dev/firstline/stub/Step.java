package dev.firstline.stub;

/** Bytes, and when they are due after the arrival of the request. The array is shared and nobody writes to it. */
final class Step {
    private final long dueNanos;
    private final byte[] bytes;

    Step(long dueNanos, byte[] bytes) {
        this.dueNanos = dueNanos;
        this.bytes = bytes;
    }

    long dueNanos() {
        return dueNanos;
    }

    byte[] bytes() {
        return bytes;
    }

    Step later(long nanos) {
        return new Step(dueNanos + nanos, bytes);
    }
}
