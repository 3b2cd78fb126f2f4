package dev.firstline.gatling;

import dev.firstline.journey.Secret;

/**
 * A secret that Netty can write into a header and no log can print: a header's value is read character by character
 * when it is encoded, and by {@code toString} when a request is dumped, which Gatling does at DEBUG and TRACE.
 */
final class Masked implements CharSequence {
    private final Secret secret;

    Masked(Secret secret) {
        this.secret = secret;
    }

    @Override
    public int length() {
        return secret.reveal().length();
    }

    @Override
    public char charAt(int index) {
        return secret.reveal().charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return secret.reveal().subSequence(start, end);
    }

    @Override
    public String toString() {
        return "***";
    }
}
