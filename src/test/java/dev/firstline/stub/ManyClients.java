package dev.firstline.stub;

import dev.firstline.stub.Orders.Order;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process whose many clients of a stub wait for lines that are far away, and that waits to be killed. */
final class ManyClients {
    private ManyClients() {}

    /** {@code URL STREAMS} */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<RawCall> calls = begin(URI.create(arguments[0]), Integer.parseInt(arguments[1]));
        Thread.currentThread().join();
        calls.clear();
    }

    /** Opens streams whose first line comes, and the others in ten minutes; each on the connection of its init. */
    static List<RawCall> begin(URI baseUrl, int streams) throws IOException {
        Map<String, String> headers = Map.of("x-api-key", "test", "Content-Type", "application/json");
        Map<String, String> stalled = new HashMap<>(headers);
        stalled.put(Order.SPEED.header(), "0");
        stalled.put(Order.FAULT.header(), "stall;at=2;ms=600000");
        List<RawCall> calls = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            RawCall call = new RawCall(baseUrl);
            RawCall.Reply init = call.post(Endpoint.INIT.path(), "{\"businessId\":\"b\",\"clientKey\":\"c\"}", headers)
                    .read();
            String session =
                    Customer.json(init.body()).at("/response/sessionId").asText();
            calls.add(call.post(Endpoint.INVOKE.path(), Customer.says(session, "I need billing"), stalled));
        }
        return calls;
    }
}
