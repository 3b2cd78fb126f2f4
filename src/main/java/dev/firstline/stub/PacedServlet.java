package dev.firstline.stub;

import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.servlet.WireMockHandlerDispatchingServlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.server.HttpOutput;
import wiremock.org.eclipse.jetty.server.Request;

/** WireMock's own servlet, but for answers that bear a {@link Plan}: those it plays in their time. */
final class PacedServlet extends WireMockHandlerDispatchingServlet {
    private static final long serialVersionUID = 1;
    private static final String ARRIVAL = PacedServlet.class.getName() + ".arrivalNanos";

    private final transient Pacer pacer;

    PacedServlet(Pacer pacer) {
        this.pacer = pacer;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.setAttribute(ARRIVAL, pacer.clock().nanoTime());
        super.service(request, response);
    }

    @Override
    public void applyResponse(Response rendered, HttpServletRequest request, HttpServletResponse response) {
        // Asked first, because to open the body of another answer may be to open a file.
        if (rendered.getHeaders().getHeader(PlanBody.MARK).isPresent()) {
            try (InputStream body = rendered.getBodyStream()) {
                play(((PlanBody) body).plan(), request, response);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            super.applyResponse(rendered, request, response);
        }
    }

    private void play(Plan plan, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(plan.status());
        plan.headers().forEach(response::setHeader);
        sendAsItIs(Request.getBaseRequest(request).getResponse().getHttpOutput());
        long arrivalNanos = (Long) request.getAttribute(ARRIVAL);
        if (PromptAnswer.fits(plan, request, pacer.clock().nanoTime() - arrivalNanos)) {
            PromptAnswer.play(plan, arrivalNanos, pacer, response);
        } else {
            new PacedStream(plan, arrivalNanos, pacer, request).begin();
        }
    }

    /**
     * Takes the compressor out of the way, which holds lines back until it has enough of them. By its content type a
     * stream cannot be told from an ordinary answer.
     */
    private static void sendAsItIs(HttpOutput out) {
        while (out.getInterceptor().getNextInterceptor() != null) {
            out.setInterceptor(out.getInterceptor().getNextInterceptor());
        }
    }
}
