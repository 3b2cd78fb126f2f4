package dev.firstline.contract.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.contract.Rule;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Spelling;
import dev.firstline.stub.StubOptions;
import dev.firstline.wire.Endpoint;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import io.qameta.allure.Story;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The real stub over real sockets keeps the contract, and what it is told to do wrong is found. */
@Epic(Topic.EPIC)
final class StubContractIT {
    private static final Path RECORDINGS = Path.of("stubs/__files/recordings");
    private static final List<Journey> JOURNEYS = Served.journeys();

    /** What the stub can do wrong, and what the contract says of it. An error that is well told breaks no promise. */
    private static final Map<String, Set<Rule>> FAULTS = Map.ofEntries(
            Map.entry("stall;at=2;ms=50", Set.of()),
            Map.entry("late;ms=50", Set.of()),
            Map.entry("hang;at=2;ms=50", Set.of(Rule.TRUNCATED)),
            Map.entry("truncate;at=2", Set.of(Rule.TRUNCATED)),
            Map.entry("truncate-clean;at=2", Set.of(Rule.TRUNCATED)),
            Map.entry("malformed;at=2", Set.of(Rule.NOT_JSON)),
            Map.entry("error;at=2;code=14", Set.of()),
            Map.entry("reset;at=2", Set.of(Rule.TRUNCATED)),
            Map.entry("close;at=2", Set.of(Rule.TRUNCATED)),
            Map.entry("status;http=503", Set.of()));

    /** What no journey asks, but the programs that the vendor's documents print. */
    private static final Set<String> ASKED_BY_CLIENTS = Set.of("help/turn-1", "running-shoe/turn-1");

    private static Served stub;

    @BeforeAll
    static void start() {
        stub = Served.stub(StubOptions.defaults().withSpeed(0));
    }

    @AfterAll
    static void stop() {
        stub.close();
    }

    @Test
    @Feature("the service")
    @Story("conversations")
    void every_recording_and_every_endpoint_is_heard() throws Exception {
        Set<String> heard = new TreeSet<>();
        for (Call call : Conversation.all(stub, JOURNEYS)) {
            boolean turn = call.endpoint().isTurn();
            heard.add(
                    turn
                            ? call.name().replace(", turn ", "/turn-")
                            : call.endpoint().wireName());
        }
        try (Stream<Path> files = Files.walk(RECORDINGS)) {
            assertThat(heard)
                    .isEqualTo(files.filter(Files::isRegularFile)
                            .map(file -> RECORDINGS.relativize(file).toString().replace(".ndjson", ""))
                            .filter(name -> !ASKED_BY_CLIENTS.contains(name))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @TestFactory
    Stream<DynamicTest> a_fault_is_found_by_its_rule() {
        Journey journey = JOURNEYS.stream()
                .filter(one -> one.name().equals("bot-switch"))
                .findFirst()
                .orElseThrow();
        return FAULTS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> Topic.ofAnswer(Endpoint.INVOKE, List.copyOf(entry.getValue()))
                        .test("fault " + entry.getKey(), evidence -> {
                            List<Call> calls = new Conversation(stub, JOURNEYS).walk(journey, entry.getKey());
                            Call turn = calls.get(1);
                            turn.show(evidence);
                            assertThat(turn.found().stream().map(found -> found.rule()))
                                    .containsExactlyInAnyOrderElementsOf(entry.getValue());
                        }));
    }

    @TestFactory
    Stream<DynamicTest> what_a_journey_sends_is_well_formed_in_both_spellings() {
        return Stream.of(Spelling.values())
                .flatMap(spelling -> JOURNEYS.stream()
                        .map(journey -> new Journey(
                                journey.name(),
                                journey.description(),
                                journey.weight(),
                                journey.agentId(),
                                spelling,
                                journey.turns()))
                        .map(journey -> new Topic("requests", "in " + spelling)
                                .test(journey.name() + " in " + spelling, evidence -> {
                                    for (Call call : new Conversation(stub, List.of(journey)).walk(journey, "")) {
                                        evidence.line(call.request());
                                        assertThat(evidence.found(call.ofRequest()))
                                                .as(call.name())
                                                .isEmpty();
                                    }
                                })));
    }
}
