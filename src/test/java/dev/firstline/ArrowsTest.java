package dev.firstline;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rooms of the house, what each is for, whom it may know and what it owns. */
final class ArrowsTest {
    private static final String HOUSE = "dev.firstline";
    private static final String CANARY = HOUSE + ".canary";
    private static final Path SOURCES = Path.of("src/main/java/dev/firstline");

    private record Room(String purpose, Set<String> mayImport) {}

    private static final Map<String, Room> ROOMS = Map.of(
            "wire",
            room("Bytes become lines, lines become events; the API's vocabulary."),
            "stats",
            room("What happened, in nanoseconds: clock, timings, outcomes, histograms, result files."),
            "contract",
            room("Is this what was promised?", "wire"),
            "journey",
            room("What one customer says next; targets and their caps; the ledger.", "wire"),
            "stub",
            room(
                    "Replays what was recorded, with state and faults; records it too; "
                            + "a proxy that spoils the network.",
                    "wire",
                    "stats"),
            "gate",
            room("SLOs, baselines, verdicts, the capacity search: pure functions of summaries.", "stats"),
            "gatling",
            room("Lets Gatling drive a journey and time its lines.", "wire", "stats", "contract", "journey", "gate"),
            "report",
            room("A verdict for people and machines: HTML, Markdown, JUnit XML, Allure.", "stats", "gate", "contract"),
            "run",
            room(
                    "One run from the first arrival to the verdict: target, embedded stub, warm-up, result files, "
                            + "judgement; the steps of a capacity search; the certificate.",
                    "wire",
                    "stats",
                    "contract",
                    "journey",
                    "stub",
                    "gate",
                    "gatling",
                    "report"),
            "cli",
            room(
                    "The front door: commands in, exit codes out.",
                    "wire",
                    "stats",
                    "contract",
                    "journey",
                    "stub",
                    "gate",
                    "gatling",
                    "report",
                    "run"));

    /** A library's package, and the one room that knows it. */
    private static final Map<String, String> OWNERS = Map.ofEntries(
            Map.entry("org.HdrHistogram", "stats"),
            Map.entry("com.networknt", "contract"),
            Map.entry("com.github.tomakehurst.wiremock", "stub"),
            Map.entry("org.wiremock", "stub"),
            Map.entry("wiremock", "stub"),
            Map.entry("org.eclipse.jetty", "stub"),
            Map.entry("org.junit", "stub"),
            Map.entry("io.gatling.javaapi", "gatling"),
            Map.entry("io.gatling.app", "gatling"),
            Map.entry("io.gatling.charts", "gatling"),
            Map.entry("io.gatling.commons", "gatling"),
            Map.entry("io.gatling.core", "gatling"),
            Map.entry("io.gatling.http", "gatling"),
            Map.entry("io.netty", "gatling"),
            Map.entry("scala", "gatling"),
            Map.entry("org.apache.commons.math3", "gate"),
            Map.entry("io.pebbletemplates", "report"),
            Map.entry("io.qameta.allure", "report"),
            Map.entry("org.yaml.snakeyaml", "contract"),
            Map.entry("picocli", "cli"));

    /** A library's package and the room that uses it beside its owner: simulations are handed the DSL's words. */
    private static final Map<String, String> GUESTS = Map.of("io.gatling.javaapi", "run");

    /** Who may end the process or speak to the console outside the front door, and why. */
    private static final Map<String, String> SPEAKERS = Map.of(
            "dev.firstline.stub.StubProcessMain",
            "the embedded stub ends with the run that started it",
            "dev.firstline.run.FreshRunMain",
            "a run in a process of its own ends with the one that started it, and its console is a log",
            "dev.firstline.run.Exit",
            "under Maven there is no front door, and Gatling would choose the exit code");

    private static final Set<String> SIMULATIONS_MAY_IMPORT = Set.of("run", "gatling", "journey");

    private static final JavaClasses OURS = imported();
    private static final JavaClasses CANARIES = new ClassFileImporter().importPackages(CANARY);

    @TestFactory
    Stream<DynamicTest> a_room_knows_only_the_rooms_it_may() {
        return ROOMS.keySet().stream().sorted().map(room -> rule(room, arrows(HOUSE, room)));
    }

    @TestFactory
    Stream<DynamicTest> a_library_has_one_owner() {
        return OWNERS.keySet().stream().sorted().map(library -> rule(library, owner(HOUSE, library)));
    }

    @TestFactory
    Stream<DynamicTest> the_house_rules() {
        return Stream.of(
                rule("the root knows no room", root(HOUSE)),
                rule("no cycles", cycles(HOUSE)),
                rule("only stats reads the clock", clock(HOUSE)),
                rule("only cli speaks and exits", console(HOUSE)),
                rule(
                        "simulations know run, gatling, journey and Gatling's Java API",
                        noClasses()
                                .that()
                                .resideInAPackage("firstline..")
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(forbiddenToSimulations()))
                                .allowEmptyShould(true)),
                rule(
                        "nobody knows a simulation",
                        noClasses()
                                .that()
                                .resideInAPackage(HOUSE + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("firstline..")),
                rule(
                        "there is no other room",
                        classes()
                                .that()
                                .resideInAPackage(HOUSE + "..")
                                .should()
                                .resideInAnyPackage(Stream.concat(Stream.of(HOUSE), rooms(HOUSE, ROOMS.keySet()))
                                        .toArray(String[]::new))));
    }

