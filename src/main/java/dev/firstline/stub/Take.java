package dev.firstline.stub;

import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Envelope;
import dev.firstline.wire.EnvelopeReader;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One answer as it came over the network. Times are counted from when its request was sent; nothing of what the service
 * said is redacted yet.
 *
 * @param status the HTTP status
 * @param headers those of the response's headers that a recording may hold, see {@link Tape#HEADERS_KEPT}
 * @param headersNanos when the headers arrived
 * @param arrivals its lines, blank ones included, and what stood after the last line feed
 * @param endNanos when the body ended, or broke
 * @param breach how it broke, as the fault that replays it ({@code reset}, {@code close}, {@code hang}); empty for a
 *     clean end
 */
public record Take(
        int status,
        Map<String, String> headers,
        long headersNanos,
        List<Arrival> arrivals,
        long endNanos,
        Optional<String> breach) {

    public Take {
        headers = Map.copyOf(headers);
        arrivals = List.copyOf(arrivals);
    }

    /** Whether it can stand for an endpoint that every session needs: 200, and not broken. */
    public boolean isWhole() {
        return status == 200 && breach.isEmpty();
    }

    /** What its lines are, blank ones left out; of a unary answer, what its body is. */
    public List<Envelope> envelopes(Endpoint endpoint) {
        if (!endpoint.streamed()) {
            return List.of(EnvelopeReader.read(body()));
        }
        return arrivals.stream()
                .filter(arrival -> !arrival.text().isBlank())
                .map(arrival -> EnvelopeReader.read(arrival.bytes()))
                .toList();
    }

    /** When its first line was complete that is not blank; its end where there is none. */
    public long firstLineNanos() {
        return arrivals.stream()
                .filter(arrival -> !arrival.text().isBlank())
                .mapToLong(Arrival::atNanos)
                .findFirst()
                .orElse(endNanos);
    }

    Take withContent(Map<String, String> newHeaders, List<Arrival> newArrivals) {
        return new Take(status, newHeaders, headersNanos, newArrivals, endNanos, breach);
    }

    private byte[] body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Arrival arrival : arrivals) {
            body.writeBytes(arrival.bytes());
            if (arrival.terminated()) {
                body.write('\n');
            }
        }
        return body.toByteArray();
    }
}
