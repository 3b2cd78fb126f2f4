package dev.firstline.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    private static final Targets SHIPPED = Targets.read("targets.yaml", Yaml.file(Yaml.TARGETS));
    private static final Map<String, String> KEYS =
            Map.of("FIRSTLINE_STAGING_KEY", "k-123", "FIRSTLINE_VENDOR_KEY", "k-456");
    private static final String FULL =
            "businessId: b, apiKeyEnv: KEY, caps: {journeysPerSecond: 1.5, openSessions: 2, minutes: 3}";

    @Test
    void the_shipped_file_names_four_targets() {
        assertThat(SHIPPED.names()).containsExactly("stub", "local", "staging", "vendor");
        assertThat(SHIPPED.pick("staging", KEYS))
                .isEqualTo(new Target(
                        "staging",
                        URI.create("https://agents.staging.example.com"),
                        "00000000-0000-0000-0000-000000000000",
                        "support-agent",
                        "FIRSTLINE_STAGING_KEY",
                        Environment.STAGING,
                        false,
                        new Caps(20, 500, Duration.ofMinutes(60))));
    }

    @Test
    void a_stub_needs_no_key_no_business_and_no_caps() {
        Target stub = SHIPPED.pick("stub", Map.of());

        assertThat(stub.embedded()).isTrue();
        assertThat(stub.apiKey(Map.of()).reveal()).isEqualTo(Target.STUB_KEY);
        assertThat(stub.businessId()).isEqualTo(Target.STUB_BUSINESS_ID);
        assertThatCode(() -> stub.refuseAbove(1e5, Long.MAX_VALUE / 2, Duration.ofDays(9)))
                .doesNotThrowAnyException();
        assertThat(stub.at(URI.create("http://127.0.0.1:4711")).embedded()).isFalse();
        assertThat(SHIPPED.pick("local", Map.of()).baseUrl()).hasToString("http://127.0.0.1:8080");
    }

    @Test
    void the_vendors_host_is_refused_as_shipped_even_with_a_key() {
        assertThatThrownBy(() -> SHIPPED.pick("vendor", KEYS))
                .isInstanceOf(Misuse.class)
                .hasMessageContainingAll(
                        "vendor, which is production", "targets.yaml, targets, vendor", "allowLoad: true");
    }

    @Test
    void production_that_allows_load_is_a_target() {
        Targets targets = targets(
                "p: {baseUrl: 'https://api.connectly.ai', environment: production, allowLoad: true, " + FULL + "}");

        assertThat(targets.pick("p", Map.of("KEY", "k")).environment()).isEqualTo(Environment.PRODUCTION);
    }

    @Test
    void an_unknown_name_is_answered_with_the_known_ones_and_the_nearest() {
        assertThatThrownBy(() -> SHIPPED.pick("stagging", KEYS))
                .isInstanceOf(Misuse.class)
                .hasMessageContainingAll("stub, local, staging, vendor", "saw stagging", "did you mean staging?");
        assertThatThrownBy(() -> SHIPPED.pick("moon", KEYS)).hasMessageContaining("add it to the file");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_target_that_load_may_never_go_to_is_refused(String target, String... told) {
        assertThatThrownBy(() -> targets("t: {" + target + "}"))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("targets.yaml, targets, t")
                .hasMessageContainingAll(told)
                .hasMessageNotContainingAny("hunter2", "sk-live-abc");
    }

    static Stream<Arguments> refusals() {
        String staging = "environment: staging, " + FULL;
        String stub = "environment: stub, caps: {journeysPerSecond: 1, openSessions: 1, minutes: 1}";
        return Stream.of(
                refusal("baseUrl: 'https://h/external/v1', " + staging, "without a path", "https://h/external/v1"),
                refusal("baseUrl: 'https://h?x=1', " + staging, "without a path"),
                refusal("baseUrl: 'https://h#x', " + staging, "without a path"),
                refusal("baseUrl: 'ftp://h', " + staging, "http or https", "saw ftp://h"),
                refusal("baseUrl: 'file:///etc', " + staging, "http or https"),
                refusal("baseUrl: 'https:h', " + staging, "http or https and a host"),
                refusal("baseUrl: 'agents.example.com', " + staging, "http or https and a host"),
                refusal("baseUrl: 'https://h h', " + staging, "a URL like", "saw https://h h"),
                refusal("baseUrl: 'https://h:99999', " + staging, "a port from 1 to 65535"),
                refusal("baseUrl: 'http://agents.example.com', " + staging, "https, so that nobody reads the key"),
                refusal("baseUrl: 'http://127.0.0.1.example.com', " + staging, "https, so that nobody reads the key"),
                refusal("baseUrl: 'http://localhost.example.com', " + staging, "https, so that nobody reads the key"),
                refusal("baseUrl: 'https://joe:hunter2@h', " + staging, "without a name or password", "not shown"),
                refusal("baseUrl: 'https://joe:hunter2@h h', " + staging, "not shown"),
                refusal("baseUrl: embedded, " + staging, "expected a URL", "saw embedded"),
                refusal("baseUrl: 'https://agents.example.com', environment: stub", "a stub on this machine, or caps"),
                refusal("baseUrl: 'http://stub:8080', apiKeyEnv: K, " + stub, "https, so that nobody reads the key"),
                refusal("baseUrl: 'https://api.connectly.ai', " + stub, "environment: production for"),
                refusal("baseUrl: 'https://API.Connectly.ai.', " + staging, "environment: production for"),
                refusal("baseUrl: 'https://h', environment: prod, " + FULL, "stub, staging or production", "saw prod"),
                refusal(
                        "baseUrl: 'https://h', environment: staging, businessId: b, apiKeyEnv: KEY",
                        "caps",
                        "saw none"),
                refusal(
                        "baseUrl: 'https://h', environment: production, allowLoad: true, businessId: b, apiKeyEnv: K",
                        "caps, for every target but a stub"),
                refusal("baseUrl: 'https://h', environment: staging, apiKeyEnv: KEY", "expected businessId"),
                refusal("baseUrl: 'https://h', environment: staging, businessId: b", "expected apiKeyEnv"),
                refusal(
                        "baseUrl: 'https://h', environment: staging, businessId: b, apiKeyEnv: sk-live-abc",
                        "the name of an environment variable",
                        "not shown"),
                refusal(
                        "baseUrl: 'https://h', environment: staging, businessId: b, apiKeyEnv: JDK_JAVA_OPTIONS",
                        "a name that nothing else reads",
                        "saw JDK_JAVA_OPTIONS"),
                refusal(
                        "baseUrl: 'http://127.0.0.1', environment: stub, apiKeyEnv: FIRSTLINE_INJECTORS",
                        "a name that nothing else reads"),
                refusal(
                        "baseUrl: 'https://h', allowload: true, " + staging,
                        "saw allowload",
                        "did you mean allowLoad?"),
                refusal(
                        "baseUrl: 'https://h', environment: staging, businessId: b, apiKeyEnv: KEY,"
                                + " caps: {journeysPerSecond: 0, openSessions: 2, minutes: 3}",
                        "caps, journeysPerSecond"),
                refusal(
                        "baseUrl: 'https://h', environment: staging, businessId: b, apiKeyEnv: KEY,"
                                + " caps: {journeysPerSecond: 1, minutes: 3}",
                        "expected openSessions"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://agents.example.com/,      https://agents.example.com",
        "HTTPS://Agents.Example.com:8443,  https://agents.example.com:8443",
        "http://localhost:9000,            http://localhost:9000",
        "http://[::1]:9000,                http://[::1]:9000"
    })
    void a_base_url_is_scheme_host_and_port(String written, String read) {
        Targets targets = targets("t: {baseUrl: '" + written + "', environment: staging, " + FULL + "}");

        assertThat(targets.pick("t", Map.of("KEY", "k")).baseUrl()).hasToString(read);
    }

    @Test
    void a_missing_key_names_its_variable() {
        assertThatThrownBy(() -> SHIPPED.pick("staging", Map.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContainingAll("the key of the target staging", "variable FIRSTLINE_STAGING_KEY", "export");
    }

    @ParameterizedTest
    @ValueSource(strings = {"  ", "hunter2\r\nX-Evil: 1", " hunter2", "hünter2"})
    void a_key_that_no_header_may_carry_is_refused_and_not_shown(String key) {
        assertThatThrownBy(() -> SHIPPED.pick("staging", Map.of("FIRSTLINE_STAGING_KEY", key)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("FIRSTLINE_STAGING_KEY")
                .hasMessageNotContainingAny("hunter2", "hünter2", "Evil");
    }

    @Test
    void a_secret_does_not_show_itself() {
        Secret key = SHIPPED.pick("staging", KEYS).apiKey(KEYS);

        assertThat(key).hasToString("***");
        assertThat(key.reveal()).isEqualTo("k-123");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "20,   500, 3600, -",
                "20.1, 500, 3600, journeysPerSecond",
                "NaN,  500, 3600, journeysPerSecond",
                "20,   501, 3600, openSessions",
                "20,   500, 3601, minutes"
            })
    void load_above_a_cap_is_refused_by_the_caps_name(double rate, long open, long seconds, @Nullable String cap) {
        Target staging = SHIPPED.pick("staging", KEYS);

        if (cap == null) {
            assertThatCode(() -> staging.refuseAbove(rate, open, Duration.ofSeconds(seconds)))
                    .doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> staging.refuseAbove(rate, open, Duration.ofSeconds(seconds)))
                    .isInstanceOf(Misuse.class)
                    .hasMessageContaining("the caps of the target staging, " + cap);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://agents.staging.example.com:443/x", "https://AGENTS.staging.example.com"})
    void an_address_that_a_target_names_is_no_stranger(String address) {
        assertThatCode(() -> SHIPPED.refuseStranger(URI.create(address))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://agents.staging.example.com",
                "https://agents.staging.example.com:8443",
                "https://staging.example.com",
                "https://hunter2:x@agents.example.com"
            })
    void a_host_that_no_target_names_is_refused(String address) {
        assertThatThrownBy(() -> SHIPPED.refuseStranger(URI.create(address)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("an address that a target names: http://127.0.0.1:8080")
                .hasMessageNotContaining("hunter2");
    }

    private static Targets targets(String yaml) {
        return Targets.read("targets.yaml", Yaml.parse("targets:\n  " + yaml));
    }

    private static Arguments refusal(String target, String... told) {
        return Arguments.of(target, told);
    }
}
