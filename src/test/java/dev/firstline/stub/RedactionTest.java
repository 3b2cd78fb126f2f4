package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.firstline.Misuse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes from a recording, what stands there instead, and what is not written at all. */
final class RedactionTest {
    private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final Map<Placeholder, String> IDS = Map.of(
            Placeholder.SESSION_ID, "b6bed81c-5fda-486d-b96c-1ff3af36219a",
            Placeholder.CLIENT_KEY, "5511987654321",
            Placeholder.BUSINESS_ID, "b");

    /** The stretch in ⟦⟧ goes; without one, nothing does. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Call ⟦+55 11 99999-8888⟧ today
            Call ⟦(11) 99999-8888⟧, ask for Bia
            ⟦5511999998888⟧
            https://wa.example.com/⟦5511999998888⟧?text=oi
            tel=%2B⟦5511999998888⟧
            ⟦415-555-2671⟧.
            ⟦99999-8888⟧
            ⟦3456-7890⟧
            The season 2019-2020
            Sizes 36 38 40 42 44 46
            From 2019 2020 2021
            Delivered on 2026-11-20
            Delivered on 20.11.2026 at 10:00
            2025-12-29T10:00:00.123Z
            R$ 1.234.567,89 or 1234567.89 or 1.234.567.890
            -23.5505199041
            Order 12345678
            00000000-0000-0000-0000-000000000000
            greeting-1-1
            Write to ⟦ana.silva+shop@example.com⟧!
            ⟦zoë@exämple.com⟧
            mailto:⟦ana%40example.com⟧
            an @ sign, a @handle, 2 @ 5.00
            Card ⟦4111 1111 1111 1111⟧ declined
            Parcel 4111111111111112
            The key is ⟦sk_shop_0123456789abcdefABCDEF⟧
            ⟦AKIAIOSFODNN7EXAMPLE⟧
            Authorization: Bearer ⟦abcdefghijklmnop⟧
            ⟦eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl⟧
            https://cdn.example.com/a.jpg?w=640&token=⟦abc123xyz⟧&q=80
            https://cdn.example.com/a.jpg?sig=⟦abc123xyz⟧
            Sua senha: ⟦hunter2!⟧ (não conte)
            Que bom te ver por aqui. 👋
            """)
    void what_looks_sensitive_goes(String marked) {
        String text = marked.replaceAll("[⟦⟧]", "");
        String redacted = redactor().text(text);

        if (!marked.contains("⟦")) {
            assertThat(redacted).isEqualTo(text);
        } else {
            String gone = marked.substring(marked.indexOf('⟦') + 1, marked.indexOf('⟧'));
            assertThat(redacted)
                    .startsWith(marked.substring(0, marked.indexOf('⟦')))
                    .endsWith(marked.substring(marked.indexOf('⟧') + 1))
                    .doesNotContain(gone)
                    .hasSameSizeAs(text);
        }
    }

    /** What takes time as the square of its length would not be done for hours. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "@", "a.", "a@b.", "1-", "%41", "%40", "eyJ-", "sk-", "token:", "bearer ", "\\"})
    void a_long_text_is_redacted_in_a_time_that_grows_as_it_does(String repeated) {
        String text = repeated.repeat(200_000);

        assertThatNoException()
                .isThrownBy(() -> assertTimeoutPreemptively(
                        Duration.ofSeconds(30), () -> redactor().leak(redactor().text(text))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":{"email":"me"},"n":1}                      | "me" |
            {"e_mail":"no","E-Mail":"somebody"}             | "somebody" |
            {"customer":{"phone":{"cc":"55","no":"1234"}}}  | "55"  | "1234"
            {"phone":5511999998888,"price":12.50}           | 5511999998888 |
            {"apiKey":"abc","api_key":"abd","key":"red"}    | "abc" | "abd"
            {"access_token":"x1","totalTokens":7}           | "x1" |
            {"credentials":[{"user":"u1"},{"user":"u2"}]}   | "u1"  | "u2"
            {"cpf":"123.456.789-09","shipping":"fast"}      | 123.456.789-09 |
            {"password":-1.5e3,"healthy":true}              | -1.5e3 |
            """)
    void the_value_of_a_telling_member_goes_whatever_it_is(String line, String gone, String alsoGone) {
        String redacted = redacted(redactor(), line);

        assertThat(redacted).doesNotContain(gone).hasSameSizeAs(line);
        if (alsoGone != null) {
            assertThat(redacted).doesNotContain(alsoGone);
        }
        assertThat(Customer.json(redacted)).isNotNull();
        assertThat(skeleton(redacted)).isEqualTo(skeleton(line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /result/name            | {"result":{"name":"Ana Lima","id":"Rio"}}             | Ana Lima
            /result/names/1         | {"result":{"names":["Bia","Caio","Davi"]}}            | Caio
            /result/*/name          | {"result":[{"name":"Eva"},{"id":"Rio"}]}              | Eva
            /result                 | {"result":{"a":[{"b":"Gil"}]},"n":"Rio"}              | Gil
            /a~1b/c~0d              | {"a/b":{"c~d":"Ivo"}}                                 | Ivo
            /result/name            | {"result":{"name":"Ana \\u00c1lvares \\"Lia\\""}}     | Ana
            """)
    void what_a_pointer_leads_to_goes(String pointer, String line, String gone) {
        String redacted = redacted(redactor(List.of(), List.of(pointer)), line);

        assertThat(redacted).doesNotContain(gone);
        assertThat(Customer.json(redacted)).isNotEqualTo(Customer.json(line));
        if (line.contains("Rio")) {
            assertThat(redacted).contains("Rio");
        }
    }

    @Test
    void what_a_pattern_matches_goes_or_its_first_group() {
        Redactor redactor = redactor(List.of("Oi, (\\p{L}+)", "Pedro"), List.of());

        assertThat(redactor.text("Oi, Zoë! Pedro says hi."))
                .matches("Oi, (?!Zoë)\\p{L}{3}! (?!Pedro)\\p{L}{5} says hi\\.");
    }

    @Test
    void what_went_from_one_place_goes_from_all() {
        String first = "{\"text\":\"Good day, ANA LIMA. Banana limas?\"}\n";
        String second = "{\"lead\":{\"name\":\"Ana Lima\"}}\n";
        Redactor redactor = redactor(List.of(), List.of("/lead/name"));
        Take both = take(first + second);
        redactor.learn(both);
        List<Arrival> redacted = redactor.redact(both).arrivals();

        String name = Customer.json(redacted.get(1).text()).at("/lead/name").asText();
        assertThat(redacted.get(0).text())
                .isEqualTo("{\"text\":\"Good day, " + name.toUpperCase(Locale.ROOT) + ". Banana limas?\"}");
    }

    @Test
    void all_else_in_the_line_stays_byte_for_byte() {
        String before = "{ \"b\" : 1.0,\"t\":\"\\u003cb\\u003e ";
        String after = " \\/ – \\uD83D\\uDC4B\", \"x\":[1e3 , -0] }";

        assertThat(redacted(redactor(), before + "ana\\u0040example.com" + after))
                .startsWith(before)
                .endsWith(after)
                .containsPattern("u003e [a-z]{3}@[a-z]{3}\\.invalid ");
    }

    @Test
    void ids_become_placeholders() {
        Redactor redactor = redactor();
        String line =
                "{\"s\":\"b6bed81c-5fda-486d-b96c-1ff3af36219a\",\"u\":\"/s/b6bed81c-5fda-486d-b96c-1ff3af36219a?x\","
                        + "\"c\":\"5511987654321\",\"d\":\"b\",\"e\":\"bb\"}";

        assertThat(redacted(redactor, line))
                .isEqualTo("{\"s\":\"{{sessionId}}\",\"u\":\"/s/{{sessionId}}?x\","
                        + "\"c\":\"{{clientKey}}\",\"d\":\"{{businessId}}\",\"e\":\"bb\"}");
        assertThat(redactor.placed())
                .containsExactlyInAnyOrder(Placeholder.SESSION_ID, Placeholder.CLIENT_KEY, Placeholder.BUSINESS_ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"lead\":{\"name\":\"Ana",
                "{\"lead\":{\"name\":\"Ana\"},\"x\":\"a@example.com",
                "{\"lead\":{\"name\":\"Ana\",}}",
                "{\"lead\":{\"name\":\"Ana\"}}{\"lead\":{\"name\":\"Ana\"}}",
                "{\n  \"lead\": {\n    \"name\": \"Ana\"\n  }\n}",
                "<p title=\"x\">a@example.com</p>\n<p>token=abcdef1</p>\n{\"lead\":{\"name\":\"Ana\"}}",
                "{\"lead\":{\"name\":\"Ana\nLima\"}}",
                "data: {\"lead\":{\"name\":\"Ana\"}}",
            })
    void a_line_that_is_broken_is_redacted_too(String body) {
        Take take = take(body);
        Redactor redactor = redactor(List.of(), List.of("/lead/name"));
        redactor.learn(take);
        List<Arrival> redacted = redactor.redact(take).arrivals();

        assertThat(redacted).hasSameSizeAs(take.arrivals());
        assertThat(String.join("\n", redacted.stream().map(Arrival::text).toList()))
                .doesNotContain("Ana", "a@example", "abcdef1")
                .hasSameSizeAs(body);
    }

    @Test
    void bytes_that_are_no_utf8_are_redacted_and_stay_bytes() {
        Tape tape = new Tape(0);
        byte[] line = "{\"t\":\"\u00ff a@example.com\"}".getBytes(StandardCharsets.ISO_8859_1);
        tape.body(ByteBuffer.wrap(line), 1);
        Arrival redacted = redactor().redact(tape.ended(2)).arrivals().get(0);

        assertThat(redacted.bytes())
                .hasSameSizeAs(line)
                .startsWith("{\"t\":\"\u00ff ".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(redacted.text()).doesNotContain("a@example.com");
    }

    @Test
    void what_was_redacted_needs_no_more() {
        String line = "{\"email\":\"Ana <ana@example.com> +55 11 99999-8888\","
                + "\"t\":\"4111111111111111 sk_shop_0123456789abcdefABCDEF\"}";
        Redactor redactor = redactor();
        String redacted = redacted(redactor, line);

        assertThat(redactor.leak(line)).isPresent();
        assertThat(redactor.leak(redacted)).isEmpty();
        assertThat(redacted(redactor, redacted).replaceAll("\"email\":\"[^\"]*\"", ""))
                .isEqualTo(redacted.replaceAll("\"email\":\"[^\"]*\"", ""));
    }

    @ParameterizedTest
    @CsvSource({"(, --redact (", "[a, --redact [a"})
    void a_bad_pattern_is_misuse(String pattern, String where) {
        assertThatThrownBy(() -> Redaction.of(List.of(pattern), List.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(where);
    }

    @Test
    void a_bad_pointer_is_misuse() {
        assertThatThrownBy(() -> Redaction.of(List.of(), List.of("result.name")))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("--redact-pointer");
    }

    private static Redactor redactor() {
        return redactor(List.of(), List.of());
    }

    private static Redactor redactor(List<String> patterns, List<String> pointers) {
        return new Redactor(Redaction.of(patterns, pointers, SECRET), IDS);
    }

    private static String redacted(Redactor redactor, String line) {
        return redactor.redact(take(line)).arrivals().get(0).text();
    }

    private static Take take(String body) {
        List<Arrival> arrivals = new ArrayList<>();
        String[] lines = body.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i < lines.length - 1 || !lines[i].isEmpty()) {
                arrivals.add(new Arrival(1, lines[i], StandardCharsets.UTF_8, i < lines.length - 1));
            }
        }
        return new Take(200, Map.of(), 1, arrivals, 2, Optional.empty());
    }

    private static String skeleton(String json) {
        return json.replaceAll("(?<=:)\"[^\"]*\"|(?<=[:,])-?[\\d.e]+", "_");
    }
}
