package dev.firstline.stub;

import java.io.InputStream;

/**
 * Carries a plan through WireMock, from the transformer to the servlet, in the place of a body.
 *
 * <p>It is empty to those who read it, as WireMock's journal does before anything is sent.
 */
final class PlanBody extends InputStream {
    /** The response header that tells an answer with a plan from others; the client never sees it. */
    static final String MARK = "X-Firstline-Plan";

    private final Plan plan;

    PlanBody(Plan plan) {
        this.plan = plan;
    }

    Plan plan() {
        return plan;
    }

    @Override
    public int read() {
        return -1;
    }
}
