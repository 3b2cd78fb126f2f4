package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the classes below, whose names no build looks for, as a build of somebody else's would. */
final class StubExtensionTest {
    private static final List<URI> SEEN = Collections.synchronizedList(new ArrayList<>());
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void constructors_lifecycle_methods_and_tests_are_told_where_the_one_stub_of_their_class_is() {
        TestExecutionSummary summary = run(Everywhere.class);

        assertThat(failures(summary)).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(3);
        assertThat(SEEN).hasSizeGreaterThan(8).containsOnly(SEEN.get(0));
        assertGone(SEEN.get(0));
    }

    @Test
    void one_instance_for_all_tests_may_have_it_in_its_constructor() {
        assertThat(failures(run(OneInstance.class))).isEmpty();
        assertThat(SEEN).hasSize(2).containsOnly(SEEN.get(0));
        assertGone(SEEN.get(0));
    }

    @Test
    void each_test_begins_with_no_sessions_an_empty_journal_and_the_faults_it_was_told() {
        TestExecutionSummary summary = run(BeginsAnew.class);

        assertThat(failures(summary)).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
    }

    @Test
    void a_nested_class_with_an_annotation_of_its_own_has_a_stub_of_its_own() {
        assertThat(failures(run(Around.class))).isEmpty();
        assertThat(SEEN).hasSize(2).doesNotHaveDuplicates();
        SEEN.forEach(StubExtensionTest::assertGone);
    }

    @Test
    void without_an_annotation_it_plays_as_recorded() {
        assertThat(failures(run(Bare.class))).isEmpty();
    }

    @Test
    void a_field_says_it_with_every_option() {
        assertThat(failures(run(ByField.class))).isEmpty();
        assertGone(SEEN.get(0));
    }

    @Test
    void classes_that_run_at_the_same_time_have_a_stub_each() {
        assertThat(failures(run(First.class, Second.class))).isEmpty();
        assertThat(SEEN).hasSize(2).doesNotHaveDuplicates();
        SEEN.forEach(StubExtensionTest::assertGone);
    }

    @Test
    void what_is_wrong_with_the_annotation_fails_the_class_in_four_facts() {
        assertThat(failures(run(NoSuchFault.class)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Misuse.class,
                        misuse -> assertThat(misuse)
                                .hasMessageContaining("trunkate")
                                .hasMessageContaining("try "));
        assertThat(failures(run(NoSuchFolder.class)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Misuse.class, misuse -> assertThat(misuse).hasMessageContaining("no/such"));
    }

    @Test
    void what_it_cannot_give_is_junits_to_refuse() {
        assertThat(failures(run(AsksForTooMuch.class)))
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("java.lang.String"));
    }

    @Test
    void whoever_asks_a_field_too_early_is_told_when_to_ask() {
        assertThatThrownBy(() -> StubExtension.with(StubOptions.defaults()).baseUrl())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before @BeforeAll");
    }

    @FirstlineStub(speed = 0)
    static class Everywhere {
        Everywhere(URI baseUrl, StubServer server) {
            saw(baseUrl, server.baseUrl());
        }

        @BeforeAll
        static void first(URI baseUrl) {
            saw(baseUrl);
        }

        @BeforeEach
        void before(StubServer server) {
            saw(server.baseUrl());
        }

        @Test
        void one(URI baseUrl) throws IOException {
            saw(baseUrl);
            assertThat(new Customer(baseUrl).init()).isNotEmpty();
        }

        @Test
        void another(URI baseUrl) {
            saw(baseUrl);
        }

        @AfterAll
        static void last(URI baseUrl) throws IOException {
            saw(baseUrl);
            assertThat(new Customer(baseUrl).init()).isNotEmpty();
        }

        @Nested
        class Inside {
            @Test
            void one(URI baseUrl) {
                saw(baseUrl);
            }
        }
    }

    @FirstlineStub
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        OneInstance(URI baseUrl) {
            saw(baseUrl);
        }

        @Test
        void one(URI baseUrl) {
            saw(baseUrl);
        }
    }

    @FirstlineStub(speed = 0, fault = "status;code=14;on=health")
    static class BeginsAnew {
        @Test
        void one(StubServer stub) throws IOException {
            spoil(stub);
        }

        @Test
        void another(StubServer stub) throws IOException {
            spoil(stub);
        }

        private static void spoil(StubServer stub) throws IOException {
            Customer customer = new Customer(stub.baseUrl());
            assertThat(stub.openSessions()).isZero();
            assertThat(customer.journal().path("requests")).isEmpty();
            assertThat(customer.ask(Endpoint.HEALTH, "{}").status()).isEqualTo(503);
            customer.init();
            customer.admin("PUT", "/fault", "");
            assertThat(stub.openSessions()).isEqualTo(1);
        }
    }

    @FirstlineStub
    static class Around {
        @Test
        void one(URI baseUrl) {
            saw(baseUrl);
        }

        @Nested
        @FirstlineStub(speed = 0)
        class Inside {
            @Test
            void one(URI baseUrl) {
                saw(baseUrl);
            }
        }
    }

    @ExtendWith(StubExtension.class)
    static class Bare {
        @Test
        void one(URI baseUrl) throws IOException {
            assertThat(new Customer(baseUrl).init()).isNotEmpty();
        }
    }

    static class ByField {
        @RegisterExtension
        static final StubExtension STUB =
                StubExtension.with(StubOptions.defaults().withJournal(0));

        @Test
        void one(URI baseUrl) {
            saw(baseUrl);
            assertThat(STUB.baseUrl())
                    .isEqualTo(baseUrl)
                    .isEqualTo(STUB.server().baseUrl());
        }
    }

    @FirstlineStub
    static class First {
        @Test
        void meets(URI baseUrl) throws Exception {
            saw(baseUrl);
            BOTH.await(20, TimeUnit.SECONDS);
            assertThat(new Customer(baseUrl).init()).isNotEmpty();
        }
    }

    @FirstlineStub
    static class Second {
        @Test
        void meets(URI baseUrl) throws Exception {
            saw(baseUrl);
            BOTH.await(20, TimeUnit.SECONDS);
            assertThat(new Customer(baseUrl).init()).isNotEmpty();
        }
    }

    @FirstlineStub(fault = "trunkate;at=2")
    static class NoSuchFault {
        @Test
        void never() {}
    }

    @FirstlineStub(stubs = "no/such")
    static class NoSuchFolder {
        @Test
        void never() {}
    }

    @FirstlineStub
    static class AsksForTooMuch {
        @Test
        void never(String baseUrl) {}
    }

    private static void saw(URI... baseUrls) {
        SEEN.addAll(List.of(baseUrls));
    }

    private static void assertGone(URI baseUrl) {
        assertThatThrownBy(() -> new Socket(baseUrl.getHost(), baseUrl.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    private static List<Throwable> failures(TestExecutionSummary summary) {
        return summary.getFailures().stream()
                .map(TestExecutionSummary.Failure::getException)
                .toList();
    }

    private static TestExecutionSummary run(Class<?>... classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        Stream.of(classes).map(DiscoverySelectors::selectClass).toList())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "same_thread")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }
}
