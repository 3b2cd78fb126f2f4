package dev.firstline.stub.network;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstline.Misuse;
import dev.firstline.stats.Clock;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.toxic.Slicer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control API, as Toxiproxy's Java client speaks it, and as nobody should. */
final class ToxiproxyApiTest {
    private static final String UPSTREAM_ADDRESS = "127.0.0.1:9";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private FaultProxy faults;
    private ToxiproxyClient client;

    @BeforeEach
    void open() {
        faults = FaultProxy.start("127.0.0.1", 0, 1, Clock.system());
        client = new ToxiproxyClient("127.0.0.1", faults.port());
    }

    @AfterEach
    void close() {
        faults.close();
    }

    @Test
    void the_client_makes_finds_changes_and_deletes_a_proxy() throws Exception {
        Proxy made = client.createProxy("shop", "127.0.0.1:0", UPSTREAM_ADDRESS);
        assertThat(Peers.port(made)).isPositive();
        assertThat(made.isEnabled()).isTrue();
        assertThat(client.getProxy("shop").getUpstream()).isEqualTo(UPSTREAM_ADDRESS);
        assertThat(client.getProxies()).extracting(Proxy::getName).containsExactly("shop");

        made.setUpstream("127.0.0.1:10");
        assertThat(client.getProxy("shop").getUpstream()).isEqualTo("127.0.0.1:10");
        made.disable();
        assertThat(client.getProxy("shop").isEnabled()).isFalse();
        made.enable();
        assertThat(client.getProxy("shop").isEnabled()).isTrue();

        made.delete();
        assertThat(client.getProxyOrNull("shop")).isNull();
        assertThat(client.getProxies()).isEmpty();
        assertThat(client.version()).contains(ToxiproxyApi.VERSION);
    }

    @Test
    void the_client_makes_finds_changes_and_removes_every_toxic() throws Exception {
        Proxy proxy = client.createProxy("shop", "127.0.0.1:0", UPSTREAM_ADDRESS);
        proxy.toxics().latency("a", DOWNSTREAM, 200).setJitter(20).setToxicity(0.5f);
        proxy.toxics().bandwidth("b", UPSTREAM, 30).setRate(31);
        proxy.toxics().slowClose("c", DOWNSTREAM, 40).setDelay(41);
        proxy.toxics().timeout("d", DOWNSTREAM, 50).setTimeout(51);
        proxy.toxics().resetPeer("e", DOWNSTREAM, 60).setTimeout(61);
        proxy.toxics().slicer("f", DOWNSTREAM, 70, 71).setSizeVariation(7);
        proxy.toxics().limitData("g", DOWNSTREAM, 80).setBytes(81);

        assertThat(proxy.toxics().getAll())
                .extracting(Toxic::getName)
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g");
        Slicer slicer = proxy.toxics().get("f", Slicer.class);
        assertThat(List.of(slicer.getAverageSize(), slicer.getSizeVariation(), slicer.getDelay()))
                .containsExactly(70L, 7L, 71L);
        assertThat(proxy.toxics().get("a").getToxicity()).isEqualTo(0.5f);
        assertThat(proxy.toxics().get("b").getStream()).isEqualTo(UPSTREAM);
        assertThat(call("GET", "/proxies/shop/toxics/e", "").body())
                .isEqualTo("{\"attributes\":{\"timeout\":61},\"name\":\"e\",\"type\":\"reset_peer\","
                        + "\"stream\":\"downstream\",\"toxicity\":1.0}\n");

        proxy.toxics().get("a").remove();
        assertThatThrownBy(() -> proxy.toxics().get("a")).hasMessageContaining("toxic not found");
        proxy.disable();
        client.reset();
        assertThat(proxy.toxics().getAll()).isEmpty();
        assertThat(client.getProxy("shop").isEnabled()).isTrue();
    }