    @TestFactory
    Stream<DynamicTest> a_broken_rule_is_noticed() {
        return Stream.of(
                canary("wire knows stats", arrows(CANARY, "wire"), "Impatient"),
                canary("stats knows wire", arrows(CANARY, "stats"), "Timed"),
                canary("the root knows a room", root(CANARY), "Rooted"),
                canary("a cycle", cycles(CANARY), "Impatient", "Timed"),
                canary("the clock", clock(CANARY), "currentTimeMillis", "nanoTime", "LocalDateTime.now"),
                canary("the console", console(CANARY), "System.out", "System.err", "printStackTrace", "exit", "halt"),
                canary("HdrHistogram", owner(CANARY, "org.HdrHistogram"), "Hoarder"),
                canary("validator", owner(CANARY, "com.networknt"), "Hoarder"),
                canary("WireMock", owner(CANARY, "com.github.tomakehurst.wiremock"), "Hoarder"),
                canary("Gatling", owner(CANARY, "io.gatling.javaapi"), "Hoarder"),
                canary("Netty", owner(CANARY, "io.netty"), "Hoarder"),
                canary("picocli", owner(CANARY, "picocli"), "Hoarder"));
    }

    @TestFactory
    Stream<DynamicTest> a_room_says_what_it_is_for() {
        return ROOMS.keySet().stream()
                .sorted()
                .map(room -> dynamicTest(
                        room,
                        () -> assertThat(Files.readString(SOURCES.resolve(room).resolve("package-info.java"))
                                        .replaceAll("\\s*\\n \\*/?\\s*", " "))
                                .contains("@NullMarked")
                                .startsWith("/** " + about(room).purpose())));
    }

    /** An empty set of classes would keep every rule. */
    @Test
    void every_room_with_sources_is_among_the_classes() throws IOException {
        Set<String> withSources;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            withSources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .map(file -> SOURCES.relativize(file.getParent()).toString())
                    .collect(toCollection(TreeSet::new));
        }
        Set<String> imported = OURS.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith(HOUSE))
                .map(name -> name.equals(HOUSE)
                        ? ""
                        : name.substring(HOUSE.length() + 1).replace('.', '/'))
                .collect(toCollection(TreeSet::new));
        assertThat(imported).containsAll(withSources).contains("wire", "stats");
        assertThat(SPEAKERS).allSatisfy((speaker, reason) -> assertThat(reason).isNotBlank());
    }

    private static ArchRule arrows(String root, String room) {
        Set<String> forbidden = new TreeSet<>(ROOMS.keySet());
        forbidden.removeAll(about(room).mayImport());
        forbidden.remove(room);
        return noClasses()
                .that()
                .resideInAPackage(root + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(rooms(root, forbidden).toArray(String[]::new))
                .allowEmptyShould(true);
    }

    private static ArchRule root(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(rooms(root, ROOMS.keySet()).toArray(String[]::new));
    }

    private static ArchRule owner(String root, String library) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(
                        root + "." + OWNERS.get(library) + "..",
                        root + "." + GUESTS.getOrDefault(library, OWNERS.get(library)) + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..");
    }

    private static ArchRule cycles(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    private static ArchRule clock(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(root + ".stats..")
                .should()
                .accessTargetWhere(describe("read the clock", ArrowsTest::readsTheClock));
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return (owner.equals("java.lang.System")
                        && Set.of("nanoTime", "currentTimeMillis").contains(name))
                || (owner.startsWith("java.time.") && name.equals("now"))
                || (owner.equals("java.time.Clock") && (name.startsWith("system") || name.startsWith("tick")))
                || (owner.equals("java.util.Date")
                        && access.getTarget().getFullName().endsWith("<init>()"));
    }

    private static ArchRule console(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(root + ".cli..")
                .and(describe("are no speakers", type -> !SPEAKERS.containsKey(type.getName())))
                .should()
                .accessTargetWhere(describe("speak or exit", ArrowsTest::speaksOrExits));
    }

    private static boolean speaksOrExits(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return (owner.equals("java.lang.System")
                        && Set.of("out", "err", "exit", "console").contains(name))
                || (owner.equals("java.lang.Runtime") && Set.of("exit", "halt").contains(name))
                || (name.equals("printStackTrace")
                        && access.getTarget().getFullName().endsWith("printStackTrace()"));
    }

    private static String[] forbiddenToSimulations() {
        Set<String> forbidden = new TreeSet<>(ROOMS.keySet());
        forbidden.removeAll(SIMULATIONS_MAY_IMPORT);
        List<String> core = List.of("io.gatling.core..", "io.gatling.http..", "io.gatling.commons..", "io.netty..");
        return Stream.concat(rooms(HOUSE, forbidden), core.stream()).toArray(String[]::new);
    }

    private static Stream<String> rooms(String root, Set<String> rooms) {
        return rooms.stream().map(room -> root + "." + room + "..");
    }

    private static Room room(String purpose, String... mayImport) {
        return new Room(purpose, Set.of(mayImport));
    }

    private static Room about(String room) {
        return Objects.requireNonNull(ROOMS.get(room));
    }

    private static DynamicTest rule(String name, ArchRule rule) {
        return dynamicTest(name, () -> rule.check(OURS));
    }

    private static DynamicTest canary(String name, ArchRule rule, String... reported) {
        return dynamicTest(
                name,
                () -> assertThat(rule.evaluate(CANARIES).getFailureReport().toString())
                        .contains(reported));
    }

    private static JavaClasses imported() {
        try {
            return new ClassFileImporter()
                    .importPath(Path.of(Misuse.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()));
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