    @Test
    void a_list_of_proxies_is_made_replaced_and_left_alone() throws Exception {
        String list = "[{'name': 'a', 'listen': '127.0.0.1:0', 'upstream': 'localhost:1'},"
                + "{'name': 'b', 'listen': '127.0.0.1:0', 'upstream': 'localhost:1', 'enabled': false}]";
        HttpResponse<String> made = call("POST", "/populate", list);
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode proxies = JSON.readTree(made.body()).path("proxies");
        assertThat(proxies.findValuesAsText("enabled")).containsExactly("true", "false");

        client.getProxy("a").toxics().latency("late", DOWNSTREAM, 1);
        String same = list.replace("127.0.0.1:0', 'upstream': 'localhost:1'}", "%s', 'upstream': 'localhost:1'}")
                .formatted(proxies.at("/0/listen").asText());
        assertThat(call("POST", "/populate", same).statusCode()).isEqualTo(201);
        assertThat(client.getProxy("a").toxics().getAll()).hasSize(1);
        assertThat(call("POST", "/populate", same.replace("localhost:1", "localhost:2"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(client.getProxy("a").toxics().getAll()).isEmpty();
        assertThat(client.getProxy("a").getUpstream()).isEqualTo("localhost:2");
    }

    @Test
    void a_toxic_has_a_name_a_stream_and_a_toxicity_unless_told() throws Exception {
        client.createProxy("shop", "127.0.0.1:0", UPSTREAM_ADDRESS);

        HttpResponse<String> made = call("POST", "/proxies/shop/toxics", "{'type': 'latency', 'unknown': [1]}");

        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.body())
                .isEqualTo("{\"attributes\":{\"latency\":0,\"jitter\":0},\"name\":\"latency_downstream\","
                        + "\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":1.0}\n");
        assertThat(call("PATCH", "/proxies/shop/toxics/latency_downstream", "{'attributes': {'latency': 9}}")
                        .body())
                .contains("\"latency\":9", "\"toxicity\":1.0");
        assertThat(call("DELETE", "/proxies/shop/toxics/latency_downstream", "").statusCode())
                .isEqualTo(204);
        assertThat(call("POST", "/reset", "").statusCode()).isEqualTo(204);
        assertThat(call("DELETE", "/proxies/shop", "").statusCode()).isEqualTo(204);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    GET    | /nowhere              | '' | 404 | page not found
                    GET    | /                     | '' | 404 | page not found
                    GET    | /proxies/x/toxics/y/z | '' | 404 | page not found
                    PUT    | /proxies              | {} | 405 | method not allowed
                    GET    | /proxies/other        | '' | 404 | proxy not found
                    DELETE | /proxies/other        | '' | 404 | proxy not found
                    GET    | /proxies/other/toxics | '' | 404 | proxy not found
                    GET    | /proxies/shop/toxics/x | '' | 404 | toxic not found
                    POST   | /proxies/shop/toxics/x | {} | 404 | toxic not found
                    DELETE | /proxies/shop/toxics/x | '' | 404 | toxic not found
                    POST   | /proxies   | '' | 400 | bad request body
                    POST   | /proxies   | {'name': | 400 | bad request body
                    POST   | /proxies   | [] | 400 | must be an object
                    POST   | /proxies   | {} {} | 400 | bad request body
                    POST   | /proxies   | {'upstream': 'a:1'} | 400 | required field: name
                    POST   | /proxies   | {'name': 'a'} | 400 | field: upstream
                    POST   | /proxies   | {'name': 5, 'upstream': 'a:1'} | 400 | name must be text
                    POST   | /proxies   | {'name': 'a', 'upstream': 'nowhere'} | 400 | HOST:PORT
                    POST   | /proxies   | {'name': 'a', 'upstream': 'a:70000'} | 400 | from 0 to 65535
                    POST   | /proxies   | {'name': 'a', 'upstream': 'a:1', 'enabled': 1} | 400 | true or false
                    POST   | /proxies   | {'name': 'shop', 'upstream': 'a:1'} | 409 | already exists
                    POST   | /proxies   | {'name': 'a', 'upstream': 'a:1', 'listen': '192.0.2.1:0'} | 500 | listen tcp
                    POST   | /proxies   | {'name': 'a/b', 'upstream': 'a:1'} | 400 | name must
                    POST   | /proxies   | {'name': '..', 'upstream': 'a:1'} | 400 | name must
                    POST   | /populate  | [{'name': 'shop', 'upstream': 'a:1', 'listen': '192.0.2.1:0'}] | 500 | listen
                    POST   | /proxies/shop | {'listen': '192.0.2.1:0'} | 500 | listen tcp
                    POST   | /proxies/shop | {'listen': '192.0.2.1:%PORT%'} | 500 | listen tcp
                    POST   | /proxies/shop/toxics | {'type': 'latency', 'name': 'a/b'} | 400 | name must
                    POST   | /populate  | {} | 400 | must be an array
                    POST   | /populate  | [{'name': 'a'}] | 400 | upstream at proxy 1
                    POST   | /proxies/shop/toxics | {} | 400 | invalid toxic type
                    POST   | /proxies/shop/toxics | {'type': 'poison'} | 400 | invalid toxic type
                    POST   | /proxies/shop/toxics | {'type': 'latency', 'stream': 'up'} | 400 | stream was invalid
                    POST   | /proxies/shop/toxics | {'type': 'latency', 'name': 'late'} | 409 | already exists
                    POST   | /proxies/shop/toxics | {'type': 'latency', 'toxicity': 2} | 400 | from 0 to 1
                    POST   | /proxies/shop/toxics | {'type': 'latency', 'attributes': 5} | 400 | must be an object
                    POST   | /proxies/shop/toxics | {'type': 'timeout', 'attributes': {'timeout': '5'}} | 400 | whole
                    POST   | /proxies/shop/toxics | {'type': 'timeout', 'attributes': {'timeout': 1.5}} | 400 | whole
                    POST   | /proxies/shop/toxics | {'type': 'timeout', 'attributes': {'timeout': 1e30}} | 400 | whole
                    POST   | /proxies/shop/toxics/late | {'attributes': {'jitter': true}} | 400 | jitter
                    """)
    void a_bad_request_is_told_in_words_and_changes_nothing(
            String method, String path, String body, int status, String said) throws Exception {
        Proxy shop = client.createProxy("shop", "127.0.0.1:0", UPSTREAM_ADDRESS);
        shop.toxics().latency("late", DOWNSTREAM, 5);
        String before = call("GET", "/proxies", "").body();

        HttpResponse<String> answer =
                call(method, path, body.equals("''") ? "" : body.replace("%PORT%", String.valueOf(Peers.port(shop))));

        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode error = JSON.readTree(answer.body());
        assertThat(error.path("status").asInt()).isEqualTo(status);
        assertThat(error.path("error").asText()).contains(said).doesNotContain("Exception", "\tat ");
        assertThat(call("GET", "/proxies", "").body()).isEqualTo(before);
    }

    @Test
    void a_reset_goes_on_after_a_proxy_that_cannot_listen_and_tells_it_in_the_end() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String there = "127.0.0.1:" + taken.getLocalPort();
            call(
                    "POST",
                    "/proxies",
                    "{'name': 'a', 'listen': '%s', 'upstream': 'b:1', 'enabled': false}".formatted(there));
            Proxy shop = client.createProxy("shop", "127.0.0.1:0", UPSTREAM_ADDRESS);
            client.getProxy("a").toxics().latency("late", DOWNSTREAM, 1);
            shop.toxics().latency("late", DOWNSTREAM, 1);
            shop.disable();

            HttpResponse<String> answer = call("POST", "/reset", "");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("listen tcp " + there);
            assertThat(client.getProxy("shop").isEnabled()).isTrue();
            assertThat(shop.toxics().getAll()).isEmpty();
            assertThat(client.getProxy("a").toxics().getAll()).isEmpty();
        }
    }

    @Test
    void a_huge_body_and_one_of_many_brackets_are_refused() throws Exception {
        assertThat(call("POST", "/populate", " ".repeat((1 << 20) + 1)).statusCode())
                .isEqualTo(413);
        assertThat(call("POST", "/populate", "[".repeat(500_000)).statusCode()).isEqualTo(400);
        assertThat(call("GET", "/version", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"User-Agent, Mozilla/5.0 (X11)", "Origin, http://page.example", "Sec-Fetch-Site, none"})
    void a_browser_is_refused(String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + faults.port() + "/reset"))
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void there_are_so_many_proxies_and_toxics_and_no_more() throws Exception {
        for (int i = 0; i < Proxies.PROXIES_MAX; i++) {
            assertThat(call("POST", "/proxies", "{'name': 'p" + i + "', 'upstream': 'a:1', 'enabled': false}")
                            .statusCode())
                    .isEqualTo(201);
        }
        assertThat(call("POST", "/proxies", "{'name': 'more', 'upstream': 'a:1'}")
                        .body())
                .contains("too many");
        for (int i = 0; i < NamedProxy.TOXICS_MAX; i++) {
            assertThat(call("POST", "/proxies/p1/toxics", "{'type': 'timeout', 'name': 't" + i + "'}")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(call("POST", "/proxies/p1/toxics", "{'type': 'timeout', 'name': 'more'}")
                        .body())
                .contains("too many");
    }

    @Test
    void a_proxy_may_be_there_from_the_beginning() throws Exception {
        FaultProxy.Line line = faults.open("shop=0:localhost:9", "127.0.0.1");

        assertThat(client.getProxy("shop").getListen()).isEqualTo(line.listen());
        for (String bad : List.of("shop=0:localhost:9", "shop", "x=1", "x=99999:a:1", "x=0:a", "x=0:a:99999")) {
            assertThatThrownBy(() -> faults.open(bad, "127.0.0.1"))
                    .isInstanceOf(Misuse.class)
                    .hasMessageContaining("--listen " + bad);
        }
    }

    private HttpResponse<String> call(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + faults.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
